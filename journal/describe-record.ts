import type { CallRecord, Line, TurnRecord } from './call-record.ts';
import { durationOf, secondsOf, wrap } from './print/columns.ts';
import { type Paper, PLAIN_PAPER, type Style } from './print/ink.ts';

/** Where the words of the transcript begin. */
const WORDS_AT = 19;

const spoken = (line: Line): { who: string; style: Style; text: string } => {
  if (line.role === 'user') return { who: 'caller', style: 'caller', text: line.text };
  if (line.role === 'assistant')
    return { who: 'agent', style: 'agent', text: `${line.text}${line.interrupted ? ' —' : ''}` };
  const text = line.role === 'toolCall' ? `${line.name} ${line.arguments}` : `→ ${line.result}`;
  return { who: 'tool', style: 'other', text };
};

function transcriptLine(line: Line, { columns, ink }: Paper): string {
  const { who, style, text } = spoken(line);
  const words = wrap(text, Math.max(30, columns - WORDS_AT)).join(`\n${' '.repeat(WORDS_AT)}`);
  return `${secondsOf(line.atMs)}  ${ink(style, who.padEnd(7))}  ${words}`;
}

const milliseconds = (ms: number | undefined): string => (ms === undefined ? '–' : String(Math.round(ms))).padStart(9);

const COLUMNS = ['firstTokenMs', 'firstSentenceMs', 'firstByteMs', 'firstFrameMs', 'heardMs'] as const;
const TITLES = ['token', 'sentence', 'byte', 'frame', 'heard'];

const turnLine = (turn: TurnRecord): string =>
  `  ${COLUMNS.map((column) => milliseconds(turn[column])).join('')}   ${turn.question}`;

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

function endOf({ output, divergedAt }: CallRecord): string {
  if (divergedAt !== undefined)
    return `unknown: from entry ${divergedAt} on, the chart does otherwise than the call did`;
  if (output === undefined) return 'unknown: the journal stops before the call does';
  return `${output.reason}, then ${output.next.verb}`;
}

const speculationsLine = ({ speculations: { confirmed, dropped, wastedCharacters } }: CallRecord): string =>
  `Answers begun on a guess: ${confirmed} confirmed, ${dropped} dropped (${wastedCharacters} characters in vain)`;

/** The middle of the values; undefined of none. */
export function median(values: readonly number[]): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return low === undefined || high === undefined ? undefined : (low + high) / 2;
}

const moment = (atMs: number, what: string): string => `${secondsOf(atMs)}  ${what}`;

/** A call in one line: which, whose, when. */
export const titleOf = ({ callSid, agent, startedAt }: Pick<CallRecord, 'callSid' | 'agent' | 'startedAt'>): string =>
  `Call ${callSid} · ${agent} · ${startedAt}`;

/** A call record for people: transcript as heard, waits per turn, interruptions, the end. */
export function describeRecord(record: CallRecord, paper: Paper = PLAIN_PAPER): string {
  const heading = (text: string): string => paper.ink('strong', text);
  const heard = record.turns.flatMap(({ heardMs }) => (heardMs === undefined ? [] : [heardMs]));
  return [
    heading(`${titleOf(record)} · ${durationOf(record.durationMs)}`),
    '',
    ...record.transcript.map((line) => transcriptLine(line, paper)),
    '',
    heading(
      'Waits in ms: from the end of turn as the chart learned it; "heard" from the end of speech to the first sound',
    ),
    `  ${TITLES.map((title) => title.padStart(9)).join('')}`,
    ...record.turns.map(turnLine),
    `  median heard: ${median(heard) ?? '–'} ms, of ${counted(heard.length, 'answer')}`,
    '',
    heading(`Interruptions: ${record.interruptions.length}`),
    ...record.interruptions.map(({ atMs, by, heardSentences, playedMs }) =>
      moment(atMs, `“${by}” after ${counted(heardSentences, 'sentence')} and ${Math.round(playedMs)} ms of the next`),
    ),
    speculationsLine(record),
    ...record.emergencies.map(({ atMs, phrase }) => moment(atMs, `emergency: “${phrase}”`)),
    heading(`Ended: ${endOf(record)}`),
  ].join('\n');
}
