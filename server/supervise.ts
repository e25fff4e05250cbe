import type { AnyActor, AnyActorRef } from 'xstate';

/**
 * Watches the root of one call. A chart that throws stops processing but leaves its children running, out of reach of
 * `stop()`: they are released here, then the crash is reported. Without an error observer the crash would be an uncaught
 * exception and take every other call with it.
 *
 * Call it before the actor is started.
 */
export function supervise<A extends AnyActor>(actor: A, onCrash: (error: unknown) => void): A {
  actor.subscribe({
    error: (error: unknown) => {
      releaseChildren(actor);
      onCrash(error);
    },
  });
  return actor;
}

/** From the leaves up. `child.stop()` is for roots only; the stop event runs the same full stop. */
function releaseChildren(parent: AnyActorRef): void {
  const { children } = parent.getSnapshot() as { children?: Record<string, AnyActorRef | undefined> };
  for (const child of Object.values(children ?? {})) {
    if (!child) continue;
    releaseChildren(child);
    if (child.getSnapshot().status === 'active') child.send({ type: 'xstate.stop' });
  }
}
