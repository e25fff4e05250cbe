import type { AnyEventObject } from 'xstate';
import type { Heard, PlayoutEvent, ReplyEvent } from '../../../machines/call/events.ts';
import type { Effect } from '../../../statechart/macrostep.ts';

/** What model, voice and carrier are at: all that the chart has asked them for. */
export interface AgentSide {
  /** The request to the model that is alive. */
  readonly reply:
    | {
        readonly epoch: number;
        /** It was asked on a guess that was not confirmed yet. */
        readonly guess: boolean;
        readonly sentences: number;
        /** It uses one at most. */
        readonly tool: 'none' | 'at work' | 'returned';
        readonly finished: boolean;
      }
    | undefined;
  /** The stretch of speech that is alive. */
  readonly speech:
    | {
        readonly epoch: number;
        readonly sentences: number;
        /** No more sentences will come. */
        readonly complete: boolean;
        readonly held: boolean;
        /** Where its sound is: none yet, on its way, or all played with more to come. */
        readonly sound: 'none' | 'some' | 'starved';
        readonly heard: number;
      }
    | undefined;
}

export const NOTHING_ASKED: AgentSide = { reply: undefined, speech: undefined };

/** What the chart told its children in one step. */
export interface Told {
  /** Epochs, as they were told. */
  readonly cuts: readonly number[];
  readonly releases: readonly number[];
  /** Whether each new request to the model was on a guess. */
  readonly requests: readonly { readonly guess: boolean }[];
  readonly confirmations: number;
}

const NOTHING_TOLD: Told = { cuts: [], releases: [], requests: [], confirmations: 0 };

/** The most sentences of an answer. */
const SENTENCES = 2;

/** Two words, unique in the call. */
export const sentenceOf = (epoch: number, index: number): string => `r${epoch}s${index}a r${epoch}s${index}b`;

interface ChildParams {
  readonly id: string;
  readonly input: {
    readonly epoch: number;
    readonly sentences: readonly string[];
    open: boolean;
    speculative: boolean;
  };
}

/** What becomes of them through one step of the chart. */
export function afterEffects(agent: AgentSide, effects: readonly Effect[]): { agent: AgentSide; told: Told } {
  let sofar = { agent, told: NOTHING_TOLD };
  for (const { type, params } of effects) {
    if (type === 'xstate.spawnChild') sofar = started(sofar.agent, sofar.told, params as ChildParams);
    if (type === 'xstate.stopChild') sofar = { ...sofar, agent: stopped(sofar.agent, (params as { id: string }).id) };
    if (type === 'xstate.sendTo') sofar = ordered(sofar.agent, sofar.told, (params as { event: AnyEventObject }).event);
  }
  return sofar;
}

function started(agent: AgentSide, told: Told, { id, input }: ChildParams): { agent: AgentSide; told: Told } {
  if (id === 'reply') {
    const reply = {
      epoch: input.epoch,
      guess: input.speculative,
      sentences: 0,
      tool: 'none',
      finished: false,
    } as const;
    return {
      agent: { ...agent, reply },
      told: { ...told, requests: [...told.requests, { guess: input.speculative }] },
    };
  }
  if (id !== 'voice') return { agent, told };
  const { epoch, sentences, open } = input;
  const speech = { epoch, sentences: sentences.length, complete: !open, held: false, sound: 'none', heard: 0 } as const;
  return { agent: { ...agent, speech }, told };
}

const stopped = (agent: AgentSide, child: string): AgentSide =>
  child === 'reply' ? { ...agent, reply: undefined } : child === 'voice' ? { ...agent, speech: undefined } : agent;

function ordered(agent: AgentSide, told: Told, order: AnyEventObject): { agent: AgentSide; told: Told } {
  const { reply, speech } = agent;
  const speechIs = (changes: Partial<AgentSide['speech']>): AgentSide =>
    speech ? { ...agent, speech: { ...speech, ...changes } } : agent;
  switch (order.type) {
    case 'reply.confirm':
      return {
        agent: reply ? { ...agent, reply: { ...reply, guess: false } } : agent,
        told: { ...told, confirmations: told.confirmations + 1 },
      };
    case 'voice.say':
      return { agent: speechIs({ sentences: (speech?.sentences ?? 0) + 1 }), told };
    case 'voice.end':
      return { agent: speechIs({ complete: true }), told };
    case 'playout.hold':
      return { agent: speechIs({ held: true }), told };
    case 'playout.release':
      return { agent: speechIs({ held: false }), told: { ...told, releases: [...told.releases, order.epoch] } };
    case 'playout.cut':
      return { agent, told: { ...told, cuts: [...told.cuts, order.epoch] } };
    default:
      return { agent, told };
  }
}

/** What playout answers to a cut of this speech, at once; undefined when nothing of it had come to playout. */
export function reportOf(speech: AgentSide['speech']): PlayoutEvent | undefined {
  if (!speech || (speech.sound === 'none' && !speech.held)) return undefined;
  const { epoch, heard: sentences } = speech;
  const partial = { sentence: sentences, playedMs: 500, lengthMs: 1000, complete: true };
  const heard: Heard = sentences < speech.sentences && speech.sound === 'some' ? { sentences, partial } : { sentences };
  return { type: 'playout.cut', epoch, heard };
}

/** Something that model, voice or carrier may do next. */
export interface AgentMove {
  readonly name: string;
  readonly events: readonly (ReplyEvent | PlayoutEvent)[];
  readonly after: AgentSide;
}

/** What they may do next. @param tools whether the model uses any */
export function agentMoves(agent: AgentSide, tools: boolean): readonly AgentMove[] {
  return [...modelMoves(agent, tools), ...carrierMoves(agent)];
}

function modelMoves(agent: AgentSide, tools: boolean): readonly AgentMove[] {
  const { reply } = agent;
  if (!reply || reply.finished) return [];
  const { epoch, sentences, guess, tool } = reply;
  const move = (name: string, event: ReplyEvent, changes: Partial<typeof reply>): AgentMove => ({
    name,
    events: [event],
    after: { ...agent, reply: { ...reply, ...changes } },
  });
  if (tool === 'at work')
    return [move('tool returns', { type: 'reply.toolReturned', epoch, id: 't', result: '{}' }, { tool: 'returned' })];
  const text = sentenceOf(epoch, sentences);
  const sentence: ReplyEvent = { type: 'reply.sentence', epoch, index: sentences, text };
  const called: ReplyEvent = { type: 'reply.toolCalled', epoch, id: 't', name: 'look_up', arguments: '{}' };
  return [
    ...(sentences < SENTENCES ? [move('sentence', sentence, { sentences: sentences + 1 })] : []),
    ...(tools && tool === 'none' && !guess ? [move('tool', called, { tool: 'at work' })] : []),
    ...(sentences > 0 && !guess
      ? [move('last word', { type: 'reply.finished', epoch, next: 'listen' }, { finished: true })]
      : []),
  ];
}

function carrierMoves(agent: AgentSide): readonly AgentMove[] {
  const { speech } = agent;
  if (!speech || speech.held) return [];
  const { epoch, sentences, heard, sound, complete } = speech;
  const move = (name: string, events: readonly PlayoutEvent[], changes: Partial<AgentSide['speech']>): AgentMove => ({
    name,
    events,
    after: { ...agent, speech: { ...speech, ...changes } },
  });
  const finished: PlayoutEvent = { type: 'playout.finished', epoch };
  if (heard < sentences) {
    if (sound === 'none')
      return [move('first sound', [{ type: 'playout.started', epoch, atMs: 0 }], { sound: 'some' })];
    if (sound === 'starved') return [move('more sound', [{ type: 'playout.resumed', epoch }], { sound: 'some' })];
    const last = complete && heard + 1 === sentences;
    const mark: PlayoutEvent = { type: 'playout.heard', epoch, sentence: heard };
    return [move('mark', last ? [mark, finished] : [mark], { heard: heard + 1 })];
  }
  if (complete) return [move('end of sound', [finished], {})];
  return sound === 'some' ? [move('no more sound', [{ type: 'playout.starved', epoch }], { sound: 'starved' })] : [];
}
