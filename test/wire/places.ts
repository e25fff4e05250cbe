import { callMachine } from '../../machines/call/machine.ts';
import { candidatesOf, statesOf, transitionId } from '../../statechart/names.ts';
import { refusalOf } from '../support/goals.ts';
import type { PaperCall } from './paper/paper-call.ts';
import type { Stimulus } from './stimuli.ts';
import type { WireView } from './views.ts';

/** A place of the map: what may happen there, and where that led when it was tried. */
export interface Place {
  /** State of the conversation: what was tried in it elsewhere is tried here later. */
  readonly state: string;
  /** Goals that an event of a type may reach here. */
  readonly goals: ReadonlyMap<string, readonly string[]>;
  readonly untried: Set<Stimulus>;
  readonly ways: Map<Stimulus, string>;
}

/** The goals of each state of the chart, by the type of event that reaches them. */
const GOALS: ReadonlyMap<string, readonly { readonly type: string; readonly goals: readonly string[] }[]> = new Map(
  statesOf(callMachine).map((node) => [
    node.id,
    candidatesOf(node)
      .flat()
      .map((transition) => ({ type: transition.eventType, goals: [transitionId(transition), refusalOf(transition)] })),
  ]),
);

/** Goals of the states that are active, by the type of event. */
function goalsAt(call: PaperCall): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { id } of call.snapshot._nodes)
    for (const { type, goals } of GOALS.get(id) ?? []) found.set(type, [...(found.get(type) ?? []), ...goals]);
  return found;
}

const sizeOf = (value: unknown): unknown => {
  if (typeof value === 'string') return value === '' ? 0 : 1;
  if (Array.isArray(value)) return Math.min(2, value.length);
  return value === undefined ? 0 : 1;
};

/**
 * Two states of a call with the same key are the same place. Coarse: charts by their states, what they remember by whether
 * there is anything.
 */
export function placeOf(call: PaperCall, { patience }: WireView): string {
  const { status, value, context, children } = call.snapshot;
  const { brief: _, epoch, history, next, reason, destination, cutOff, saying, heardSentences, ...rest } = context;
  const { reprompts, failures, ...memory } = rest;
  const child = (id: string): unknown => {
    const snapshot = children[id as keyof typeof children]?.getSnapshot() as { value?: unknown } | undefined;
    return snapshot?.value;
  };
  return JSON.stringify([
    status,
    value,
    ['reply', 'recogniser', 'transfer'].map(child),
    next,
    destination?.kind,
    history.at(-1)?.role,
    cutOff !== undefined && [cutOff.epoch === epoch - 1, cutOff.sentences.length > 0],
    Math.min(2, saying.length),
    Math.max(-1, Math.min(1, saying.length - heardSentences)),
    patience && [Math.min(2, reprompts), Math.min(2, failures)],
    Object.values(memory).map(sizeOf),
    call.flux.phase,
    call.flux.turns.phase,
    call.model.isWriting,
    call.toolbox.isAtWork,
    call.voice.speech?.begun ?? 'silent',
    Math.min(2, call.marks.length),
    call.sounds,
    call.line,
    call.carrier.isAsked,
    // Several clocks tick while the carrier is waited for.
    child('transfer') !== undefined && call.timers,
  ]);
}

const conversationOf = ({ snapshot: { value } }: PaperCall): string =>
  typeof value === 'string' ? value : JSON.stringify(value.active.conversation);

/** A place that nobody has been to. */
export function placeAt(call: PaperCall, { stimuli }: WireView): Place {
  const untried = call.isOver ? [] : stimuli.filter((stimulus) => stimulus.possible(call));
  return { state: conversationOf(call), goals: goalsAt(call), untried: new Set(untried), ways: new Map() };
}
