import type { AnyStateMachine } from 'xstate';
import { stateId, statesOf } from '../../statechart/names.ts';
import { actionPhrase, isTimerBookkeeping } from '../../statechart/phrases.ts';
import { type Mutation, sameState } from './mutation.ts';
import { placesOf } from './places.ts';

/** One action is left out: of a transition, of an entry, of an exit. */
export function actionMutations(machine: AnyStateMachine): readonly Mutation[] {
  return [
    ...placesOf(machine).flatMap(({ name, at, transition, in: inMutant }) =>
      transition.actions.map(
        (action, index): Mutation => ({
          id: `drop action · ${name} · ${actionPhrase(action)}`,
          kind: 'drop action',
          at,
          apply: (mutant) => {
            const { transition: changed } = inMutant(mutant);
            changed.actions = without(changed.actions, index);
          },
        }),
      ),
    ),
    ...statesOf(machine).flatMap((node) =>
      (['entry', 'exit'] as const).flatMap((moment) =>
        node[moment].flatMap((action, index): readonly Mutation[] =>
          isTimerBookkeeping(action)
            ? []
            : [
                {
                  id: `drop action · ${stateId(node)} · ${moment} · ${actionPhrase(action)}`,
                  kind: 'drop action',
                  at: stateId(node),
                  apply: (mutant) => {
                    const changed = sameState(mutant, node);
                    changed[moment] = without(changed[moment], index);
                  },
                },
              ],
        ),
      ),
    ),
  ];
}

const without = <T>(list: readonly T[], index: number): T[] => list.filter((_, other) => other !== index);
