import type { CallEvent } from '../machines/call/events.ts';
import type { CallOutput } from '../machines/call/output.ts';
import type { Message } from '../machines/call/ports.ts';
import type { Journal } from './entry.ts';
import { type CallSnapshot, type ReplayStep, replay } from './replay.ts';

/** One line of the transcript: what was said, and of the agent only what was heard. */
export type Line = Message & { readonly atMs: number };

/**
 * How long the caller waited for one answer, in milliseconds. All but `heardMs` count from the moment the chart learned
 * that the caller had finished: 0 for a stage that was reached before, on a guess. One that was not reached is left out.
 */
export interface TurnLatency {
  readonly firstTokenMs?: number;
  readonly firstSentenceMs?: number;
  readonly firstByteMs?: number;
  readonly firstFrameMs?: number;
  /** What the caller hears: end of his speech to the first sound of the answer, both on the stream's audio clock. */
  readonly heardMs?: number;
}

export interface TurnRecord extends TurnLatency {
  readonly atMs: number;
  /** What the caller had said, merged when he spoke on. */
  readonly question: string;
}

/** Answers that were begun on the guess that the caller's turn had ended. */
export interface Speculations {
  readonly confirmed: number;
  readonly dropped: number;
  /** Sentences of dropped answers, in characters: about four make a token. */
  readonly wastedCharacters: number;
}

export interface Interruption {
  readonly atMs: number;
  /** The words that took the floor. */
  readonly by: string;
  /** Sentences that were heard in full, and how far into the next one the agent came (ms). */
  readonly heardSentences: number;
  readonly playedMs: number;
}

/** A call as it went, folded from its journal. Nothing keeps a second copy. */
export interface CallRecord {
  readonly callSid: string;
  readonly agent: string;
  readonly startedAt: string;
  readonly durationMs: number;
  /** Undefined when the journal ends before the call did. */
  readonly output: CallOutput | undefined;
  readonly transcript: readonly Line[];
  readonly turns: readonly TurnRecord[];
  readonly interruptions: readonly Interruption[];
  readonly speculations: Speculations;
  /** Emergency phrases that the reply named. */
  readonly emergencies: readonly { readonly atMs: number; readonly phrase: string }[];
  /** Sequence number of the entry where today's chart parts from the call; undefined when it does not. */
  readonly divergedAt: number | undefined;
}

/** Folds a journal into the record of its call, by running the chart again. */
export function callRecord(journal: Journal): CallRecord {
  const steps = [...replay(journal)];
  const last = steps.at(-1);
  return {
    callSid: journal.header.callSid,
    agent: journal.header.agent,
    startedAt: journal.header.startedAt,
    durationMs: last?.entry.atMs ?? 0,
    output: last?.after.output,
    transcript: transcriptOf(steps),
    turns: turnsOf(steps),
    interruptions: interruptionsOf(steps),
    speculations: speculationsOf(steps),
    emergencies: steps.flatMap(({ entry: { atMs, event } }) => {
      const { type, phrase } = event as unknown as CallEvent & { phrase?: string };
      return type === 'reply.emergency' && phrase !== undefined ? [{ atMs, phrase }] : [];
    }),
    divergedAt: last?.diverged ? last.entry.seq : undefined,
  };
}

/** Messages in the order of the history, each with the time at which it took its final form. */
function transcriptOf(steps: readonly ReplayStep[]): readonly Line[] {
  const lines: Line[] = [];
  for (const { entry, after } of steps) {
    after.context.history.forEach((message, index) => {
      const known = lines[index];
      if (!known || ('text' in message && 'text' in known && message.text !== known.text))
        lines[index] = { ...message, atMs: entry.atMs };
    });
  }
  return lines;
}

const responds = (snapshot: CallSnapshot | undefined): boolean => snapshot?.children.reply !== undefined;

/** One answer on its way; times are those of the journal (ms). */
interface Answer {
  readonly epoch: number;
  /** When the chart learned that the caller had finished; undefined while it only guesses so. */
  endedAtMs: number | undefined;
  question: string;
  readonly reachedMs: Partial<Record<Stage, number>>;
  heardMs: number | undefined;
}

type Stage = Exclude<keyof TurnLatency, 'heardMs'>;

const STAGES: Partial<Record<CallEvent['type'], Stage>> = {
  'reply.started': 'firstTokenMs',
  'reply.sentence': 'firstSentenceMs',
  'voice.started': 'firstByteMs',
  'playout.started': 'firstFrameMs',
};

/** A turn begins where a reply is started; a reply that is dropped because the caller speaks on leaves no turn. */
function turnsOf(steps: readonly ReplayStep[]): readonly TurnRecord[] {
  const turns: TurnRecord[] = [];
  let speechEndMs: number | undefined;
  let answer: Answer | undefined;
  const close = (): void => {
    if (answer?.reachedMs.firstFrameMs !== undefined) turns.push(turnOf(answer));
    answer = undefined;
  };
  for (const { entry, before, after } of steps) {
    const event = entry.event as unknown as CallEvent;
    const { epoch, guess, history } = after.context;
    if (event.type === 'caller.endOfTurn') speechEndMs = event.speechEndMs;
    if (answer && (!responds(after) || epoch !== answer.epoch)) close();
    if (!answer && responds(after) && (!responds(before) || before?.context.epoch !== epoch))
      answer = { epoch, endedAtMs: undefined, question: '', reachedMs: {}, heardMs: undefined };
    if (!answer) continue;
    if (answer.endedAtMs === undefined && guess === undefined) {
      const question = history.findLast(({ role }) => role === 'user');
      answer.endedAtMs = entry.atMs;
      answer.question = question && 'text' in question ? question.text : '';
    }
    const stage = STAGES[event.type];
    if (stage === undefined || !('epoch' in event) || event.epoch !== epoch) continue;
    answer.reachedMs[stage] ??= entry.atMs;
    if (event.type === 'playout.started' && speechEndMs !== undefined) answer.heardMs ??= event.atMs - speechEndMs;
  }
  close();
  return turns;
}

function turnOf({ endedAtMs = 0, question, reachedMs, heardMs }: Answer): TurnRecord {
  const stages = Object.entries(reachedMs).map(([stage, atMs]) => [stage, Math.max(0, atMs - endedAtMs)]);
  return { atMs: endedAtMs, question, ...Object.fromEntries(stages), ...(heardMs !== undefined && { heardMs }) };
}

/** Follows the guesses of a call from one snapshot to the next. @returns how the last one ended, if it just did */
export function guessEnded(
  before: CallSnapshot | undefined,
  after: CallSnapshot,
): { readonly confirmed: boolean; readonly characters: number } | undefined {
  if (before?.context.guess === undefined || after.context.guess === before.context.guess) return undefined;
  const confirmed = after.context.guess === undefined && after.context.epoch === before.context.epoch;
  return { confirmed, characters: before.context.saying.join(' ').length };
}

function speculationsOf(steps: readonly ReplayStep[]): Speculations {
  const ended = steps.flatMap(({ before, after }) => guessEnded(before, after) ?? []);
  const dropped = ended.filter(({ confirmed }) => !confirmed);
  return {
    confirmed: ended.length - dropped.length,
    dropped: dropped.length,
    wastedCharacters: dropped.reduce((sum, { characters }) => sum + characters, 0),
  };
}

const isInterrupted = (snapshot: CallSnapshot | undefined): boolean =>
  snapshot?.matches({ active: { conversation: 'interrupted' } }) ?? false;

function interruptionsOf(steps: readonly ReplayStep[]): readonly Interruption[] {
  return steps.flatMap(({ entry, before, after }, index) => {
    if (isInterrupted(before) || !isInterrupted(after)) return [];
    const event = entry.event as unknown as CallEvent;
    const report = steps
      .slice(index)
      .map((step) => step.entry.event as unknown as CallEvent)
      .find((later) => later.type === 'playout.cut' && later.epoch === before?.context.epoch) as
      | Extract<CallEvent, { type: 'playout.cut' }>
      | undefined;
    return [
      {
        atMs: entry.atMs,
        by: 'text' in event ? event.text : '',
        heardSentences: report?.heard.sentences ?? 0,
        playedMs: report?.heard.partial?.playedMs ?? 0,
      },
    ];
  });
}
