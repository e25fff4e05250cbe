import { isDeepStrictEqual } from 'node:util';
import { callMachine } from '../../machines/call/machine.ts';
import { type Question, watched } from '../../statechart/watched.ts';
import { occasionOf } from '../divergence.ts';
import type { JournalEntry } from '../entry.ts';
import { regionsOf } from '../facts.ts';
import type { ReplayStep } from '../replay.ts';
import { type ArmedTimers, timerOf } from '../timers.ts';
import { aligned, durationOf, wrap } from './columns.ts';
import type { Paper } from './ink.ts';
import { questionLines, shortState } from './questions.ts';
import { changeOf } from './values.ts';

const react = watched(callMachine);

/**
 * All that there is to know after one step: every region's state, the children alive, the timers armed and when they are
 * due, the transitions that came into question with what their guards said, and what the event changed in the context.
 *
 * @param timers has followed the replay up to this step
 */
export function stepDetail(step: ReplayStep, timers: ArmedTimers, { columns, ink }: Paper): string {
  const { entry, before, after } = step;
  const was = before && regionsOf(before);
  const { call, conversation, ...others } = regionsOf(after);
  const state = (region: string, path: string): string => (was && was[region] !== path ? ink('state', path) : path);
  const states = [
    conversation === undefined
      ? ink('state', call === 'done' ? 'ended' : String(call))
      : state('conversation', conversation),
    ...Object.entries(others).map(([region, path]) => `${region} ${state(region, path)}`),
  ];
  const armed = timers.armed.map(({ type, dueAtMs }) => [
    timerOf(type)?.delay ?? type,
    dueIn(dueAtMs - entry.atMs),
    shortState(timerOf(type)?.state ?? ''),
  ]);
  const context = after.context as unknown as Readonly<Record<string, unknown>>;
  const old = before?.context as unknown as Readonly<Record<string, unknown>> | undefined;
  const changes = old
    ? Object.keys(context).flatMap((name) =>
        isDeepStrictEqual(old[name], context[name]) ? [] : [[name, changeOf(old[name], context[name])]],
      )
    : [];
  const { questions, taken } =
    before && before.status !== 'active' ? { questions: [], taken: [] } : react(occasionOf(step));
  const blocks: [string, readonly string[]][] = [
    ['event', eventLines(entry.event, Math.max(NARROWEST, columns - MARGIN.length - TITLE))],
    ['asked', questionLines(taken.length > 0 ? questions : questions.filter(isOfTheEvent), taken, ink)],
    ['state', [states.join(' · ')]],
    ['alive', [Object.keys(after.children).sort().join(', ') || 'nobody']],
    ['timers', armed.length > 0 ? aligned(armed) : ['none']],
    ['changed', aligned(changes)],
  ];
  return blocks
    .filter(([, lines]) => lines.length > 0)
    .flatMap(([title, lines]) =>
      lines.map((line, index) => `${MARGIN}${ink('faint', (index === 0 ? title : '').padEnd(TITLE))}${line}`),
    )
    .join('\n');
}

/** Eventless transitions come into question after every event; where none was taken, they are of no interest. */
const isOfTheEvent = ({ transition }: Question): boolean => !/ --always( \(\d+\))?--> /.test(transition);

/** The event as it was written down; of the first one, the brief part by part. */
function eventLines(event: JournalEntry['event'], width: number): readonly string[] {
  const { input, ...rest } = event;
  const parts = Object.entries((input ?? {}) as object).map(([part, value]) => `${part} ${JSON.stringify(value)}`);
  return [JSON.stringify(rest), ...parts].flatMap((line) => wrap(line, width));
}

const MARGIN = ' '.repeat(10);
const TITLE = 9;
/** An event is never wrapped more narrowly, however narrow the terminal. */
const NARROWEST = 40;

const dueIn = (ms: number): string => (ms >= 0 ? `in ${durationOf(ms)}` : `${durationOf(-ms)} overdue`);
