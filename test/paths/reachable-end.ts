import type { AnyStateMachine } from 'xstate';
import type { LawCoverage } from '../../visualizations/coverage/coverage.ts';
import type { ExploredView } from '../model/walks.ts';
import { endless } from '../support/explore.ts';
import { placesOf, wayTo } from '../support/places.ts';
import { tellWalk } from './tell-walk.ts';

/** That no state is a trap. Nothing to be asked of a chart that never ends by itself. */
export function reachableEnd<M extends AnyStateMachine>({ view, graph }: ExploredView<M>): readonly LawCoverage[] {
  if (!Object.values(graph.machine.root.states).some(({ type }) => type === 'final')) return [];
  const traps = endless(graph);
  const place = placesOf(graph).get(traps[0] ?? '');
  const story = place && tellWalk(view.name, { first: graph.first, edges: wayTo(place) });
  return [{ law: 'From every state the end can be reached.', checked: graph.nodes.size, broken: traps.length, story }];
}
