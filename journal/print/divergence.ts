import type { Question } from '../../statechart/watched.ts';
import type { Divergence } from '../divergence.ts';
import { lineOf } from '../entry.ts';
import { CallFacts, type Difference, type Fact, regionsOf } from '../facts.ts';
import { aligned, secondsOf } from './columns.ts';
import type { Ink, Paper } from './ink.ts';
import { answersOf, questionLines, shortState } from './questions.ts';
import { brief } from './values.ts';

/**
 * Where and why today's chart parts from a call of then: the state before, the event, what differs behind it, what today's
 * chart asked and took, and which decisions must have been others then.
 *
 * @param otherChart the call was recorded by a chart of another structure
 */
export function describeDivergence(divergence: Divergence, otherChart: boolean, { ink }: Paper): string {
  const { step, reaction } = divergence;
  const { entry, before } = step;
  return [
    ink('bad', 'Here the chart of today parts from the call.'),
    '',
    ...aligned([
      ['  entry', `${entry.seq}, line ${lineOf(entry)} of the file, at ${secondsOf(entry.atMs).trim()} s`],
      ['  before', before ? statesOf(before) : 'the call has not begun'],
      ['  event', brief(entry.event)],
    ]),
    '',
    ...aligned([
      ['  differs', 'before', 'then', 'now'],
      ...differencesOf(divergence).map((difference) => row(difference, divergence)),
    ]),
    '',
    'The chart of today',
    ...(reaction.questions.length === 0
      ? ['  has nothing that this event could lead to here']
      : questionLines(reaction.questions, reaction.taken, ink).map((line) => `  ${line}`)),
    ...(reaction.taken.length === 0 ? ['  took no transition'] : []),
    ...(step.after.status === 'error' ? [`  failed: ${String(step.after.error)}`] : []),
    '',
    'The chart of then, as far as its state tells',
    ...thenLines(divergence, ink),
    ...(otherChart ? ['', 'The journal was written by a chart of another structure.'] : []),
    ...(differencesOf(divergence)[0]?.kind === 'fingerprint'
      ? ['', 'A fingerprint stands for all of the state: which part of it differs cannot be told.']
      : []),
  ].join('\n');
}

const statesOf = (snapshot: Parameters<typeof regionsOf>[0]): string =>
  Object.entries(regionsOf(snapshot))
    .filter(([region]) => region !== 'call')
    .map(([region, state]) => (region === 'conversation' ? state : `${region} ${state}`))
    .join(' · ');

/** What differs, by name. A fingerprint tells no parts: they are known when the chart of then could be reconstructed. */
function differencesOf({ step: { after, differences }, past }: Divergence): readonly Difference[] {
  if (!past || differences[0]?.kind !== 'fingerprint') return differences;
  const [mine, other] = [new CallFacts(), new CallFacts()];
  mine.look(after);
  other.look(past);
  return mine.differences(other);
}

/** Of then, only a fact was written down; the value is known when the chart of then could be reconstructed. */
function row({ kind, name, mine, other }: Difference, { step: { before, after }, past }: Divergence): string[] {
  if (kind === 'fingerprint') return ['  fingerprint', '–', String(other), String(mine)];
  if (kind === 'state')
    return [`  ${name}`, (before && regionsOf(before)[name]) ?? '–', String(other ?? '–'), String(mine ?? '–')];
  const was = partOf(before?.context, name);
  return [
    `  ${name}`,
    before ? brief(was) : '–',
    past ? brief(partOf(past.context, name)) : onlyFact(other),
    brief(partOf(after.context, name)),
  ];
}

const onlyFact = (fact: Fact): string =>
  typeof fact === 'string' && /^#[0-9a-f]{8}$/.test(fact) ? `another (${fact})` : brief(fact ?? undefined);

const partOf = (context: object | undefined, name: string): unknown =>
  (context as Readonly<Record<string, unknown>> | undefined)?.[name];

function thenLines({ otherwise, unchanged }: Divergence, ink: Ink): readonly string[] {
  if (unchanged.length > 0)
    return [`  did the same and left ${unchanged.join(', ')} as it was: an action of today was not there, or did less`];
  if (otherwise.length === 0)
    return [
      '  had other transitions, actions or states: no one or two decisions of today, turned round, lead to its state',
    ];
  return otherwise.flatMap((way, index) => [
    ...(index === 0 ? [] : ['  or']),
    ...way.map((question) => thenLine(question, ink)),
  ]);
}

/** How a decision must have been made then, and which guards may have made it so. */
function thenLine(question: Question, ink: Ink): string {
  const { transition, guard, answer, answers } = question;
  const name = shortState(transition);
  const did = answer ? `${ink('bad', '–')} refused ${name}` : `${ink('good', '+')} took ${name}`;
  if (guard === undefined) return `  ${did}: there was no such transition, or it had a guard`;
  const [last] = answers.slice(-1);
  if (!answer && last && answers.every((one) => one === last || one.answer) && !last.answer)
    return `  ${did}: “${last.guard}” said yes then, and says no now`;
  if (answer && answers.every((one) => one.answer))
    return `  ${did}: ${answers.map((one) => `“${one.guard}”`).join(' or ')} said no then, and ${answers.length === 1 ? 'says' : 'all say'} yes now`;
  return `  ${did}: “${guard}” said ${answer ? 'no' : 'yes'} then, and says ${answer ? 'yes' : 'no'} now [${answersOf(question)}]`;
}
