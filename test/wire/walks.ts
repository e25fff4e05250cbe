import { callMachine } from '../../machines/call/machine.ts';
import { goalsOf } from '../support/goals.ts';
import { discover, type Trial, take } from './discover.ts';
import { PAPER_ONLY } from './paper-only.ts';
import type { WireWalk } from './play.ts';
import { SHORT_CUTS } from './short-cuts.ts';
import { WIRE_VIEWS } from './views.ts';

/** All goals of the call chart: every transition, both outcomes of every guard. */
export const GOALS: ReadonlySet<string> = goalsOf(callMachine);

/** Those that the wires can reach. */
const REACHABLE: ReadonlySet<string> = new Set(
  [...GOALS].filter((goal) => !PAPER_ONLY.some(({ covers }) => covers(goal))),
);

/** How many steps each round of the search goes on without finding anything. */
const ROUNDS = [250, 1000, 3000];
/** A walk costs as much as so many steps, beside its own. */
const COST_OF_A_WALK = 8;

const goalsOfTrial = ({ atStart, steps }: Trial): ReadonlySet<string> =>
  new Set([...atStart, ...steps.flatMap(({ goals }) => [...goals])]);

/** Tries things on paper, in rounds of growing patience, until every goal that the wires can reach was reached. */
export async function tryOut(): Promise<readonly Trial[]> {
  const open = new Set(REACHABLE);
  const trials: Trial[] = [];
  const note = (tried: readonly Trial[]): void => {
    trials.push(...tried);
    for (const trial of tried) for (const goal of goalsOfTrial(trial)) open.delete(goal);
  };
  for (const { view, stimuli } of SHORT_CUTS) note([await take(view, stimuli)]);
  for (const patience of ROUNDS)
    for (const view of WIRE_VIEWS) if (open.size > 0) note(await discover(view, open, patience));
  return trials;
}

/** The beginning of a trial up to where it last reaches something wanted, and what it reaches. */
interface Beginning {
  readonly trial: Trial;
  readonly length: number;
  readonly worth: number;
}

function bestBeginning(trial: Trial, open: ReadonlySet<string>): Beginning {
  const found = new Set<string>();
  let best: Beginning = { trial, length: 0, worth: 0 };
  for (const [at, { goals }] of trial.steps.entries()) {
    const before = found.size;
    for (const goal of goals) if (open.has(goal)) found.add(goal);
    if (found.size === before) continue;
    const worth = found.size / (at + 1 + COST_OF_A_WALK);
    if (worth > best.worth) best = { trial, length: at + 1, worth };
  }
  return best;
}

const walkOf = (trial: Trial, length: number, name: string): WireWalk => ({
  name,
  view: trial.view,
  stimuli: trial.steps.slice(0, length).map(({ stimulus }) => stimulus),
});

/** Few short walks that together reach all that the trials reached. Greedy: the most goals for the fewest steps first. */
export function smokeWalks(trials: readonly Trial[]): readonly WireWalk[] {
  const open = new Set(trials.flatMap((trial) => trial.steps.flatMap(({ goals }) => [...goals])));
  for (const { atStart } of trials.slice(0, 1)) for (const goal of atStart) open.delete(goal);
  const walks: WireWalk[] = [];
  // What a trial was worth before is the most that it can be worth now.
  let candidates = trials.map((trial) => bestBeginning(trial, open));
  while (open.size > 0) {
    candidates.sort((one, other) => other.worth - one.worth);
    let best: Beginning | undefined;
    for (const [at, candidate] of candidates.entries()) {
      if (best && candidate.worth <= best.worth) break;
      const now = bestBeginning(candidate.trial, open);
      candidates[at] = now;
      if (!best || now.worth > best.worth) best = now;
    }
    if (!best || best.worth === 0) break;
    for (const { goals } of best.trial.steps.slice(0, best.length)) for (const goal of goals) open.delete(goal);
    walks.push(walkOf(best.trial, best.length, `${best.trial.view.name} ${walks.length + 1}`));
    candidates = candidates.filter(({ worth }) => worth > 0);
  }
  return walks;
}

/** Every trial, to its end. */
export const thoroughWalks = (trials: readonly Trial[]): readonly WireWalk[] =>
  trials.map((trial, index) => walkOf(trial, trial.steps.length, `${trial.view.name}, thorough ${index + 1}`));
