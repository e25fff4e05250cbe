import { describe, expect, it } from '@jest/globals';
import { tellEvent, tellTime } from '../../../visualizations/coverage/tell-event.ts';

const triggers = new Map([['xstate.after.maximum call.call.active.length.within', 'after maximum call']]);
const failure = { code: 'unavailable', message: 'down', retryable: false };

describe('an event in plain words', () => {
  it.each([
    [{ type: 'caller.interim', text: 'stop please' }, 'The caller is saying “stop please”'],
    [{ type: 'caller.endOfTurn', text: 'when is breakfast' }, 'The caller has said “when is breakfast”'],
    [{ type: 'caller.endOfTurn', text: '' }, 'A sound of the caller turns out to be no speech'],
    [{ type: 'caller.endOfTurn', text: '[unintelligible]' }, 'The caller ends a sentence that nobody could understand'],
    [{ type: 'line.dtmf', digit: '0' }, 'The caller presses 0'],
    [{ type: 'playout.finished' }, 'The agent’s last sentence was heard'],
    [{ type: 'reply.finished', next: 'hangUp' }, 'The answer is complete; it hangs up next'],
    [{ type: 'voice.failed', failure }, 'The voice fails (unavailable)'],
    [{ type: 'connection.lost', failure }, 'The connection is lost (unavailable), and trying again is no use'],
    [{ type: 'draft.toolCall', call: { name: 'look_up' } }, 'The model asks for the tool look_up'],
    [{ type: 'xstate.error.actor.handOver' }, 'The hand-over crashes'],
    [{ type: 'xstate.done.actor.handOver', output: { ok: true } }, 'The hand-over has succeeded'],
    [
      { type: 'xstate.done.actor.handOver', output: { ok: false, failure } },
      'The hand-over has not succeeded (unavailable)',
    ],
    [{ type: 'xstate.done.actor.survey' }, 'The survey is done'],
    [{ type: 'xstate.after.maximum call.call.active.length.within' }, 'The time is up: maximum call'],
    [{ type: 'campaign.wasPaused' }, 'The campaign: was paused'],
  ])('%j', (event, words) => {
    expect(tellEvent(event, triggers)).toBe(words);
  });
});

describe('a stretch of time', () => {
  it.each([
    [100, '100 ms'],
    [400, '400 ms'],
    [2000, '2 s'],
    [1500, '1.5 s'],
    [110_000, '110 s'],
    [900_000, '15 min'],
  ])('of %i ms', (ms, words) => {
    expect(tellTime(ms)).toBe(words);
  });
});
