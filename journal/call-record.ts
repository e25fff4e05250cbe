import type { CallEvent } from '../machines/call/events.ts';
import type { CallOutput } from '../machines/call/output.ts';
import type { Message } from '../machines/call/ports.ts';
import type { Journal } from './entry.ts';
import { type CallSnapshot, type ReplayStep, replay } from './replay.ts';

/** One line of the transcript: what was said, and of the agent only what was heard. */
export type Line = Message & { readonly atMs: number };

/**
 * How long the caller waited for one answer, in milliseconds. All but `heardMs` count from the moment the chart learned
 * that the caller had finished; a stage that was not reached is left out.
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

/** A turn begins where a reply is started; a reply that is dropped because the caller speaks on leaves no turn. */
function turnsOf(steps: readonly ReplayStep[]): readonly TurnRecord[] {
  const turns: TurnRecord[] = [];
  let speechEndMs: number | undefined;
  let turn: { epoch: number; record: TurnRecord } | undefined;
  const close = (): void => {
    if (turn?.record.firstFrameMs !== undefined) turns.push(turn.record);
    turn = undefined;
  };
  for (const { entry, before, after } of steps) {
    const event = entry.event as unknown as CallEvent;
    if (event.type === 'caller.endOfTurn') speechEndMs = event.speechEndMs;
    if (turn && (!responds(after) || after.context.epoch !== turn.epoch)) close();
    if (!turn && responds(after) && (!responds(before) || before?.context.epoch !== after.context.epoch)) {
      const question = after.context.history.findLast(({ role }) => role === 'user');
      turn = {
        epoch: after.context.epoch,
        record: { atMs: entry.atMs, question: question && 'text' in question ? question.text : '' },
      };
    }
    if (turn)
      turn.record = { ...stageOf(event, entry.atMs - turn.record.atMs, turn.epoch, speechEndMs), ...turn.record };
  }
  close();
  return turns;
}

/** The stage of the answer that the event marks, if it is of this turn. */
function stageOf(event: CallEvent, ms: number, epoch: number, speechEndMs: number | undefined): TurnLatency {
  if (!('epoch' in event) || event.epoch !== epoch) return {};
  if (event.type === 'reply.started') return { firstTokenMs: ms };
  if (event.type === 'reply.sentence') return { firstSentenceMs: ms };
  if (event.type === 'voice.started') return { firstByteMs: ms };
  if (event.type !== 'playout.started') return {};
  return { firstFrameMs: ms, ...(speechEndMs !== undefined && { heardMs: event.atMs - speechEndMs }) };
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
