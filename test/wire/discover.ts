import { PaperCall } from './paper/paper-call.ts';
import { type Place, placeAt, placeOf } from './places.ts';
import type { Stimulus } from './stimuli.ts';
import type { WireView } from './views.ts';

/** One step of a call on paper. */
export interface TrialStep {
  readonly stimulus: Stimulus;
  /** Goals of the call chart that it reached. */
  readonly goals: ReadonlySet<string>;
}

/** Steps that were taken on paper, from the start of a call. */
export interface Trial {
  readonly view: WireView;
  readonly steps: readonly TrialStep[];
  /** Reached by the start itself. */
  readonly atStart: ReadonlySet<string>;
}

/** A call that goes on longer begins anew: its walk would only be slow. */
const LONGEST = 60;
/** How far behind the nearest place with something untried one with something newer is looked for (places). */
const HORIZON = 400;

/** A stimulus that promises a goal may be tried so much more often in a state than others. */
const HOPE = 4;

/** Takes given steps as far as they are possible. */
export async function take(view: WireView, stimuli: readonly Stimulus[]): Promise<Trial> {
  let goals = new Set<string>();
  const paper = new PaperCall(view.brief, (goal) => goals.add(goal));
  await paper.settled();
  const atStart = goals;
  const steps: TrialStep[] = [];
  for (const stimulus of stimuli) {
    if (!stimulus.possible(paper)) break;
    goals = new Set();
    await stimulus.act(paper);
    await paper.settled();
    steps.push({ stimulus, goals });
  }
  return { view, steps, atStart };
}

/**
 * Tries what the wires allow, everywhere, on paper. A map of places is drawn while calls are made; each call goes on to
 * what was tried least often in its state of the conversation, and the next call begins where nothing new is within reach.
 * The same trials on every run.
 *
 * @param wanted goals to look for; it ends when all are reached
 * @param patience how many steps it goes on without reaching one
 */
export async function discover(
  view: WireView,
  wanted: ReadonlySet<string>,
  patience: number,
): Promise<readonly Trial[]> {
  const places = new Map<string, Place>();
  const familiar = new Map<string, number>();
  const trials: Trial[] = [];
  const open = new Set(wanted);
  /** Types of events that a stimulus has caused so far. */
  const causes = new Map<Stimulus, Set<string>>();
  /** Steps without news. */
  let fruitless = 0;

  const visit = (call: PaperCall): string => {
    const key = placeOf(call, view);
    if (!places.has(key)) places.set(key, placeAt(call, view));
    return key;
  };
  const promises = ({ goals }: Place, stimulus: Stimulus): boolean => {
    for (const type of causes.get(stimulus) ?? []) if (goals.get(type)?.some((goal) => open.has(goal))) return true;
    return false;
  };
  /** The lower, the sooner it is tried: how often it was tried in that state of the conversation, and without hope later. */
  const rank = (place: Place, stimulus: Stimulus): number =>
    (familiar.get(`${place.state} ${stimulus.name}`) ?? 0) + (promises(place, stimulus) ? 0 : HOPE);

  const wayFrom = (from: string): readonly Stimulus[] => {
    const cameBy = new Map<string, { readonly before: string; readonly stimulus: Stimulus } | undefined>([
      [from, undefined],
    ]);
    let best: { readonly at: string; readonly stimulus: Stimulus; readonly rank: number } | undefined;
    let behind = 0;
    for (const at of cameBy.keys()) {
      const place = places.get(at);
      if (!place) continue;
      for (const stimulus of place.untried) {
        const ranked = rank(place, stimulus);
        if (best === undefined || ranked < best.rank) best = { at, stimulus, rank: ranked };
      }
      if (best?.rank === 0 || (best && ++behind > HORIZON)) break;
      for (const [stimulus, to] of place.ways) if (!cameBy.has(to)) cameBy.set(to, { before: at, stimulus });
    }
    if (!best) return [];
    const stimuli = [best.stimulus];
    for (let hop = cameBy.get(best.at); hop; hop = cameBy.get(hop.before)) stimuli.push(hop.stimulus);
    return stimuli.reverse();
  };

  /** One call, from its start to where nothing new is near. @returns whether it tried anything */
  const call = async (): Promise<boolean> => {
    let goals = new Set<string>();
    const paper = new PaperCall(view.brief, (goal) => goals.add(goal));
    await paper.settled();
    const atStart = goals;
    const steps: TrialStep[] = [];
    let at = visit(paper);
    let news = false;

    /** @returns whether it led where it was expected to */
    const take = async (stimulus: Stimulus): Promise<boolean> => {
      const place = places.get(at);
      const expected = place?.ways.get(stimulus);
      if (place?.untried.delete(stimulus)) {
        news = true;
        const name = `${place.state} ${stimulus.name}`;
        familiar.set(name, (familiar.get(name) ?? 0) + 1);
      }
      // The place stands for several states: in this one it may be impossible.
      if (!stimulus.possible(paper)) {
        place?.ways.delete(stimulus);
        return false;
      }
      goals = new Set();
      const before = paper.seen.length;
      await stimulus.act(paper);
      await paper.settled();
      steps.push({ stimulus, goals });
      fruitless += 1;
      for (const goal of goals) if (open.delete(goal)) fruitless = 0;
      const caused = causes.get(stimulus) ?? new Set();
      for (const { event } of paper.seen.slice(before)) caused.add(event.type);
      causes.set(stimulus, caused);
      at = visit(paper);
      place?.ways.set(stimulus, at);
      return expected === undefined || expected === at;
    };

    for (const stimulus of view.opening ?? []) if (stimulus.possible(paper)) await take(stimulus);
    for (let way = wayFrom(at); way.length > 0 && steps.length + way.length <= LONGEST; way = wayFrom(at))
      for (const stimulus of way) if (!(await take(stimulus))) break;
    for (const goal of atStart) open.delete(goal);
    trials.push({ view, steps, atStart });
    return news;
  };

  while (open.size > 0 && fruitless < patience && (await call()));
  return trials;
}
