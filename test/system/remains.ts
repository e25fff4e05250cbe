import { once } from 'node:events';
import { jest } from '@jest/globals';
import { type WebSocket, WebSocketServer } from 'ws';
import type { ActorSystem, AnyActorRef } from 'xstate';
import type { CallSession } from '../../server/call-session.ts';

/** What is left of a call. */
export interface Remains {
  /** Ids of actors that still run. */
  readonly actors: readonly string[];
  /** Ids of events that are still to come: the delays of all charts of the call. */
  readonly timers: readonly string[];
}

type ScheduledEvents = { readonly _scheduledEvents: Readonly<Record<string, { readonly id: string }>> };

/**
 * Remembers every actor of a call, from its first event on.
 *
 * @returns tells which of them are still alive, and which timers of their system are armed
 */
export function watchRemains(session: CallSession): () => Remains {
  const actors = new Set<AnyActorRef>();
  let system: ActorSystem<never> | undefined;
  const remember = (actor: AnyActorRef): void => {
    actors.add(actor);
    const { children = {} } = actor.getSnapshot() as { children?: Record<string, AnyActorRef | undefined> };
    for (const child of Object.values(children)) if (child) remember(child);
  };
  session.watch((_event, { children }) => {
    for (const child of Object.values(children)) if (child) remember(child);
    if (system) return;
    system = children.playout?.system as ActorSystem<never> | undefined;
    system?.inspect(({ type, actorRef }) => {
      if (type === '@xstate.actor') actors.add(actorRef as AnyActorRef);
    });
  });
  return () => ({
    actors: [...actors].filter((actor) => actor.getSnapshot().status === 'active').map(({ id }) => id),
    timers: Object.values((system?.getSnapshot() as unknown as ScheduledEvents)._scheduledEvents).map(({ id }) => id),
  });
}

/** Sees the media sockets of all servers of this process that are made from now on. */
export function watchSockets(): { readonly open: () => number; readonly closed: () => Promise<void> } {
  const upgrades = jest.spyOn(WebSocketServer.prototype, 'handleUpgrade');
  const sockets = (): WebSocket[] => {
    const servers = new Set(upgrades.mock.contexts as WebSocketServer[]);
    return [...servers].flatMap(({ clients }) => [...clients]);
  };
  return {
    open: () => sockets().length,
    closed: async () => {
      await Promise.all(sockets().map((socket) => once(socket, 'close')));
    },
  };
}

/** Timers that keep this process alive. */
export const processTimers = (): number =>
  process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;
