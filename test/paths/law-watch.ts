import type { AnyStateMachine } from 'xstate';
import type { LawCoverage, Story } from '../../visualizations/coverage/coverage.ts';
import type { Law } from '../model/chart-model.ts';
import type { TimedState, TimedStep } from '../support/timed-model.ts';

/** Asks every law after every step it is shown, and keeps the first way to where one is broken. */
export class LawWatch<M extends AnyStateMachine> {
  readonly #findings: { readonly law: Law<M>; broken: number; story: Story | undefined }[];
  #checked = 0;

  constructor(laws: readonly Law<M>[]) {
    this.#findings = laws.map((law) => ({ law, broken: 0, story: undefined }));
  }

  /** @param story tells the way to this step; asked only when a law is broken */
  check(taken: Pick<TimedStep<M>, 'state' | 'snapshot'>, before: TimedState<M> | undefined, story: () => Story): void {
    this.#checked++;
    for (const finding of this.#findings) {
      if (finding.law.holds(taken, before)) continue;
      finding.broken++;
      finding.story ??= story();
    }
  }

  get laws(): readonly LawCoverage[] {
    return this.#findings.map(({ law: { law }, broken, story }) => ({ law, checked: this.#checked, broken, story }));
  }
}
