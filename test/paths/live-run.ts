import type { AnyStateMachine } from 'xstate';
import type { LawCoverage } from '../../visualizations/coverage/coverage.ts';
import type { View } from '../model/chart-model.ts';
import type { NamedWalk } from '../model/walks.ts';
import { type Divergence, liveAgainst } from '../support/pure-against-live.ts';
import { upTo } from '../support/trail.ts';
import { tellWalk } from './tell-walk.ts';

/** Takes walks with live actors, and remembers the first that did otherwise than the pure chart. */
export class LiveRun<M extends AnyStateMachine> {
  readonly #follow: ReturnType<typeof liveAgainst<M>>;
  #broken: { readonly walk: NamedWalk<M>; readonly divergence: Divergence } | undefined;
  #divergences = 0;
  walks = 0;
  steps = 0;

  constructor(machine: M, { input }: View<M>) {
    this.#follow = liveAgainst(machine, input);
  }

  take(walk: NamedWalk<M>): void {
    const divergence = this.#follow(walk.trail);
    this.walks++;
    this.steps += walk.events.length;
    if (!divergence) return;
    this.#divergences++;
    this.#broken ??= { walk, divergence };
  }

  get law(): LawCoverage {
    const law = 'Run live, it does exactly what the chart says, step by step: state, children, timers.';
    const counts = { law, checked: this.steps, broken: this.#divergences };
    if (!this.#broken) return { ...counts, story: undefined };
    const { walk, divergence } = this.#broken;
    return {
      ...counts,
      story: tellWalk(walk.view, upTo(walk.trail, divergence.step)),
      detail: differences(divergence),
    };
  }
}

/** Only what differs: `timers: [400] in the chart, [] live`. */
const differences = ({ pure, live }: Divergence): string =>
  (['status', 'value', 'children', 'timers'] as const)
    .map((field) => ({ field, pure: JSON.stringify(pure[field]), live: JSON.stringify(live[field]) }))
    .filter((seen) => seen.pure !== seen.live)
    .map((seen) => `${seen.field}: ${seen.pure} in the chart, ${seen.live} live`)
    .join('; ');
