import { isDeepStrictEqual } from 'node:util';
import type { CallContext } from '../../machines/call/context.ts';
import { callMachine } from '../../machines/call/machine.ts';
import { type Question, watched } from '../../statechart/watched.ts';
import { occasionOf } from '../divergence.ts';
import type { JournalEntry } from '../entry.ts';
import { regionsOf } from '../facts.ts';
import type { CallSnapshot, ReplayStep } from '../replay.ts';
import { type ArmedTimers, timerOf } from '../timers.ts';
import { aligned, durationOf, wrap } from './columns.ts';
import type { Ink, Paper } from './ink.ts';
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
  const blocks: [string, readonly string[]][] = [
    ['event', eventLines(entry.event, Math.max(NARROWEST, columns - MARGIN.length - TITLE))],
    ['asked', asked(step, ink)],
    ['state', [statesOf(before, after, ink)]],
    ['alive', [Object.keys(after.children).sort().join(', ') || 'nobody']],
    ['timers', armedLines(timers, entry.atMs)],
    ['changed', before ? changeLines(before.context, after.context) : []],
  ];
  return blocks
    .flatMap(([title, lines]) =>
      lines.map((line, index) => `${MARGIN}${ink('faint', (index === 0 ? title : '').padEnd(TITLE))}${line}`),
    )
    .join('\n');
}

const MARGIN = ' '.repeat(10);
const TITLE = 9;
/** An event is never wrapped more narrowly, however narrow the terminal. */
const NARROWEST = 40;

/** The event as it was written down; of the first one, the brief part by part. */
function eventLines(event: JournalEntry['event'], width: number): readonly string[] {
  const { input, ...rest } = event;
  const parts = Object.entries((input ?? {}) as object).map(([part, value]) => `${part} ${JSON.stringify(value)}`);
  return [JSON.stringify(rest), ...parts].flatMap((line) => wrap(line, width));
}

function asked(step: ReplayStep, ink: Ink): readonly string[] {
  if (step.before && step.before.status !== 'active') return [];
  const { questions, taken } = react(occasionOf(step));
  return questionLines(taken.length > 0 ? questions : questions.filter(isOfTheEvent), taken, ink);
}

/** Eventless transitions come into question after every event; where none was taken, they are of no interest. */
const isOfTheEvent = ({ transition }: Question): boolean => !/ --always( \(\d+\))?--> /.test(transition);

/** The conversation first, then every other region with its name; what changed stands out. */
function statesOf(before: CallSnapshot | undefined, after: CallSnapshot, ink: Ink): string {
  const was = before && regionsOf(before);
  const { call, conversation, ...others } = regionsOf(after);
  const told = (region: string, path: string): string => (was && was[region] !== path ? ink('state', path) : path);
  if (conversation === undefined) return ink('state', call === 'done' ? 'ended' : String(call));
  return [
    told('conversation', conversation),
    ...Object.entries(others).map(([region, path]) => `${region} ${told(region, path)}`),
  ].join(' · ');
}

function armedLines({ armed }: ArmedTimers, nowMs: number): readonly string[] {
  if (armed.length === 0) return ['none'];
  return aligned(
    armed.map(({ type, dueAtMs }) => {
      const { delay = type, state = '' } = timerOf(type) ?? {};
      return [delay, dueIn(dueAtMs - nowMs), shortState(state)];
    }),
  );
}

const dueIn = (ms: number): string => (ms >= 0 ? `in ${durationOf(ms)}` : `${durationOf(-ms)} overdue`);

function changeLines(was: CallContext, is: CallContext): readonly string[] {
  const names = Object.keys(is) as (keyof CallContext)[];
  return aligned(
    names
      .filter((name) => !isDeepStrictEqual(was[name], is[name]))
      .map((name) => [name, changeOf(was[name], is[name])]),
  );
}
