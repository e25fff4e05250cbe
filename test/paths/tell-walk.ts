import type { AnyEventObject, AnyMachineSnapshot, AnyStateMachine } from 'xstate';
import { candidatesOf, stateId, statesOf, triggerOf } from '../../statechart/names.ts';
import type { Moment, Story } from '../../visualizations/coverage/coverage.ts';
import { tellEvent, tellTime } from '../../visualizations/coverage/tell-event.ts';
import { remembered } from '../support/remembered.ts';
import { remaining, TIME_PASSES, type TimedState } from '../support/timed-model.ts';

/** As much of a walk as its story needs: what happened, and the state after it. */
interface Told {
  readonly first: { readonly state: TimedState<AnyStateMachine> };
  readonly edges: readonly { readonly event: AnyEventObject; readonly state: TimedState<AnyStateMachine> }[];
}

/** Tells a walk of the timed model in words. */
export function tellWalk(view: string, { first, edges }: Told): Story {
  let before = first.state;
  const moments = edges.map(({ event, state }): Moment => {
    const moment = {
      atMs: state.now,
      event: event.type,
      told: tellStep(event, before),
      enters: entered(before.snapshot, state.snapshot),
    };
    before = state;
    return moment;
  });
  return { view, begins: entered(undefined, first.state.snapshot), moments };
}

function tellStep(event: AnyEventObject, before: TimedState<AnyStateMachine>): string {
  const triggers = triggersOf(before.snapshot.machine);
  if (event.type !== TIME_PASSES.type) return `${tellEvent(event, triggers)}${late(event, before.snapshot)}`;
  const [due] = remaining(before);
  if (!due) return 'Time passes';
  const timer = triggers.get(due.id)?.replace(/^after /, '') ?? due.id;
  return `${tellTime(due.ms)} pass (${timer})`;
}

/** Turns are numbered, and so is what comes out of them; a cut is always reported late. */
function late(event: AnyEventObject, { context }: AnyMachineSnapshot): string {
  const { epoch } = context as { epoch?: number };
  const foreign = typeof event.epoch === 'number' && epoch !== undefined && event.epoch !== epoch;
  return foreign && event.type !== 'playout.cut' ? ', of a turn that is over' : '';
}

/** States that became active, innermost only. Regions that stayed as they were are left out. */
function entered(before: AnyMachineSnapshot | undefined, after: AnyMachineSnapshot): readonly string[] {
  const leaves = ({ _nodes }: AnyMachineSnapshot): readonly string[] =>
    _nodes.filter(({ type }) => type === 'atomic' || type === 'final').map((node) => shortName(stateId(node)));
  const was = new Set(before ? leaves(before) : []);
  return leaves(after).filter((name) => !was.has(name));
}

/** `call.active.conversation.listening.quiet` is `listening.quiet`, `call.active.line.up` is `line.up`. */
const shortName = (id: string): string => id.replace(/^[^.]+\./, '').replace(/^active\.(conversation\.)?/, '');

/** By event type, what the chart calls it: `after silence`, `done reply`. */
const triggersOf: (machine: AnyStateMachine) => ReadonlyMap<string, string> = remembered(
  (machine) =>
    new Map(
      statesOf(machine).flatMap((node) =>
        candidatesOf(node).flatMap((list) =>
          list.map((transition): [string, string] => [transition.eventType, triggerOf(transition)]),
        ),
      ),
    ),
);
