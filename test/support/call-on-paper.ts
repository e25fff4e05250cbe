import { type AnyActor, type AnyActorRef, type AnyEventObject, createActor, fromCallback, fromPromise } from 'xstate';
import { type CallBrief, DEFAULT_BARGE_IN, DEFAULT_DEADLINES } from '../../machines/call/brief.ts';
import type { CallEvent, Heard } from '../../machines/call/events.ts';
import { callMachine } from '../../machines/call/machine.ts';
import type { HandOver } from '../../machines/transfer/machine.ts';
import { VirtualClock } from './virtual-clock.ts';

/** A brief with recognisable lines, one sentence each. */
export const BRIEF: CallBrief = {
  callSid: `CA${'0'.repeat(32)}`,
  agent: 'test',
  script: {
    disclosure: [],
    greeting: ['Hello, this is the hotel.'],
    reprompts: ['Are you there?', 'Can you hear me?'],
    apology: 'Sorry, please say that again.',
    brokenOff: 'Sorry, the line is broken.',
    handOver: 'I am connecting you.',
    handOverFailed: 'Nobody is free, so let me help.',
    goodbye: 'Goodbye.',
    filler: 'One moment, please.',
  },
  deadlines: DEFAULT_DEADLINES,
  bargeIn: DEFAULT_BARGE_IN,
  openingTopic: 'opening',
  emergencyPhrases: ['call an ambulance'],
  human: { kind: 'human', number: '+14155550100' },
  emergency: { kind: 'emergency', number: '+14155550911' },
};

/** The greeting of {@link BRIEF} in a history, once it was heard. */
export const GREETED = { role: 'assistant', text: 'Hello, this is the hotel.' } as const;

const stateName = (value: unknown): string =>
  typeof value === 'string'
    ? value
    : Object.entries(value as object)
        .map(([key, child]) => `${key}.${stateName(child)}`)
        .join('|');

/**
 * The call chart alone, on a virtual clock: its children do nothing but write down what they are told, and the test says
 * what they would have said.
 */
export function callOnPaper(
  changes: Partial<CallBrief> = {},
  /** Called before the call is started. */
  before: (call: AnyActor, clock: VirtualClock) => void = () => {},
) {
  const clock = new VirtualClock();
  const told: AnyEventObject[] = [];
  const alive = new Set<string>();
  /** What playout reports for the next cut; nothing when undefined, as when nothing was under way. */
  let heardAtCut: Heard | undefined;
  let handOver: ((result: HandOver) => void) | undefined;

  const stub = (name: string) =>
    fromCallback<AnyEventObject, unknown>(({ input, receive, self }) => {
      alive.add(name);
      told.push({
        type: `${name}.start`,
        ...(name === 'reply' ? { history: (input as { history: unknown }).history } : {}),
        ...(name === 'voice' ? { sentences: (input as { sentences: unknown }).sentences } : {}),
      });
      receive((command) => {
        told.push(command);
        if (command.type !== 'playout.cut' || !heardAtCut) return;
        const heard = heardAtCut;
        heardAtCut = undefined;
        (self as AnyActorRef & { _parent?: AnyActorRef })._parent?.send({
          type: 'playout.cut',
          epoch: command.epoch - 1,
          heard,
        });
      });
      return () => alive.delete(name);
    }) as never;

  const machine = callMachine.provide({
    actors: {
      recogniser: stub('recogniser'),
      reply: stub('reply'),
      voice: stub('voice'),
      playout: stub('playout'),
      transfer: fromPromise<HandOver, { destination: unknown }>(({ input }) => {
        told.push({ type: 'transfer.start', destination: input.destination });
        return new Promise((resolve) => {
          handOver = resolve;
        });
      }) as never,
    },
  });
  const call = createActor(machine, { clock, input: { ...BRIEF, ...changes } });
  before(call, clock);
  call.start();
  const epoch = () => call.getSnapshot().context.epoch;

  return {
    call,
    clock,
    /** Children alive now, sorted. */
    alive: () => [...alive].sort(),
    /** Takes what the children were told since the last look. */
    told: () => told.splice(0),
    /** State of the conversation, for example `responding.thinking.committed.drafting.writing`. */
    get state(): string {
      const { value } = call.getSnapshot();
      return typeof value === 'string'
        ? value
        : stateName((value as { active: { conversation: unknown } }).active.conversation);
    },
    region: (name: 'bargeIn' | 'recognition' | 'line' | 'length') =>
      stateName((call.getSnapshot().value as { active: Record<string, unknown> }).active[name]),
    get context() {
      return call.getSnapshot().context;
    },
    get output() {
      return call.getSnapshot().output;
    },
    epoch,
    say: (event: CallEvent) => call.send(event),
    starts: () => call.send({ type: 'caller.speechStarted' }),
    interim: (text: string) => call.send({ type: 'caller.interim', text }),
    ends: (text: string) => call.send({ type: 'caller.endOfTurn', text, confidence: 0.9, words: [] }),
    caller(text: string) {
      this.starts();
      this.interim(text);
      this.ends(text);
    },
    press: (digit: '0' | '*' | '5') => call.send({ type: 'line.dtmf', digit }),
    /** The model says a sentence. */
    sentence: (text: string, index = call.getSnapshot().context.saying.length) =>
      call.send({ type: 'reply.sentence', epoch: epoch(), index, text }),
    finished: (next: 'listen' | 'hangUp' | 'transfer' = 'listen', expects?: string) =>
      call.send({ type: 'reply.finished', epoch: epoch(), next, ...(expects && { expects }) }),
    started: () => call.send({ type: 'playout.started', epoch: epoch(), atMs: clock.now }),
    heard: (sentence: number) => call.send({ type: 'playout.heard', epoch: epoch(), sentence }),
    played: () => call.send({ type: 'playout.finished', epoch: epoch() }),
    /** What the next cut will report. */
    willHaveHeard: (heard: Heard) => {
      heardAtCut = heard;
    },
    /** The greeting is over and the agent listens. */
    listening() {
      this.played();
      told.length = 0;
      return this;
    },
    /** The agent speaks a reply of these sentences; the model has finished. */
    speaking(question: string, ...sentences: string[]) {
      this.listening();
      this.caller(question);
      for (const text of sentences) this.sentence(text);
      this.finished();
      this.started();
      told.length = 0;
      return this;
    },
    async carrierAnswers(result: HandOver) {
      handOver?.(result);
      await new Promise(setImmediate);
    },
  };
}
