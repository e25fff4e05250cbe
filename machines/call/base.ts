import { fromCallback, setup } from 'xstate';
import { recogniserMachine } from '../recogniser/machine.ts';
import { replyMachine } from '../reply/machine.ts';
import { MAX_TOOL_ROUNDS } from '../reply/setup.ts';
import { transferMachine } from '../transfer/machine.ts';
import type { CallBrief } from './brief.ts';
import type { CallContext } from './context.ts';
import type { CallEvent } from './events.ts';
import type { CallOutput } from './output.ts';

/** Raised inside the chart: an interruption was accepted. The filter's regions listen for it; nobody else sends it. */
export const BARGE_IN_ACCEPTED = { type: 'bargeIn.accepted' } as const;

/** What the voice child is told when it starts. */
export interface VoiceInput {
  readonly epoch: number;
  readonly sentences: readonly string[];
  /** Whether more sentences follow by `voice.say`, until `voice.end`. */
  readonly open: boolean;
  /** Place of `sentences[0]` in the stretch, when playout says earlier ones by itself. Default 0. */
  readonly first?: number;
}

export type VoiceCommand =
  | { readonly type: 'voice.say'; readonly index: number; readonly text: string }
  | { readonly type: 'voice.end' };
export type PlayoutCommand =
  | { readonly type: 'playout.cut'; readonly epoch: number }
  | { readonly type: 'playout.hold'; readonly epoch: number }
  | { readonly type: 'playout.release'; readonly epoch: number }
  | { readonly type: 'playout.replay'; readonly epoch: number; readonly skipMs: number };

const unconnected = (port: string) => (): never => {
  throw new Error(`the call's ${port} is not connected: use connectCall()`);
};

/** The vocabulary of the call chart, first half: types, children and delays. The second half is in `setup.ts`. */
export const base = setup({
  types: {} as {
    context: CallContext;
    events: CallEvent | typeof BARGE_IN_ACCEPTED;
    input: CallBrief;
    output: CallOutput;
  },
  actors: {
    recogniser: recogniserMachine,
    reply: replyMachine,
    transfer: transferMachine,
    voice: fromCallback<VoiceCommand, VoiceInput>(unconnected('voice')),
    playout: fromCallback<PlayoutCommand>(unconnected('playout')),
  },
  delays: {
    debounce: ({ context }) => context.brief.deadlines.debounce,
    'false interruption': ({ context }) => context.brief.deadlines.falseInterruption,
    'speculation cap': ({ context }) => context.brief.deadlines.speculationCap,
    filler: ({ context }) => context.brief.deadlines.fillerAfter,
    'operator absence': ({ context }) => context.brief.deadlines.operatorAbsence,
    'reply deadline': ({ context: { brief } }) => replyDeadline(brief),
    'voice first byte': ({ context }) => context.brief.deadlines.voiceFirstByte,
    // A script has no second chance but the carrier's own voice.
    'script first byte': ({ context }) => 2 * context.brief.deadlines.voiceFirstByte,
    'voice stall': ({ context }) => context.brief.deadlines.voiceStall,
    silence: ({ context }) => context.brief.deadlines.silence,
    'closing cap': ({ context }) => context.brief.deadlines.closingCap,
    'transfer deadline': ({ context }) => 2 * context.brief.deadlines.transferTimeout,
    'maximum call': ({ context }) => context.brief.deadlines.maxCall,
    'utterance cap': ({ context }) => context.brief.deadlines.utteranceCap,
    'sentence cap': ({ context: { brief, saying, heardSentences } }) =>
      brief.deadlines.markGrace + longestMs(saying[heardSentences] ?? ''),
    'recital cap': ({ context: { brief, saying } }) =>
      brief.deadlines.voiceFirstByte + brief.deadlines.markGrace + longestMs(saying.join(' ')),
    'cut report': 100,
    'line grace': ({ context }) => context.brief.deadlines.lineGrace,
  },
});

/** The longest that a text may sound (ms): seven characters a second, half the pace of slow speech. */
const longestMs = (text: string): number => text.length * 143;

/** The reply chart watches its own deadlines; this is the sum of the longest way through it, and a second. */
const replyDeadline = ({ deadlines: { replyFirstToken, toolTimeout } }: CallBrief): number =>
  (MAX_TOOL_ROUNDS + 1) * replyFirstToken + MAX_TOOL_ROUNDS * toolTimeout + 1000;
