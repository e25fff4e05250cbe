import type { AnyStateMachine } from 'xstate';
import type { ChartModel } from '../model/chart-model.ts';
import { QaModel } from '../model/qa-paths.ts';
import { tellWalk } from './tell-walk.ts';

/**
 * The shortest paths through each view of a chart, as `@xstate/graph` finds them, in words: one line a path, with the
 * states it comes to at its end.
 */
export function* listPaths<M extends AnyStateMachine>({
  machine,
  views,
}: ChartModel<M>): Generator<string, void, undefined> {
  for (const view of views) {
    const paths = new QaModel(machine, view).shortestPaths();
    yield `${machine.id}, ${view.name}: ${paths.length} paths`;
    for (const [index, { steps }] of paths.entries()) {
      const states = steps.map(({ event, state: { timed } }) => ({ event, state: timed }));
      const [first, ...edges] = states;
      if (!first) continue;
      const { moments } = tellWalk(view.name, { first, edges });
      const enters = moments.findLast((moment) => moment.enters.length > 0)?.enters.join(', ');
      yield `${String(index + 1).padStart(5)}. ${moments.map(({ told }) => told).join(' · ')}${enters ? ` → ${enters}` : ''}`;
    }
    yield '';
  }
}
