import type { CallBrief } from '../../machines/call/brief.ts';
import type { EndReason } from '../../machines/call/output.ts';
import { BRIEF } from '../support/call-on-paper.ts';
import type { Conversation } from './conversation.ts';

/** A kind of call, played to its end. */
export interface Scenario {
  /** Of its fixture. */
  readonly name: string;
  readonly brief?: Partial<CallBrief>;
  readonly ends: EndReason;
  play(conversation: Conversation): void | Promise<void>;
}

const BREAKFAST = 'when is breakfast served';
const FROM_SEVEN = 'Breakfast is served from seven to ten.';
const IN_THE_HALL = 'You find it in the great hall.';

/** One call of each kind that matters. Their journals are the fixtures of the replay. */
export const CONVERSATIONS: readonly Scenario[] = [
  {
    name: 'greeting-interrupted',
    brief: { script: { ...BRIEF.script, greeting: ['Welcome to the hotel.', 'How can I help you today?'] } },
    ends: 'caller-hung-up',
    play(on) {
      on.begins();
      on.wasHeardFor(700);
      on.says(BREAKFAST);
      on.answers(FROM_SEVEN);
      on.hearsItAll();
      on.hangsUp();
    },
  },
  {
    name: 'answer-interrupted',
    ends: 'caller-hung-up',
    play(on) {
      on.greets();
      on.says(BREAKFAST);
      on.answers(FROM_SEVEN, IN_THE_HALL);
      on.wasHeardFor(1200);
      on.says('no i mean dinner');
      on.answers('Dinner is served from six.');
      on.hearsItAll();
      on.hangsUp();
    },
  },
  {
    name: 'back-channel-ignored',
    ends: 'caller-hung-up',
    play(on) {
      on.greets();
      on.says(BREAKFAST);
      on.answers(FROM_SEVEN, IN_THE_HALL);
      on.wait(800);
      on.beginsToSay('mm');
      on.endsWith('mm okay');
      on.hearsItAll();
      on.hangsUp();
    },
  },
  {
    name: 'false-interruption-resumed',
    ends: 'caller-hung-up',
    play(on) {
      on.greets();
      on.says(BREAKFAST);
      on.answers(FROM_SEVEN, IN_THE_HALL);
      on.wasHeardFor(900, 2);
      on.beginsToSay('the door');
      on.endsWith('');
      on.released();
      on.hearsItAll();
      on.hangsUp();
    },
  },
  {
    name: 'speaks-on-while-thinking',
    ends: 'caller-hung-up',
    play(on) {
      on.greets();
      on.says(BREAKFAST);
      on.writes(FROM_SEVEN);
      on.says('and where');
      on.answers(FROM_SEVEN, IN_THE_HALL);
      on.hearsItAll();
      on.hangsUp();
    },
  },
  {
    name: 'guess-confirmed',
    ends: 'caller-hung-up',
    play(on) {
      on.greets();
      on.beginsToSay('when is');
      on.seemsToEndWith(BREAKFAST);
      on.writes(FROM_SEVEN);
      on.endsWith('When is breakfast served?');
      on.released();
      on.finishes();
      on.hearsItAll();
      on.hangsUp();
    },
  },
  {
    name: 'guess-dropped',
    ends: 'caller-hung-up',
    play(on) {
      on.greets();
      on.beginsToSay('when is');
      on.seemsToEndWith(BREAKFAST);
      on.writes(FROM_SEVEN);
      on.call.say({ type: 'caller.turnResumed' });
      on.endsWith('when is breakfast served on sundays');
      on.answers('On Sundays from eight.');
      on.hearsItAll();
      on.hangsUp();
    },
  },
  {
    name: 'guess-of-other-words',
    ends: 'caller-hung-up',
    play(on) {
      on.greets();
      on.beginsToSay('when is');
      on.seemsToEndWith(BREAKFAST);
      on.writes(FROM_SEVEN);
      on.endsWith('when is dinner served');
      on.answers('Dinner is served from six.');
      on.hearsItAll();
      on.hangsUp();
    },
  },
  {
    name: 'tool-with-filler',
    ends: 'caller-hung-up',
    play(on) {
      on.greets();
      on.says('is a table free on friday');
      on.usesTool('look_up_tables');
      on.wait(2000);
      on.sounds();
      on.wait(1200);
      on.toolReturns();
      on.writes('Two tables are free.');
      on.finishes();
      on.hearsItAll();
      on.hangsUp();
    },
  },
  {
    name: 'emergency',
    ends: 'emergency',
    async play(on) {
      on.greets();
      on.says('my husband fell and does not breathe');
      on.writes('I will call an ambulance.');
      on.call.say({ type: 'reply.emergency', epoch: on.call.epoch(), phrase: 'call an ambulance' });
      on.wait(200);
      await on.call.carrierAnswers({ ok: false, failure: { code: 'unavailable', message: 'down', retryable: false } });
    },
  },
  {
    name: 'handed-over',
    ends: 'transferred',
    async play(on) {
      on.greets();
      on.says('let me talk to somebody');
      on.writes('Of course.');
      on.sounds();
      on.finishes('transfer');
      on.hearsItAll();
      on.recites();
      on.wait(300);
      await on.call.carrierAnswers({ ok: true });
    },
  },
  {
    name: 'hand-over-refused',
    ends: 'caller-hung-up',
    async play(on) {
      on.greets();
      on.call.press('0');
      on.recites();
      on.wait(300);
      await on.call.carrierAnswers({ ok: false, failure: { code: 'unavailable', message: 'down', retryable: false } });
      on.recites();
      on.says(BREAKFAST);
      on.answers(FROM_SEVEN);
      on.hearsItAll();
      on.hangsUp();
    },
  },
  {
    name: 'silence-to-goodbye',
    ends: 'silence',
    play(on) {
      on.greets();
      for (let times = 0; times < 3; times++) {
        on.wait(BRIEF.deadlines.silence);
        on.recites();
      }
    },
  },
  {
    name: 'recogniser-lost-and-back',
    ends: 'caller-hung-up',
    play(on) {
      on.greets();
      on.beginsToSay('when is');
      on.losesRecogniser();
      on.wait(700);
      on.call.say({ type: 'recognition.live' });
      on.says(BREAKFAST);
      on.answers(FROM_SEVEN);
      on.hearsItAll();
      on.hangsUp();
    },
  },
  {
    name: 'recogniser-gone',
    ends: 'recognition-failed',
    play(on) {
      on.greets();
      on.losesRecogniser();
      on.wait(3500);
      on.call.say({
        type: 'recognition.failed',
        failure: { code: 'unavailable', message: 'down', retryable: false },
      });
    },
  },
  {
    name: 'operator-takes-over',
    ends: 'operator',
    play(on) {
      on.greets();
      on.says(BREAKFAST);
      on.answers(FROM_SEVEN, IN_THE_HALL);
      on.wasHeardFor(1000);
      on.call.say({ type: 'operator.takeOver' });
      on.says('hello who is that');
      on.call.say({ type: 'operator.say', text: 'This is the manager.' });
      on.recites();
      on.says('is the hall heated');
      on.call.say({ type: 'operator.handBack' });
      on.answers('Yes, the hall is heated.');
      on.hearsItAll();
      on.call.say({ type: 'operator.hangUp' });
      on.recites();
    },
  },
  {
    name: 'key-for-a-human',
    ends: 'transferred',
    async play(on) {
      on.greets();
      on.says(BREAKFAST);
      on.answers(FROM_SEVEN, IN_THE_HALL);
      on.wasHeardFor(600);
      on.call.press('0');
      on.recites();
      await on.call.carrierAnswers({ ok: true });
    },
  },
  {
    name: 'key-to-hear-it-again',
    ends: 'caller-hung-up',
    play(on) {
      on.greets();
      on.says(BREAKFAST);
      on.answers(FROM_SEVEN);
      on.hearsItAll();
      on.wait(400);
      on.call.press('5');
      on.call.press('*');
      on.recites();
      on.hangsUp();
    },
  },
  {
    name: 'line-dropped',
    ends: 'line-dropped',
    play(on) {
      on.greets();
      on.says(BREAKFAST);
      on.answers(FROM_SEVEN);
      on.call.say({ type: 'line.dropped' });
      on.wait(BRIEF.deadlines.lineGrace);
    },
  },
  {
    name: 'disclosure-first',
    brief: { script: { ...BRIEF.script, disclosure: ['This call is recorded.'] } },
    ends: 'caller-hung-up',
    play(on) {
      on.begins();
      on.wait(300);
      on.says(BREAKFAST);
      on.hearsItAll();
      on.answers(FROM_SEVEN);
      on.hearsItAll();
      on.hangsUp();
    },
  },
  {
    name: 'maximum-length',
    brief: { deadlines: { ...BRIEF.deadlines, maxCall: 6000 } },
    ends: 'max-length',
    play(on) {
      on.greets();
      on.says(BREAKFAST);
      on.answers(FROM_SEVEN, IN_THE_HALL);
      on.hearsItAll();
      on.recites();
    },
  },
  {
    name: 'model-fails-twice',
    ends: 'transferred',
    async play(on) {
      on.greets();
      on.says(BREAKFAST);
      on.replyFails();
      on.recites();
      on.says(BREAKFAST);
      on.replyFails();
      on.recites();
      await on.call.carrierAnswers({ ok: true });
    },
  },
  {
    name: 'voice-stalls',
    ends: 'caller-hung-up',
    play(on) {
      on.greets();
      on.says(BREAKFAST);
      on.answers(FROM_SEVEN, IN_THE_HALL);
      on.wasHeardFor(800);
      on.call.say({ type: 'playout.starved', epoch: on.call.epoch() });
      on.wait(BRIEF.deadlines.voiceStall);
      on.recites();
      on.hangsUp();
    },
  },
  {
    name: 'goodbye',
    ends: 'agent-hung-up',
    play(on) {
      on.greets();
      on.says('thank you that is all');
      on.writes('You are welcome.');
      on.sounds();
      on.finishes('hangUp');
      on.hearsItAll();
      on.recites();
    },
  },
];
