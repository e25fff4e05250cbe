import { timerOf } from '../timers.ts';

/** An event as a reader wants to see it. */
export interface EventWords {
  /** Who said it: `caller`, `playout`, `timer`, … */
  readonly who: string;
  readonly what: string;
  /** Words, numbers, reasons; empty when there are none. */
  readonly details: string;
}

type Fields = Readonly<Record<string, unknown>>;
type Event = { readonly type: string };

const quoted = (text: unknown): string => `“${String(text)}”`;
const seconds = (ms: unknown): string => `${(Number(ms) / 1000).toFixed(2)} s`;
const failure = ({ code, message }: Fields): string => `${String(code)}: ${String(message)}`;

const heard = ({ sentences, partial }: Fields): string => {
  const whole = `${String(sentences)} sentence${sentences === 1 ? '' : 's'} heard`;
  return partial ? `${whole}, and ${seconds((partial as Fields).playedMs)} of the next` : whole;
};

/** Fields that are told in words of their own, in this order. */
const TOLD: Readonly<Record<string, (value: unknown) => string>> = {
  text: quoted,
  phrase: quoted,
  digit: String,
  name: String,
  arguments: String,
  result: (result) => `→ ${String(result)}`,
  next: (next) => `then ${String(next)}`,
  expects: (topic) => `expects ${String(topic)}`,
  sentence: (index) => `sentence ${Number(index) + 1}`,
  heard: (value) => heard(value as Fields),
  failure: (value) => failure(value as Fields),
  output: (value) => ((value as Fields).ok === true ? 'ok' : `not ok, ${failure((value as Fields).failure as Fields)}`),
  error: (value) => String((value as Fields).name ?? 'an error'),
};

/** Fields that the detail of a step shows, and a line does not. */
const UNTOLD = new Set([
  'type',
  'epoch',
  'index',
  'id',
  'input',
  'actorId',
  'words',
  'confidence',
  'atMs',
  'speechEndMs',
  ...Object.keys(TOLD),
]);

/**
 * Puts an event into words.
 *
 * @param epoch of the call when the event reached it: what carries another is marked as stale
 */
export function eventWords(event: Event, epoch?: number): EventWords {
  const fields = event as Event & Fields;
  const details = [
    ...Object.entries(TOLD).flatMap(([key, words]) => (fields[key] === undefined ? [] : [words(fields[key])])),
    ...Object.entries(fields).flatMap(([key, value]) => (UNTOLD.has(key) ? [] : [`${key}=${JSON.stringify(value)}`])),
    ...(isStale(fields, epoch) ? ['(stale)'] : []),
  ];
  return { ...subjectOf(event.type), details: details.join(' ') };
}

/** A report of a cut comes after it by nature. */
const isStale = ({ type, epoch }: Fields, current: number | undefined): boolean =>
  typeof epoch === 'number' && current !== undefined && epoch !== current && type !== 'playout.cut';

function subjectOf(type: string): { who: string; what: string } {
  if (type === 'xstate.init') return { who: 'call', what: 'begins' };
  const timer = /^xstate\.after\.(.+)$/.exec(type)?.[1];
  if (timer !== undefined) return { who: 'timer', what: timerOf(type)?.delay ?? timer };
  const [, how, child] = /^xstate\.(done|error)\.actor\.(.+)$/.exec(type) ?? [];
  if (child !== undefined) return { who: child, what: how === 'done' ? 'done' : 'crashed' };
  const dot = type.indexOf('.');
  return dot < 0 ? { who: '', what: type } : { who: type.slice(0, dot), what: type.slice(dot + 1) };
}
