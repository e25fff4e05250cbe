import { z } from 'zod';

const line = z.string().min(1);
/** The first for the first time, the last for every later time. */
const lines = z.array(line).min(1);

/**
 * What the local brain says around the facts and tasks of a profile. Only the lines about the business have no default.
 * `{about}`, `{summary}` and `{reference}` are filled in where the default shows them.
 */
export const linesSchema = z.strictObject({
  /** What the agent can do. */
  help: lines,
  outOfScope: lines,
  unintelligible: lines.default([
    'Sorry, I did not catch that.',
    'I am sorry, I still could not understand you. Please say it in a few short words.',
  ]),
  /** Offered after a third misunderstanding in a row. */
  offerHuman: line.default('I am afraid I do not understand. Shall I put you through to a colleague?'),
  clarify: line.default('I am not sure I understood. Do you want to know about {about}?'),
  clarifyTask: line.default('Would you like to arrange {about}?'),
  clarifyEither: line.default('Do you mean {first}, or {second}?'),
  anythingElse: lines.default([
    'Is there anything else I can do for you?',
    'What else can I do for you?',
    'Anything else?',
  ]),
  openQuestion: line.default('What can I do for you?'),
  greet: lines.default(['Hello. What can I do for you?', 'I am here. What can I do for you?']),
  thanks: lines.default(['You are welcome. Is there anything else I can do for you?', 'My pleasure. Anything else?']),
  wait: lines.default(['Of course, take your time.', 'No hurry, I am here.']),
  neverMind: line.default('All right, we leave it.'),
  nothingToCancel: line.default('You have not booked anything in this call yet.'),
  cancelQuestion: line.default('That is {summary}. Shall I cancel it?'),
  cancelled: line.default('It is cancelled.'),
  kept: line.default('All right, I leave it as it is.'),
  lookUp: line.default('You have {summary}. The reference is {reference}.'),
  whatToChange: line.default('What would you like to change?'),
  changed: line.default('I have changed it. The reference is still {reference}.'),
  nothingToChange: line.default('You have not booked anything in this call yet.'),
  changeQuestion: line.default('Shall I change it?'),
  readBack: line.default('So that is {summary}.'),
  askAgain: line.default('Let me say that once more.'),
  toolFailed: line.default('I am sorry, that did not work just now. Shall I try again?'),
  toolsOff: line.default('I am sorry, I cannot do that at the moment. What else can I do for you?'),
  past: line.default('That time has already passed.'),
});

export type Lines = z.output<typeof linesSchema>;
