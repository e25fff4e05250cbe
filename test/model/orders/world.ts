import type { AnyEventObject } from 'xstate';
import type { CallBrief } from '../../../machines/call/brief.ts';
import { callMachine } from '../../../machines/call/machine.ts';
import type { Message } from '../../../machines/call/ports.ts';
import { isBackChannel } from '../../../machines/call/speech.ts';
import { BRIEF } from '../../support/call-on-paper.ts';
import { begin, step, TIME_PASSES, type TimedState, type TimedStep } from '../../support/timed-model.ts';
import { type AgentSide, afterEffects, NOTHING_ASKED, reportOf, type Told } from './agent-side.ts';
import { type CallerSide, meantWords, NOBODY_SPEAKS } from './caller-side.ts';

export type CallState = TimedState<typeof callMachine>;
export type CallStep = TimedStep<typeof callMachine>;

/** Its maximum length is further away than any other timer: it never comes. */
export const INPUT: CallBrief = { ...BRIEF, deadlines: { ...BRIEF.deadlines, maxCall: 1e9 } };

/** What the laws have to remember of the way here. */
export interface Memory {
  /** The words with a meaning of all turns that ended while the call would hear them. */
  readonly said: readonly string[];
  /** Requests that are no guess, and guesses confirmed, since a turn ended last. */
  readonly requests: number;
  /** How often since then it was asked again for a reason: the answer had been cut, or dropped, for words that never came. */
  readonly restarts: number;
  /** What was told of the open turn; empty between turns. */
  readonly told: string;
  /** A turn has ended, and nothing of an answer to it sounded yet. */
  readonly owed: boolean;
  /** The call knows of the open turn, and neither its filters nor a state that is protected kept it from it. */
  readonly listensTo: boolean;
  /** Sentences of which something sounded. */
  readonly sounded: ReadonlySet<string>;
  /** Sentences that were cut while they were held back. */
  readonly dropped: ReadonlySet<string>;
}

const NOTHING_HAPPENED: Memory = {
  said: [],
  told: '',
  requests: 0,
  restarts: 0,
  owed: false,
  listensTo: false,
  sounded: new Set(),
  dropped: new Set(),
};

/** A call, and all who take part in it. */
export interface World {
  readonly state: CallState;
  readonly caller: CallerSide;
  readonly agent: AgentSide;
  /** How often a key was pressed, and the recogniser lost. */
  readonly keys: number;
  readonly losses: number;
  readonly memory: Memory;
}

/** One event, what the chart made of it, and the world before and after. */
export interface Taken {
  readonly before: World;
  readonly after: World;
  /** Undefined for the start of the call. */
  readonly event: AnyEventObject | undefined;
  readonly told: Told;
  readonly step: CallStep;
}

/** The call as it starts. */
export function beginning(brief: CallBrief): Taken {
  const step = begin(callMachine, brief);
  const { agent, told } = afterEffects(NOTHING_ASKED, step.effects);
  const after: World = {
    state: step.state,
    caller: NOBODY_SPEAKS,
    agent,
    keys: 0,
    losses: 0,
    memory: NOTHING_HAPPENED,
  };
  return { before: after, after, event: undefined, told, step };
}

/** Sends one event; where the chart cuts the agent's speech, playout's report comes before anything else. */
export function send(world: World, event: AnyEventObject): readonly Taken[] {
  const taken = sendOne(world, event);
  if (taken.told.cuts.length === 0) return [taken];
  const report = reportOf(world.agent.speech);
  return report ? [taken, sendOne(taken.after, report)] : [taken];
}

function sendOne(before: World, event: AnyEventObject): Taken {
  const taken = step(callMachine, before.state, event);
  const { agent, told } = afterEffects(before.agent, taken.effects);
  const world = { ...before, state: taken.state, agent };
  return {
    before,
    after: { ...world, memory: remember(before, world, event, told) },
    event,
    told,
    step: taken,
  };
}

/** The state of the conversation, in one line. */
export const conversationOf = ({ snapshot }: CallState): string =>
  typeof snapshot.value === 'string' ? snapshot.value : JSON.stringify(snapshot.value.active.conversation);

/** Where the caller's words are not for the agent any more. */
export const isProtected = (state: CallState): boolean => /transferring|closing|ended/.test(conversationOf(state));

const filters = ({ snapshot }: CallState): boolean =>
  typeof snapshot.value !== 'string' && /latched|cooling/.test(JSON.stringify(snapshot.value.active.bargeIn));

/** The words of an event that has any. */
export const textOf = (event: AnyEventObject): string => (typeof event.text === 'string' ? event.text : '');

function remember(before: World, after: World, event: AnyEventObject, told: Told): Memory {
  const { memory, state } = before;
  const asked = told.requests.filter(({ guess }) => !guess).length + told.confirmations;
  const ended = endedTurn(before, after, event);
  const cutForNothing = /resuming|retelling/.test(conversationOf(state)) && event.type === 'playout.finished';
  const droppedForNothing = conversationOf(state).includes('speakingOn') && event.type === 'recognition.lost';
  const sounded = withSounding(memory.sounded, after);
  const answers = sounded !== memory.sounded && after.agent.reply !== undefined;
  const mayWait = answers || event.digit === '0';
  const isTaken = asked > 0 || /settling|cutShort/.test(conversationOf(after.state));
  const isDropped = told.cuts.length > 0 && before.agent.speech?.held === true;
  return {
    said: ended !== undefined && !isProtected(state) ? [...memory.said, ...meantWords(ended)] : memory.said,
    told: toldOf(memory.told, event),
    requests: (ended === undefined ? memory.requests : 0) + asked,
    restarts: ended === undefined ? memory.restarts + Number(asked > 0 && (cutForNothing || droppedForNothing)) : 0,
    owed: (ended !== undefined && isTaken) || (memory.owed && !mayWait),
    listensTo: listensTo(before, after, event),
    sounded,
    dropped: isDropped ? new Set([...memory.dropped, ...state.snapshot.context.saying]) : memory.dropped,
  };
}

function toldOf(told: string, event: AnyEventObject): string {
  switch (event.type) {
    case 'caller.interim':
    case 'caller.eagerEndOfTurn':
      return textOf(event);
    case 'caller.speechStarted':
    case 'caller.endOfTurn':
    case 'recognition.lost':
      return '';
    default:
      return told;
  }
}

/** What the caller had said when his turn ended, if it does: when nobody will tell its end, what was told may be as good. */
function endedTurn({ state, memory }: World, after: World, event: AnyEventObject): string | undefined {
  if (event.type === 'caller.endOfTurn') return textOf(event);
  if (event.type !== 'recognition.lost') return undefined;
  const { guess } = state.snapshot.context;
  return guess ?? (remembersAll(after.state, meantWords(memory.told)) ? memory.told : undefined);
}

const remembersAll = ({ snapshot }: CallState, words: readonly string[]): boolean => {
  const remembered = meantWords(saidBy('user', snapshot.context.history));
  return words.length > 0 && words.every((word) => remembered.includes(word));
};

/** All that one of the two said. */
export const saidBy = (role: 'user' | 'assistant', history: readonly Message[]): string =>
  history.flatMap((message) => (message.role === role && 'text' in message ? [message.text] : [])).join(' ');

function withSounding(sounded: Memory['sounded'], { state, agent: { speech } }: World): Memory['sounded'] {
  const sentence = speech?.sound === 'some' ? state.snapshot.context.saying[speech.heard] : undefined;
  return sentence === undefined || sounded.has(sentence) ? sounded : new Set([...sounded, sentence]);
}

function listensTo({ memory, state, agent }: World, after: World, event: AnyEventObject): boolean {
  switch (event.type) {
    case 'caller.speechStarted':
      // A cough does not end the work of a tool.
      return (
        /thinking|listening|interrupted/.test(conversationOf(state)) &&
        state.snapshot.context.history.at(-1)?.role !== 'toolCall'
      );
    case 'caller.interim':
    case 'caller.eagerEndOfTurn': {
      const heedless = agent.speech !== undefined && (filters(state) || isProtected(state));
      const { backChannel } = state.snapshot.context.brief.bargeIn;
      return memory.listensTo || (!heedless && !isBackChannel(textOf(event), backChannel));
    }
    case 'caller.endOfTurn':
    case 'recognition.lost':
    // Who presses a key wants to hear something.
    case 'line.dtmf':
      return false;
    default:
      // An interruption by somebody who then says nothing is forgotten after a while.
      return memory.listensTo && !(isTimer(event) && conversationOf(after.state).includes('resuming'));
  }
}

const isTimer = ({ type }: AnyEventObject): boolean => type === TIME_PASSES.type;
