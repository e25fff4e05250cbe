import { regionsOf } from '../facts.ts';
import type { ReplayStep } from '../replay.ts';
import { secondsOf, wrap } from './columns.ts';
import { eventWords } from './event-words.ts';
import type { Paper, Style } from './ink.ts';

const TIME = 8;
const SINCE = 7;
const WHO = 11;
const WHAT = 15;
/** Two spaces between two columns. */
const GAP = '  ';
const HEAD = TIME + SINCE + WHO + WHAT + 4 * GAP.length;
/** A column of words is never narrower than this, however narrow the terminal. */
const NARROWEST = 24;
/** The state column. Longer states stand in lines of their own below, and so does each on a narrow terminal. */
const STATE = 34;

const STYLE_OF: Readonly<Record<string, Style>> = {
  caller: 'caller',
  reply: 'agent',
  voice: 'agent',
  playout: 'agent',
  timer: 'faint',
};

/** How wide words may be, and whether states stand beside them. */
function layoutOf(columns: number): { readonly width: number; readonly beside: boolean } {
  const beside = columns >= HEAD + NARROWEST + GAP.length + STATE;
  return { beside, width: Math.max(NARROWEST, columns - HEAD - (beside ? GAP.length + STATE : 0)) };
}

/** The titles of the columns of {@link stepLine}. */
export function stepTitles({ columns, ink }: Paper): string {
  const { width, beside } = layoutOf(columns);
  const titles = ['time/s'.padStart(TIME), '+ms'.padStart(SINCE), 'who'.padEnd(WHO), 'what'.padEnd(WHAT)];
  return ink('faint', [...titles, ...(beside ? ['words'.padEnd(width), 'state'] : ['words and states'])].join(GAP));
}

/**
 * One step of a call: when, how long after the one before, who, what, and the states that changed.
 * Long words are wrapped in their column.
 *
 * @param previousMs time of the entry before
 */
export function stepLine({ entry, before, after }: ReplayStep, previousMs: number, { columns, ink }: Paper): string {
  const { who, what, details } = eventWords(entry.event, before?.context.epoch);
  const { width, beside } = layoutOf(columns);
  const words = details === '' ? [] : wrap(details, width);
  const states = changesOf(before && regionsOf(before), regionsOf(after));
  const first = [
    secondsOf(entry.atMs).padStart(TIME),
    ink('faint', (before ? `+${Math.round(entry.atMs - previousMs)}` : '').padStart(SINCE)),
    ink(STYLE_OF[who] ?? 'other', who.padEnd(WHO)),
    what.padEnd(WHAT),
    '',
  ].join(GAP);
  const rows: string[] = [];
  const tooLong = states.findIndex((state) => !beside || state.length > STATE);
  const right = tooLong < 0 ? states : states.slice(0, tooLong);
  for (let row = 0; row < Math.max(1, words.length, right.length); row++) {
    const state = right[row] === undefined ? '' : GAP + ink('state', right[row] ?? '');
    rows.push(`${row === 0 ? first : ' '.repeat(HEAD)}${(words[row] ?? '').padEnd(width)}${state}`.trimEnd());
  }
  for (const state of states) if (!right.includes(state)) rows.push(' '.repeat(HEAD) + ink('state', state));
  return rows.join('\n');
}

/** The conversation first and by itself; other regions with their names. */
function changesOf(
  was: Readonly<Record<string, string>> | undefined,
  is: Readonly<Record<string, string>>,
): readonly string[] {
  if (is.call !== 'active') return [`→ ${is.call === 'done' ? 'ended' : is.call}`];
  const { call: _, conversation = '', ...others } = is;
  return [
    ...(was?.conversation === conversation ? [] : [`→ ${conversation}`]),
    ...Object.entries(others).flatMap(([region, state]) =>
      was === undefined || was[region] === state ? [] : [`${region} ${state}`],
    ),
  ];
}
