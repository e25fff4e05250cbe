import type { Question } from '../../statechart/watched.ts';
import type { Ink } from './ink.ts';

/** A state or a transition without what all of them begin with. */
export const shortState = (id: string): string =>
  id.replaceAll('call.active.conversation.', '').replaceAll('call.active.', '').replaceAll('call.', '');

/** What each guard said: `is long enough: no`. */
export const answersOf = ({ answers }: Question): string =>
  answers.map(({ guard, answer }) => `${guard}: ${answer ? 'yes' : 'no'}`).join(', ');

/**
 * Transitions that came into question, in the order in which they were asked: `+` was taken, `–` was refused, `o` was allowed
 * and gave way to another.
 */
export const questionLines = (questions: readonly Question[], taken: readonly string[], ink: Ink): readonly string[] =>
  questions.map((question) => {
    const { transition, answer, answers } = question;
    const sign = !answer ? ink('bad', '–') : taken.includes(transition) ? ink('good', '+') : 'o';
    return `${sign} ${shortState(transition)}${answers.length > 0 ? `  ${ink('faint', `[${answersOf(question)}]`)}` : ''}`;
  });
