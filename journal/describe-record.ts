import type { CallRecord, Line, TurnRecord } from './call-record.ts';
import { timeOf } from './describe-step.ts';

const textOf = (line: Line): string => {
  if (line.role === 'user') return `caller  ${line.text}`;
  if (line.role === 'assistant') return `agent   ${line.text}${line.interrupted ? ' —' : ''}`;
  return line.role === 'toolCall' ? `tool    ${line.name} ${line.arguments}` : `tool    → ${line.result}`;
};

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

/** A call record for people: transcript as heard, waits per turn, interruptions, the end. */
export function describeRecord(record: CallRecord): string {
  const heard = record.turns.flatMap(({ heardMs }) => (heardMs === undefined ? [] : [heardMs]));
  return [
    `Call ${record.callSid} · ${record.agent} · ${record.startedAt} · ${(record.durationMs / 1000).toFixed(1)} s`,
    '',
    ...record.transcript.map((line) => `${timeOf(line.atMs)}  ${textOf(line)}`),
    '',
    'Waits in ms: from the end of turn as the chart learned it; "heard" from the end of speech to the first sound',
    `  ${TITLES.map((title) => title.padStart(9)).join('')}`,
    ...record.turns.map(turnLine),
    `  median heard: ${median(heard) ?? '–'} ms, of ${counted(heard.length, 'answer')}`,
    '',
    `Interruptions: ${record.interruptions.length}`,
    ...record.interruptions.map(
      ({ atMs, by, heardSentences, playedMs }) =>
        `${timeOf(atMs)}  "${by}" after ${counted(heardSentences, 'sentence')} and ${Math.round(playedMs)} ms of the next`,
    ),
    speculationsLine(record),
    ...record.emergencies.map(({ atMs, phrase }) => `${timeOf(atMs)}  emergency: "${phrase}"`),
    `Ended: ${endOf(record)}`,
  ].join('\n');
}
