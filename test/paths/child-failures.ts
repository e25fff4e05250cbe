import type { AnyStateMachine } from 'xstate';
import { stateId } from '../../statechart/names.ts';
import type { ExploredView } from '../model/walks.ts';
import type { ChildFailures } from './view-run.ts';

/** In which states children were seen alive, and where one of them was made to fail. */
export function childFailuresOf<M extends AnyStateMachine>({ graph }: ExploredView<M>): ChildFailures {
  const alive = new Set<string>();
  const failed = new Set<string>();
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
  return { alive, failed };
}
