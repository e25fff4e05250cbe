import { and, assign, enqueueActions, raise, sendTo, stateIn } from 'xstate';
import { BARGE_IN_ACCEPTED, base } from './base.ts';
import type { FloorPolicy } from './brief.ts';
import { type AfterSpeech, type CallContext, NOTHING_UNHEARD } from './context.ts';
import { divideAtCut } from './heard.ts';
import { lastAgentWords, withAgentGoingOn, withAgentTurn, withCallerTurn, withToolClosed } from './history.ts';
import type { EndReason } from './output.ts';
import type { Destination } from './ports.ts';
import { carriesMeaning, isBackChannel, saysTheSame } from './speech.ts';

/** A stretch of speech as it begins: what is known of its words, and of what follows them. */
interface Floor {
  readonly sentences: readonly string[];
  readonly next: AfterSpeech | undefined;
}

/** The words of an event that has any. */
export const textOf = (event: object): string => ('text' in event ? String(event.text) : '');

/** The failure in a row at which the agent stops trying. */
const MAX_FAILURES = 2;
const MAX_REPROMPTS = 2;

/** Second half: what a state may ask and do. */
const vocabulary = base.extend({
  guards: {
    'is current': ({ context, event }) => 'epoch' in event && event.epoch === context.epoch,
    'said something': ({ event }) => textOf(event).trim() !== '',
    'meant something': ({ context, event }) => carriesMeaning(textOf(event), context.brief.bargeIn.backChannel),
    'said more than back-channel': ({ context, event }) =>
      textOf(event).trim() !== '' && !isBackChannel(textOf(event), context.brief.bargeIn.backChannel),
    'guesses otherwise': ({ context, event }) =>
      context.guess !== undefined && textOf(event).trim() !== '' && !saysTheSame(textOf(event), context.guess),
    'confirms the guess': ({ context, event }) =>
      context.guess !== undefined && saysTheSame(textOf(event), context.guess),
    'speech may interrupt the greeting': ({ context, event }) => isDue(context.brief.bargeIn.greeting, event),
    'speech may interrupt a prompt': ({ context, event }) => isDue(context.brief.bargeIn.prompts, event),
    'speech may interrupt an answer': ({ context, event }) => isDue(context.brief.bargeIn.speaking, event),
    'keys may interrupt the greeting': ({ context }) => context.brief.bargeIn.greeting.keys,
    'keys may interrupt a prompt': ({ context }) => context.brief.bargeIn.prompts.keys,
    'keys may interrupt an answer': ({ context }) => context.brief.bargeIn.speaking.keys,
    'goes on after false interruptions': ({ context }) => context.brief.bargeIn.falseInterruption === 'resume',
    'latch is open': stateIn('#latch.open'),
    'has cooled down': stateIn('#debounce.ready'),
    'has said nothing': ({ context }) => context.saying.length === 0,
    'was heard so far': ({ context }) => context.heardSentences >= context.saying.length,
    'hears the last sentence': ({ context, event }) =>
      event.type === 'playout.heard' && event.sentence + 1 >= context.saying.length,
    'was cut in the middle': ({ context: { unheard, next } }) => unheard.sentences.length > 0 || next !== 'listen',
    'understood some of it': ({ context: { recognised, brief } }) =>
      carriesMeaning(recognised, brief.bargeIn.backChannel),
    'knows what was heard': ({ context }) => context.cutOff === undefined,
    // Its last turn, or what a tool returned, was not answered; or the answer to it was cut before the model had written it.
    'owes an answer': ({ context: { history, next } }) =>
      (history.at(-1)?.role ?? 'assistant') !== 'assistant' || next === undefined,
    'a tool is at work': ({ context }) => context.history.at(-1)?.role === 'toolCall',
    'has a filler': ({ context }) => context.brief.script.filler !== undefined,
    'has a disclosure': ({ context }) => context.brief.script.disclosure.length > 0,
    'has spoken before': ({ context }) => lastWords(context) !== undefined,
    'wants to hang up': ({ context }) => context.next === 'hangUp',
    'wants a transfer': ({ context }) => context.next === 'transfer',
    'wants to apologise': ({ context }) => context.next === 'apologise',
    'knows what comes next': ({ context }) => context.next !== undefined,
    'has more to write': ({ context }) => context.next === undefined,
    'may ask again': ({ context }) => context.reprompts < MAX_REPROMPTS,
    'has failed too often': ({ context }) => context.failures >= MAX_FAILURES,
    'has a human': ({ context }) => context.brief.human !== undefined,
    'has an emergency number': ({ context }) => emergencyOf(context) !== undefined,
    'is an emergency': ({ context }) => context.destination?.kind === 'emergency',
    'talked too long': stateIn('#length.exceeded'),
    'is resuming': stateIn('#resuming'),
    'hands back behind the line': stateIn('#behindTheLine.handingBack'),
    'transfers behind the line': stateIn('#behindTheLine.transferring'),
    'hangs up behind the line': stateIn('#behindTheLine.hangingUp'),
    'nobody listens': stateIn('#recognition.failed'),
    'is handing over': stateIn('#transferring.connecting'),
    'pressed 0': ({ event }) => event.type === 'line.dtmf' && event.digit === '0',
    'pressed *': ({ event }) => event.type === 'line.dtmf' && event.digit === '*',
    'reports the last cut': ({ context, event }) =>
      event.type === 'playout.cut' && event.epoch === context.cutOff?.epoch,
    'was handed over': (_, { ok }: { ok: boolean }) => ok,
  },
  actions: {
    'take the floor': assign({
      epoch: ({ context }) => context.epoch + 1,
      saying: (_, { sentences }: Floor) => sentences,
      heardSentences: 0,
      next: (_, { next }: Floor) => next,
    }),
    /** The one act of an interruption; leaving the state stops the reply and the voice in the same step. */
    'cut audio': enqueueActions(({ context, enqueue }) => {
      const epoch = context.epoch + 1;
      // The answer to a guess was never let out, so it was not cut either.
      const sentences = context.guess === undefined ? context.saying : [];
      enqueue.assign({
        epoch,
        // Until playout reports otherwise.
        unheard: { ...NOTHING_UNHEARD, sentences },
        saying: [],
        heardSentences: 0,
        cutOff: { epoch: context.epoch, sentences },
        guess: undefined,
      });
      enqueue.sendTo('playout', { type: 'playout.cut', epoch });
    }),
    'remember what was heard': assign(({ context, event }) => {
      if (event.type !== 'playout.cut' || !context.cutOff) return {};
      const { heard, unheard } = divideAtCut(context.cutOff.sentences, event.heard);
      return {
        history: withAgentTurn(context.history, heard, unheard.sentences.length > 0),
        unheard,
        cutOff: undefined,
      };
    }),
    'remember what was said': assign({
      history: ({ context }) => withAgentTurn(context.history, context.saying.join(' ')),
      saying: [],
      heardSentences: 0,
    }),
    'remember the rest that was said': assign({
      history: ({ context }) => withAgentGoingOn(context.history, context.saying.join(' ')),
      saying: [],
      heardSentences: 0,
    }),
    'count the sentence heard': assign({
      heardSentences: ({ context, event }) =>
        event.type === 'playout.heard' ? event.sentence + 1 : context.heardSentences,
    }),
    'forget what was to come': assign({ next: 'listen' }),
    'note what is recognised': assign({ recognised: ({ event }) => textOf(event) }),
    'forget what is recognised': assign({ recognised: '' }),
    /** From now on an answer is owed, whatever is said before it. */
    "remember what was recognised as the caller's turn": assign({
      history: ({ context }) => withCallerTurn(context.history, context.recognised),
      next: undefined,
      recognised: '',
      reprompts: 0,
      unheard: NOTHING_UNHEARD,
    }),
    "remember the caller's turn": assign({
      history: ({ context, event }) => withCallerTurn(context.history, textOf(event)),
      reprompts: 0,
      unheard: NOTHING_UNHEARD,
      guess: undefined,
    }),
    'note the guess': assign({ guess: ({ event }) => textOf(event) }),
    "remember the guess as the caller's turn": assign({
      history: ({ context }) => withCallerTurn(context.history, context.guess ?? ''),
      recognised: '',
      reprompts: 0,
      unheard: NOTHING_UNHEARD,
      guess: undefined,
    }),
    'hold the audio': sendTo('playout', ({ context }) => ({ type: 'playout.hold', epoch: context.epoch })),
    'release the audio': sendTo('playout', ({ context }) => ({ type: 'playout.release', epoch: context.epoch })),
    /** From now on the answer that was begun is the answer. */
    'stand by the answer': assign({ next: undefined }),
    'confirm the reply': sendTo('reply', { type: 'reply.confirm' }),
    'replay what was retained': enqueueActions(({ context: { epoch, unheard }, enqueue }) => {
      if (unheard.retained === 0) return;
      enqueue.sendTo('playout', { type: 'playout.replay', epoch, skipMs: unheard.skipMs });
    }),
    'say the sentence': enqueueActions(({ context, event, enqueue }) => {
      if (event.type !== 'reply.sentence') return;
      enqueue.assign({ saying: [...context.saying, event.text] });
      enqueue.sendTo('voice', { type: 'voice.say', index: context.saying.length, text: event.text });
    }),
    'say the filler': enqueueActions(({ context, enqueue }) => {
      const { filler } = context.brief.script;
      if (filler === undefined) return;
      enqueue.assign({ saying: [...context.saying, filler] });
      enqueue.sendTo('voice', { type: 'voice.say', index: context.saying.length, text: filler });
    }),
    'end the speech': sendTo('voice', { type: 'voice.end' }),
    'note what comes next': assign({
      next: ({ event }) => (event.type === 'reply.finished' ? event.next : ('apologise' as const)),
      topic: ({ context, event }) =>
        event.type === 'reply.finished' ? (event.expects ?? context.topic) : context.topic,
    }),
    'expect the topic': sendTo(
      ({ system }) => system.get('recogniser'),
      ({ context }) => ({ type: 'recogniser.expect', topic: context.topic }),
    ),
    'remember the tool': assign({
      history: ({ context, event }) => {
        if (event.type === 'reply.toolCalled')
          return [
            ...context.history,
            { role: 'toolCall' as const, id: event.id, name: event.name, arguments: event.arguments },
          ];
        if (event.type === 'reply.toolReturned')
          return [...context.history, { role: 'toolResult' as const, id: event.id, result: event.result }];
        return context.history;
      },
    }),
    'close the tool call': assign({ history: ({ context }) => withToolClosed(context.history) }),
    'count the reprompt': assign({ reprompts: ({ context }) => context.reprompts + 1 }),
    'count the failure': assign({ failures: ({ context }) => context.failures + 1 }),
    /** A filler is no answer. */
    'forget failures': assign({
      failures: ({ context: { failures, saying, brief } }) =>
        saying.every((text) => text === brief.script.filler) ? failures : 0,
    }),
    'choose the human': assign({ destination: ({ context }) => context.brief.human }),
    'choose the emergency number': assign({ destination: ({ context }) => emergencyOf(context) }),
    /** The first reason stands: a caller who hangs up during the goodbye did not end the call. */
    'note the reason': assign({ reason: ({ context }, { reason }: { reason: EndReason }) => context.reason ?? reason }),
    'accept the barge-in': raise(BARGE_IN_ACCEPTED),
    "keep the caller's words": assign({ kept: ({ context, event }) => `${context.kept} ${textOf(event)}`.trim() }),
    'keep what was recognised': assign({
      kept: ({ context: { kept, recognised } }) => `${kept} ${recognised}`.trim(),
      recognised: '',
    }),
    /** From now on an answer is owed here, too. */
    "remember the caller's kept words": assign(({ context: { history, kept } }) =>
      kept === ''
        ? {}
        : {
            history: withCallerTurn(history, kept),
            next: undefined,
            kept: '',
            reprompts: 0,
            unheard: NOTHING_UNHEARD,
          },
    ),
  },
});

/** The call chart's whole vocabulary: on top of the above, the three layers in front of an interruption. */
export const call = vocabulary.extend({
  guards: {
    'is new': and(['latch is open', 'has cooled down']),
    'barges into the greeting': and(['speech may interrupt the greeting', 'meant something']),
    'barges into a prompt': and(['speech may interrupt a prompt', 'meant something']),
    'barges into an answer': and(['speech may interrupt an answer', 'meant something']),
  },
});

/** Whether words may interrupt where this policy holds, and are long enough to. */
const isDue = ({ speech, minimumCharacters }: FloorPolicy, event: object): boolean =>
  speech && textOf(event).trim().length >= minimumCharacters;

/** Without a number of its own an emergency goes to that of a human, which is better than nobody. Never to a queue. */
const emergencyOf = ({ brief }: CallContext): Destination | undefined =>
  brief.emergency ??
  (brief.human && 'number' in brief.human ? { kind: 'emergency', number: brief.human.number } : undefined);

/** What `*` repeats: the speech that the key just cut, or else what was heard last. */
export function lastWords({ cutOff, epoch, saying, guess, history }: CallContext): readonly string[] | undefined {
  if (saying.length > 0 && guess === undefined) return saying;
  if (cutOff && cutOff.epoch === epoch - 1 && cutOff.sentences.length > 0) return cutOff.sentences;
  const words = lastAgentWords(history);
  return words === undefined ? undefined : [words];
}
