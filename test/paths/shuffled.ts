import type { AnyStateMachine } from 'xstate';
import type { View } from '../model/chart-model.ts';

/**
 * The same view with its events tried in another order, so that other walks, and other states behind the same key, are
 * taken. The order depends on nothing but the seed and the key of the state. Seed 0 leaves everything as it is.
 */
export function shuffled<M extends AnyStateMachine>(view: View<M>, seed: number): View<M> {
  if (seed === 0) return view;
  return {
    ...view,
    stimuli: (state) => {
      const events = [...view.stimuli(state)];
      const random = randomOf(`${seed} ${view.key(state)}`);
      for (let last = events.length - 1; last > 0; last--) {
        const other = Math.floor(random() * (last + 1));
        [events[last], events[other]] = [events[other], events[last]] as [(typeof events)[0], (typeof events)[0]];
      }
      return events;
    },
    key: (state) => view.key(state),
  };
}

/** Numbers from 0 to 1 that depend on a text alone: FNV-1a over the text, then mulberry32. */
function randomOf(text: string): () => number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return () => {
    hash = (hash + 0x6d2b79f5) | 0;
    let mixed = Math.imul(hash ^ (hash >>> 15), 1 | hash);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x100000000;
  };
}
