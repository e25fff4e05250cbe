import type { DialogueAct } from '../../../agents/dialogue-acts.ts';
import { CONTROL_TOOLS } from '../../../machines/reply/control-tools.ts';
import { BOOKING_TOOLS, type Booking } from '../../tools/booking.ts';
import { bind } from './binding.ts';
import type { Meaning } from './classifier.ts';
import { sayNotUnderstood, sayOutOfScope } from './common-moves.ts';
import type { Talk } from './dialogue.ts';
import type { DialogueState, Draft, Move } from './dialogue-state.ts';
import type { Mention } from './mentions.ts';
import { speakReference } from './spoken-forms.ts';
import { fill, join } from './wording.ts';

/** Does what a meaning asks for; given by the caller of {@link act}, for the option that a yes chooses. */
export type Follow = (option: Meaning, mentions: readonly Mention[]) => Move;

/** Answers a dialogue act. What a yes or a no means depends on the question. */
export function act(talk: Talk, name: DialogueAct, mentions: readonly Mention[], follow?: Follow): Move {
  const { focus } = talk.state;
  switch (name) {
    case 'affirm':
    case 'acknowledge':
      return agree(talk, name, follow);
    case 'deny':
      return disagree(talk);
    case 'hesitate':
      return isIdle(talk.state) ? talk.say(talk.lines.openQuestion, { kind: 'open' }) : talk.resume(focus, '');
    case 'thanks':
    case 'greet':
    case 'help': {
      if (!isIdle(talk.state)) return talk.resume(focus, '');
      const { talk: counted, line } = talk.vary(name);
      return counted.say(line, { kind: name === 'thanks' ? 'anythingElse' : 'open' });
    }
    case 'wait': {
      const { talk: counted, line } = talk.vary('wait');
      return counted.say(line, focus);
    }
    case 'repeat':
      return talk.say(talk.state.lastAnswer || talk.kit.profile.script.greeting.join(' '), focus);
    case 'goodbye':
      return talk.call(CONTROL_TOOLS.endCall);
    case 'human':
      return talk.call(CONTROL_TOOLS.transferToHuman);
    case 'neverMind':
      return talk.say(join(isIdle(talk.state) ? '' : talk.lines.neverMind, talk.lines.openQuestion), { kind: 'open' });
    case 'changeBooking':
      return change(talk, mentions);
    case 'cancelBooking':
      return cancel(talk);
    case 'lookUpBooking':
      return lookUp(talk);
    case 'outOfScope':
      return sayOutOfScope(talk);
  }
}

const isIdle = ({ focus }: DialogueState): boolean => focus.kind === 'open' || focus.kind === 'anythingElse';

function agree(talk: Talk, name: 'affirm' | 'acknowledge', follow?: Follow): Move {
  const { focus } = talk.state;
  switch (focus.kind) {
    case 'confirm':
      return wasHeard(talk, talk.readBack(focus.draft))
        ? callTool(talk, focus.draft)
        : talk.pursue(focus.draft, talk.lines.askAgain);
    case 'cancel':
      return wasHeard(talk, talk.summaryOfBooking(focus.booking))
        ? talk.call(BOOKING_TOOLS.cancel, { reference: focus.booking.reference })
        : talk.resume(focus, talk.lines.askAgain);
    case 'clarify': {
      const [option, other] = focus.options;
      if (option === undefined || other !== undefined || follow === undefined) return sayNotUnderstood(talk);
      return follow(option, focus.mentions);
    }
    case 'offerHuman':
      return talk.call(CONTROL_TOOLS.transferToHuman);
    case 'slot':
    case 'change':
      return talk.resume(focus, '');
    case 'open':
    case 'anythingElse':
      return name === 'affirm' || focus.kind === 'open'
        ? talk.say(talk.lines.openQuestion, { kind: 'open' })
        : talk.sayAndAskForMore('');
  }
}

function disagree(talk: Talk): Move {
  const { focus } = talk.state;
  switch (focus.kind) {
    case 'confirm':
      return talk.say(talk.lines.whatToChange, { kind: 'change', draft: focus.draft });
    case 'cancel':
      return talk.sayAndAskForMore(talk.lines.kept);
    case 'change':
      return talk.say(join(talk.lines.neverMind, talk.lines.openQuestion), { kind: 'open' });
    case 'anythingElse':
      return talk.call(CONTROL_TOOLS.endCall);
    case 'slot':
      return talk.resume(focus, '');
    case 'open':
    case 'clarify':
    case 'offerHuman':
      return talk.say(talk.lines.openQuestion, { kind: 'open' });
  }
}

/** Whether the caller heard a sentence before they answered: a yes to a question that was cut off does not count. */
function wasHeard(talk: Talk, sentence: string): boolean {
  const { heard } = talk.state;
  if (heard === undefined) return false;
  const letters = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, '');
  return !heard.interrupted || letters(heard.text).includes(letters(sentence));
}

function callTool(talk: Talk, { task, values, changes }: Draft): Move {
  if (changes === undefined) return talk.call(talk.task(task).tool, values);
  const changed = Object.entries(values).filter(([slot, value]) => changes.details[slot] !== value);
  return talk.call(BOOKING_TOOLS.change, { reference: changes.reference, ...Object.fromEntries(changed) });
}

const latest = ({ bookings }: DialogueState): Booking | undefined =>
  bookings.filter(({ status }) => status === 'booked').at(-1);

function change(talk: Talk, mentions: readonly Mention[]): Move {
  const { focus } = talk.state;
  const booking = latest(talk.state);
  if ('draft' in focus) return talk.say(talk.lines.whatToChange, { kind: 'change', draft: focus.draft });
  if (booking === undefined) return talk.sayAndAskForMore(talk.lines.nothingToChange);
  const values = bind(talk.kit.profile, talk.task(booking.task), mentions, booking.details);
  const draft: Draft = { task: booking.task, values: { ...booking.details, ...values }, changes: booking };
  return Object.keys(values).length === 0
    ? talk.say(talk.lines.whatToChange, { kind: 'change', draft })
    : talk.pursue(draft);
}

function cancel(talk: Talk): Move {
  const { focus } = talk.state;
  const booking = latest(talk.state);
  if ('draft' in focus) return talk.say(join(talk.lines.neverMind, talk.lines.openQuestion), { kind: 'open' });
  if (booking === undefined) return talk.sayAndAskForMore(talk.lines.nothingToCancel);
  return talk.say(talk.cancelQuestion(booking), { kind: 'cancel', booking });
}

function lookUp(talk: Talk): Move {
  const booking = latest(talk.state);
  if (booking === undefined) return talk.resume(talk.state.focus, talk.lines.nothingToCancel);
  const line = fill(talk.lines.lookUp, {
    summary: talk.summaryOfBooking(booking),
    reference: speakReference(booking.reference),
  });
  return talk.resume(talk.state.focus, line);
}
