import { BRIEF } from '../../support/call-on-paper.ts';
import { BREAKFAST, FROM_SEVEN, IN_THE_HALL, type Scenario } from './scenario.ts';

/** What ends a call, and what nearly does. */
export const ENDINGS: readonly Scenario[] = [
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
