import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer, type RunningServer, type ServerOverrides } from '../../server/create-server.ts';
import { silentLogger } from '../../server/logging.ts';
import { readSettings } from '../../server/settings.ts';
import { ScriptedEngines } from './scripted-engines.ts';

export interface TestServer extends RunningServer {
  readonly scripted: ScriptedEngines;
  readonly journals: string;
  stop(): Promise<void>;
}

/** A real server on a free port with scripted engines and a journal folder of its own. */
export async function testServer(
  environment: NodeJS.ProcessEnv = {},
  overrides: ServerOverrides = {},
): Promise<TestServer> {
  const journals = await mkdtemp(join(tmpdir(), 'journals-'));
  const scripted = new ScriptedEngines();
  const settings = readSettings({ PORT: '0', HOST: '127.0.0.1', LOG_DIR: journals, ...environment });
  const server = await createServer(settings, { logger: silentLogger(), engines: scripted.engines, ...overrides });
  return {
    ...server,
    scripted,
    journals,
    stop: async () => {
      for (const call of server.calls.list()) call.terminate();
      await server.close({ drainMs: server.calls.live === 0 ? 0 : 2000 });
      await rm(journals, { recursive: true, force: true });
    },
  };
}

/** Resolves once no call is live. */
export const allOver = async (server: RunningServer): Promise<void> => {
  await Promise.all(server.calls.list().map(({ ended }) => ended));
};
