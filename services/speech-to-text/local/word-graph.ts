/**
 * All sentences of a grammar as the smallest deterministic automaton: state 0 is where they begin, and no two arcs of a
 * state carry the same word. Plain data, sent to the threads.
 *
 * A recogniser goes through all states of its network every 10 ms, reached or not, so a small network is what makes it
 * fast.
 */
export interface WordGraph {
  /** What may follow in each state: the next state by word. */
  readonly arcs: readonly ReadonlyMap<string, number>[];
  /** The states in which a sentence may end. */
  readonly ends: ReadonlySet<number>;
}

/**
 * Makes an automaton deterministic, then joins all states from which the same sentences follow.
 *
 * @param arcs the next states by word, for each state; sentences begin in `start` and end in `end`
 * @param free the states that are reached from each state without a word
 */
export function smallestGraph(
  arcs: readonly ReadonlyMap<string, ReadonlySet<number>>[],
  free: readonly (readonly number[])[],
  start: number,
  end: number,
): WordGraph {
  return joined(determined(arcs, free, start, end));
}

function determined(
  arcs: readonly ReadonlyMap<string, ReadonlySet<number>>[],
  free: readonly (readonly number[])[],
  start: number,
  end: number,
): WordGraph {
  const found = new Map<string, number>();
  const sets: (readonly number[])[] = [];
  /** The number of the state that stands for these and all that follow from them without a word. */
  const stateOf = (seeds: Iterable<number>): number => {
    const reached = new Set(seeds);
    // A set is iterated over in order of insertion, what is added meanwhile included.
    for (const state of reached) for (const next of free[state] ?? []) reached.add(next);
    const set = [...reached].sort((a, b) => a - b);
    const key = set.join();
    const known = found.get(key);
    if (known !== undefined) return known;
    found.set(key, sets.length);
    return sets.push(set) - 1;
  };
  stateOf([start]);
  const deterministic: Map<string, number>[] = [];
  for (const set of sets) {
    const targets = new Map<string, Set<number>>();
    for (const state of set) {
      for (const [word, nexts] of arcs[state] ?? []) {
        const all = targets.get(word) ?? new Set();
        for (const next of nexts) all.add(next);
        targets.set(word, all);
      }
    }
    deterministic.push(new Map([...targets].map(([word, seeds]) => [word, stateOf(seeds)])));
  }
  return { arcs: deterministic, ends: new Set(sets.flatMap((set, state) => (set.includes(end) ? [state] : []))) };
}

/** Moore's algorithm: states are told apart by whether they end, then by where their arcs lead, until nothing changes. */
function joined({ arcs, ends }: WordGraph): WordGraph {
  let classes: readonly number[] = arcs.map((_, state) => (ends.has(state) ? 1 : 0));
  let count = 0;
  for (;;) {
    const numbers = new Map<string, number>();
    const finer = arcs.map((nexts, state) => {
      const words = [...nexts].map(([word, next]) => `${word}>${classes[next]}`).sort();
      const key = `${classes[state]}:${words.join()}`;
      const known = numbers.get(key) ?? numbers.size;
      numbers.set(key, known);
      return known;
    });
    classes = finer;
    if (numbers.size === count) break;
    count = numbers.size;
  }
  // The first state of the first class is the start: classes are numbered in the order of their states.
  const smallest: ReadonlyMap<string, number>[] = [];
  arcs.forEach((nexts, state) => {
    const itself = classes[state] as number;
    smallest[itself] ??= new Map([...nexts].map(([word, next]) => [word, classes[next] as number]));
  });
  return { arcs: smallest, ends: new Set([...ends].map((state) => classes[state] as number)) };
}
