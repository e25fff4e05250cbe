import { callMachine } from '../machines/call/machine.ts';
import { type Decisions, type Occasion, type Question, type Reaction, watched } from '../statechart/watched.ts';
import type { CallSnapshot, ReplayStep } from './replay.ts';
import { subsets } from './subsets.ts';

type CallMachine = typeof callMachine;

/** Why the chart of today and a call of then part at a step. */
export interface Divergence {
  readonly step: ReplayStep;
  /** What today's chart asked there, and what it took. */
  readonly reaction: Reaction<CallMachine>;
  /** The call of then, where it could be reconstructed. */
  readonly past: CallSnapshot | undefined;
  /**
   * The decisions that today's chart would have to make the other way round to do what was recorded, each as it is made today.
   * The fewest that suffice, in every way in which they do; empty when no few decisions would: then a transition, an action
   * or a state itself is another.
   */
  readonly otherwise: readonly (readonly Question[])[];
  /**
   * Where decisions explain nothing: parts of the context that today's chart changes and that of then did not, so that an
   * action is another. Empty when that does not explain it either.
   */
  readonly unchanged: readonly string[];
}

/** Parts that one action may change, at most. */
const MOST_UNCHANGED = 3;
/** Decisions turned round at the same time, at most. Two regions that both decide otherwise are two. */
const MOST_TURNED = 2;
/** Reactions tried, at most; each takes about a millisecond. */
const MOST_TRIED = 500;

/** Runs a macrostep again and looks for the decisions that part the call of then from the chart of today. */
export function explainDivergence(step: ReplayStep, machine: CallMachine = callMachine): Divergence {
  const react = watched(machine);
  const occasion = occasionOf(step);
  const reaction = react(occasion);
  const ways = otherWays(step, reaction, (decisions) => react(occasion, decisions));
  const lazy = ways.length === 0 ? withFewerChanges(step) : undefined;
  return {
    step,
    reaction,
    past: ways[0]?.snapshot ?? lazy?.snapshot,
    otherwise: ways.map(({ turned }) => turned),
    unchanged: lazy?.unchanged ?? [],
  };
}

/** What a step reacts to. */
export const occasionOf = ({ entry, before }: Pick<ReplayStep, 'entry' | 'before'>): Occasion<CallMachine> =>
  before ? { snapshot: before, event: entry.event } : { input: entry.event.input as never };

interface Way {
  readonly turned: readonly Question[];
  readonly questions: readonly Question[];
  readonly snapshot: CallSnapshot;
}

function otherWays(
  { recorded }: ReplayStep,
  { questions, snapshot }: Reaction<CallMachine>,
  react: (decisions: Decisions) => Reaction<CallMachine>,
): readonly Way[] {
  const seen = new Set<string>();
  let level: readonly Way[] = [{ turned: [], questions, snapshot }];
  for (let count = 1; count <= MOST_TURNED; count++) {
    level = level.flatMap((way) =>
      furtherTurns(way).flatMap((turned) => {
        const key = turned
          .map(({ transition }) => transition)
          .sort()
          .join();
        if (seen.has(key) || seen.size >= MOST_TRIED) return [];
        seen.add(key);
        const reaction = attempt(() => react(new Map(turned.map(({ transition, answer }) => [transition, !answer]))));
        return reaction ? [{ turned, questions: reaction.questions, snapshot: reaction.snapshot }] : [];
      }),
    );
    const found = level.filter((way) => recorded.differencesTo(way.snapshot).length === 0);
    if (found.length > 0) return found;
  }
  return [];
}

/** One decision more, of those that were made on this way. */
const furtherTurns = ({ turned, questions }: Way): readonly (readonly Question[])[] =>
  distinct(questions)
    .filter(({ transition }) => turned.every((other) => other.transition !== transition))
    .map((question) => [...turned, question]);

/** Each transition once, as it was decided first. */
const distinct = (questions: readonly Question[]): readonly Question[] =>
  questions.filter(
    ({ transition }, index) => questions.findIndex((other) => other.transition === transition) === index,
  );

/** Leaves some parts of the context as they were, the fewest that lead to what was recorded. */
function withFewerChanges({ before, after, recorded }: ReplayStep) {
  if (!before) return undefined;
  const [was, is] = [before.context, after.context] as unknown as Readonly<Record<string, unknown>>[];
  const changed = Object.keys(is ?? {}).filter((name) => was?.[name] !== is?.[name]);
  for (const unchanged of subsets(changed, MOST_UNCHANGED)) {
    const old = Object.fromEntries(unchanged.map((name) => [name, was?.[name]]));
    const snapshot = { ...after, context: { ...is, ...old } } as unknown as CallSnapshot;
    if (recorded.differencesTo(snapshot).length === 0) return { unchanged, snapshot };
  }
  return undefined;
}

/** A decision that the chart never makes may lead where its actions or guards cannot go on: that way is none. */
function attempt<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch {
    return undefined;
  }
}
