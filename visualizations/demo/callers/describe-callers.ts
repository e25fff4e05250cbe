import { type CallResult, wentWell } from './call-result.ts';
import { describeStops } from './describe-stops.ts';
import type { Stopped } from './interruptions.ts';
import type { CallersResult } from './run-callers.ts';
import { quantile } from './spread.ts';

const TITLES = [
  'caller',
  'understood',
  'heard median',
  'p95',
  'clears',
  'frames',
  'model',
  'voice',
  'words',
  'verdict',
];
const WIDTHS = [6, 11, 13, 7, 7, 7, 9, 9, 7, 9];

const row = (cells: readonly string[]): string =>
  cells.map((cell, column) => cell.padStart(WIDTHS[column] ?? 0)).join('');

const whole = (ms: number): string => (Number.isNaN(ms) ? '–' : String(Math.round(ms)));

const heardOf = ({ record }: CallResult): readonly number[] =>
  record.turns.flatMap(({ heardMs }) => (heardMs === undefined ? [] : [heardMs]));

const stop = (stopped: Stopped): string => (stopped.how === 'stopped' ? stopped.afterMs.toFixed(1) : stopped.how);

/** Calls at the same time, as a table: a line for each, what went wrong, and what they come to together. */
export function describeCallers({ calls, cpu, warnings }: CallersResult): string {
  const heard = calls.flatMap(heardOf);
  const seen = calls.flatMap(({ interruptions }) => interruptions);
  const sum = (of: (call: CallResult) => number): number => calls.reduce((total, call) => total + of(call), 0);
  const failed = calls.filter((call) => !wentWell(call));
  const { confirmed, dropped } = calls.reduce(
    (total, { record: { speculations } }) => ({
      confirmed: total.confirmed + speculations.confirmed,
      dropped: total.dropped + speculations.dropped,
    }),
    { confirmed: 0, dropped: 0 },
  );
  return [
    'heard: end of the caller’s speech to the first sound of the answer · model, voice: from the words that take the floor to',
    'their abort, at the vendor · words: remembered/heard of an answer that was cut (times in ms)',
    '',
    row(TITLES),
    ...calls.map(lineOf),
    row([
      'all',
      `${sum(({ understood }) => understood)}/${sum(({ lines }) => lines)}`,
      whole(quantile(heard, 0.5)),
      whole(quantile(heard, 0.95)),
      String(sum(({ clears }) => clears)),
      String(sum(({ frames }) => frames)),
      '',
      '',
      '',
      `${calls.length - failed.length}/${calls.length}`,
    ]),
    '',
    ...failed.flatMap(({ caller, callSid, findings }) =>
      findings
        .filter(({ holds }) => !holds)
        .map(({ what, seen: found }) => `✗ caller ${caller}, ${callSid}: ${what}: ${found}`),
    ),
    ...warnings.map((line) => `! server: ${line}`),
    ...(seen.length > 0
      ? [
          `The model's requests were aborted: ${describeStops(seen.map(({ model }) => model))}`,
          `The voice was silenced:            ${describeStops(seen.map(({ voice }) => voice))}`,
        ]
      : []),
    `Answers begun on a guess: ${confirmed} confirmed, ${dropped} dropped`,
    `The server's process used ${cpu.usedSeconds.toFixed(1)} s of processor in ${cpu.ofSeconds.toFixed(1)} s: ${((100 * cpu.usedSeconds) / cpu.ofSeconds).toFixed(0)} % of a core`,
  ].join('\n');
}

function lineOf(call: CallResult): string {
  const { caller, understood, lines, clears, frames, interruptions, findings } = call;
  const heard = heardOf(call);
  return row([
    String(caller),
    `${understood}/${lines}`,
    whole(quantile(heard, 0.5)),
    whole(quantile(heard, 0.95)),
    String(clears),
    String(frames),
    interruptions.map(({ model }) => stop(model)).join(' '),
    interruptions.map(({ voice }) => stop(voice)).join(' '),
    interruptions.map(({ words }) => (words ? `${words.remembered}/${words.heard}` : '?')).join(' '),
    wentWell(call) ? 'ok' : `${findings.filter(({ holds }) => !holds).length} wrong`,
  ]);
}
