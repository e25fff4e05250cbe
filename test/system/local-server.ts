import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Journal, parseJournal } from '../../journal/entry.ts';
import type { CallSession } from '../../server/call-session.ts';
import { createServer, type RunningServer, type ServerOverrides } from '../../server/create-server.ts';
import { silentLogger } from '../../server/logging.ts';
import { readSettings } from '../../server/settings.ts';

/** A real server with its embedded engines, unless others are given. */
export interface LocalServer extends RunningServer {
  /** The session of a call that has begun; also when it is over. */
  session(callSid: string): CallSession;
  /** The journal of a call, once it is over and all of it is on the disk. */
  journalOf(callSid: string): Promise<Journal>;
  /** Ends what is left, and removes the journals. */
  stop(): Promise<void>;
}

/** Starts a server on a free port, with a journal folder of its own. */
export async function localServer(
  environment: NodeJS.ProcessEnv = {},
  { onCall, ...overrides }: ServerOverrides = {},
): Promise<LocalServer> {
  const journals = await mkdtemp(join(tmpdir(), 'journals-'));
  const sessions = new Map<string, CallSession>();
  const server = await createServer(readSettings({ PORT: '0', HOST: '127.0.0.1', LOG_DIR: journals, ...environment }), {
    logger: silentLogger(),
    onCall: (session) => {
      sessions.set(session.callSid, session);
      onCall?.(session);
    },
    ...overrides,
  });
  const session = (callSid: string): CallSession => {
    const found = sessions.get(callSid);
    if (!found) throw new Error(`no stream of call ${callSid} has started`);
    return found;
  };
  return {
    ...server,
    session,
    journalOf: async (callSid) => {
      await session(callSid).released;
      return parseJournal(await readFile(join(journals, `${callSid}.jsonl`), 'utf8'));
    },
    stop: async () => {
      for (const call of server.calls.list()) call.terminate();
      await server.close({ drainMs: 2000 });
      await rm(journals, { recursive: true, force: true });
    },
  };
}
