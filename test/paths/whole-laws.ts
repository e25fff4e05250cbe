import type { AnyStateMachine } from 'xstate';
import { stateId, statesOf } from '../../statechart/names.ts';
import type { LawCoverage } from '../../visualizations/coverage/coverage.ts';
import type { ChartModel } from '../model/chart-model.ts';
import type { ExploredView } from '../model/walks.ts';
import { endless } from '../support/explore.ts';
import { lintMachine } from '../support/lint-machine.ts';
import { placesOf, wayTo } from '../support/places.ts';
import { tellWalk } from './tell-walk.ts';

/** Laws that are about all states together, not about one step. */
export const lawsOfTheWhole = <M extends AnyStateMachine>(
  model: ChartModel<M>,
  explored: readonly ExploredView<M>[],
): readonly LawCoverage[] => [waits(model), failures(explored), ...reachableEnd(explored)];

function waits({ machine, mayWait }: ChartModel): LawCoverage {
  const problems = lintMachine(machine, { mayWait });
  return {
    law: 'Every state that waits has a deadline, every child may fail, and every name means something.',
    checked: statesOf(machine).length,
    broken: problems.length,
    story: undefined,
    ...(problems.length > 0 && { detail: problems.join('; ') }),
    notes: Object.entries(mayWait).map(([state, reason]) => `${state}: ${reason}`),
  };
}

/** Of every child in every state in which it is ever seen alive. A failure may come in any view. */
function failures<M extends AnyStateMachine>(explored: readonly ExploredView<M>[]): LawCoverage {
  const alive = new Set<string>();
  const failed = new Set<string>();
  for (const { graph } of explored)
    for (const { state, edges } of graph.nodes.values()) {
      const { children, _nodes } = state.snapshot;
      const states = _nodes.filter(({ type }) => type === 'atomic').map(stateId);
      for (const child of Object.keys(children)) {
        const tried = edges.some(({ event }) => event.type === `xstate.error.actor.${child}`);
        for (const id of states) {
          alive.add(`${child} in ${id}`);
          if (tried) failed.add(`${child} in ${id}`);
        }
      }
    }
  const untried = [...alive].filter((pair) => !failed.has(pair));
  return {
    law: 'Every child was made to fail in every state in which it lives.',
    checked: alive.size,
    broken: untried.length,
    story: undefined,
    ...(untried.length > 0 && { detail: `not tried: ${untried.join('; ')}` }),
  };
}

/** Of charts that end by themselves. */
function reachableEnd<M extends AnyStateMachine>(explored: readonly ExploredView<M>[]): readonly LawCoverage[] {
  if (
    !explored.some(({ graph: { machine } }) => Object.values(machine.root.states).some(({ type }) => type === 'final'))
  )
    return [];
  const lost = explored.flatMap(({ view, graph }) => endless(graph).map((key) => ({ view, graph, key })));
  const checked = explored.reduce((sum, { graph }) => sum + graph.nodes.size, 0);
  const [first] = lost;
  const place = first && placesOf(first.graph).get(first.key);
  const story = place && tellWalk(first.view.name, { first: first.graph.first, edges: wayTo(place) });
  return [{ law: 'From every state the end can be reached.', checked, broken: lost.length, story }];
}
