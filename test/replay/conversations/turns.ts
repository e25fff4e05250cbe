import { BRIEF } from '../../support/call-on-paper.ts';
import { BREAKFAST, FROM_SEVEN, IN_THE_HALL, type Scenario } from './scenario.ts';

/** Who has the floor, and when: interruptions, guesses, waits, other people. */
export const TURNS: readonly Scenario[] = [
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
    name: 'recogniser-lost-and-back',
    ends: 'caller-hung-up',
    play(on) {
      on.greets();
      on.beginsToSay('when is');
      on.losesRecogniser();
      on.wait(700);
      on.call.say({ type: 'recognition.live' });
      on.says('breakfast on sundays');
      on.answers(FROM_SEVEN);
      on.hearsItAll();
      on.hangsUp();
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
];
