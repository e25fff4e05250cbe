import { fork } from 'node:child_process';
import { once } from 'node:events';
import { localServer } from '../../system/local-server.ts';
import { giveOwnCore } from './own-core.ts';

/** The server that a road leads to. */
export interface RoadServer {
  readonly url: string;
  /** The core that it has for itself, if it has one. */
  readonly core?: number;
  stop(): Promise<void>;
}

/**
 * Starts one.
 *
 * @param environment names the vendors
 * @param onHeard told whenever a call knows that a speech of the agent was heard to its end
 */
export type StartRoadServer = (
  environment: Readonly<Record<string, string>>,
  onHeard: (callSid: string) => void,
) => Promise<RoadServer>;

/** What the process of a server tells the one that started it. */
export type RoadServerMessage = { readonly url: string } | { readonly heard: string };

/** In this process, beside the vendors and the phones. */
export const startInThisProcess: StartRoadServer = (environment, onHeard) =>
  localServer(environment, {
    onCall: (session) => {
      session.watch(({ type }) => {
        if (type === 'playout.finished') onHeard(session.callSid);
      });
    },
  });

/** In a process and, if possible, on a core of its own, so that what the vendors and the phones cost is not counted as ours. */
export const startInOwnProcess: StartRoadServer = async (environment, onHeard) => {
  const server = fork(new URL('road-server-process.ts', import.meta.url), [JSON.stringify(environment)]);
  const exited = once(server, 'exit');
  const url = await new Promise<string>((resolve, reject) => {
    server.on('message', (message: RoadServerMessage) => {
      if ('url' in message) resolve(message.url);
      else onHeard(message.heard);
    });
    server.once('error', reject);
    void exited.then(([code]) => reject(new Error(`the server ended with ${code} before it listened`)));
  });
  const own = server.pid === undefined ? undefined : giveOwnCore(server.pid);
  return {
    url,
    ...(own && { core: own.core }),
    stop: async () => {
      own?.release();
      server.disconnect();
      await exited;
    },
  };
};
