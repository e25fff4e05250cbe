import { describe, expect, it } from '@jest/globals';
import type { CallEvent } from '../../../machines/call/events.ts';
import { callOnPaper } from '../../support/call-on-paper.ts';
import { breaks } from '../../support/child-breaks.ts';

type Paper = ReturnType<typeof callOnPaper>;
const failure = { code: 'unavailable', message: 'down', retryable: false } as const;
const HUMAN = { verb: 'dial', number: '+14155550100' } as const;
const AMBULANCE = { verb: 'dial', number: '+14155550911' } as const;

/** Everything that takes the call out of the agent's hands where it is still there. */
const TOO_LATE: readonly CallEvent[] = [
  { type: 'line.dtmf', digit: '0' },
  { type: 'line.dtmf', digit: '*' },
  { type: 'operator.takeOver' },
  { type: 'operator.say', text: 'One moment.' },
  { type: 'operator.handBack' },
  { type: 'operator.transfer' },
  { type: 'operator.hangUp' },
  { type: 'recognition.failed', failure },
  { type: 'caller.speechStarted' },
  { type: 'caller.interim', text: 'no wait a moment' },
  { type: 'caller.eagerEndOfTurn', text: 'no wait a moment' },
  { type: 'caller.endOfTurn', text: 'no wait a moment', confidence: 1, words: [] },
];

const announced = (): Paper => {
  const call = callOnPaper().listening();
  call.press('0');
  return call;
};
const connecting = (): Paper => {
  const call = announced();
  call.played();
  return call;
};
const emergency = (): Paper => {
  const call = callOnPaper().speaking('my chest hurts', 'Please stay calm.');
  call.say({ type: 'reply.emergency', epoch: call.epoch(), phrase: 'call an ambulance' });
  return call;
};
const goodbye = (): Paper => {
  const call = callOnPaper().speaking('bye', 'You are welcome.');
  call.say({ type: 'reply.finished', epoch: call.epoch(), next: 'hangUp' });
  call.played();
  return call;
};

describe('on the way out of the agent’s hands', () => {
  it.each([
    ['a hand-over is announced', 'transferring.announcing.preparing', announced],
    ['the carrier is asked', 'transferring.connecting', connecting],
    ['the carrier is asked for help in an emergency', 'transferring.connecting', emergency],
    ['the agent says goodbye', 'closing', goodbye],
  ])('nothing that is said or pressed takes the call back: %s', (_, state, begin) => {
    const call = begin();
    call.told();
    for (const event of TOO_LATE) call.say(event);
    expect([call.state, call.told()]).toEqual([state, []]);
  });
});

describe('a hand-over without an answer', () => {
  const ENDS = [
    ['breaks', (call: Paper) => breaks(call, 'transfer')],
    ['takes 20 s', (call: Paper) => call.clock.advance(1)],
  ] as const;

  it.each(ENDS)('that %s is said, and the agent stays', (_, happens) => {
    const call = connecting();
    call.clock.advance(19_999);
    expect(call.state).toBe('transferring.connecting');
    happens(call);
    expect(call.state).toBe('declining.preparing');
  });

  it.each(ENDS)('that %s is left to the carrier in an emergency', (_, happens) => {
    const call = emergency();
    call.clock.advance(19_999);
    expect(call.state).toBe('transferring.connecting');
    happens(call);
    expect(call.output).toEqual({ reason: 'emergency', next: AMBULANCE });
  });
});

describe('the goodbye', () => {
  it('is in the history when it was heard', () => {
    const call = goodbye();
    expect(call.told().at(-1)).toEqual({ type: 'voice.start', sentences: ['Goodbye.'] });
    call.played();
    expect(call.output).toEqual({ reason: 'agent-hung-up', next: { verb: 'hangUp' } });
    expect(call.context.history.slice(-2)).toEqual([
      { role: 'assistant', text: 'You are welcome.' },
      { role: 'assistant', text: 'Goodbye.' },
    ]);
  });

  it.each([
    ['fails', (call: Paper) => call.say({ type: 'voice.failed', epoch: call.epoch(), failure })],
    ['breaks', (call: Paper) => breaks(call, 'voice')],
  ])('is left out when the voice %s', (_, happens) => {
    const call = goodbye();
    happens(call);
    expect(call.output).toEqual({ reason: 'agent-hung-up', next: { verb: 'hangUp' } });
    expect([call.alive(), call.clock.pending]).toEqual([[], 0]);
  });
});

describe('the line', () => {
  it('that was lost may be called off within a second', () => {
    const call = callOnPaper().listening();
    call.say({ type: 'line.dropped' });
    call.clock.advance(999);
    expect([call.state, call.region('line')]).toEqual(['listening.quiet', 'dropped']);
    call.say({ type: 'line.stopped' });
    expect(call.output).toEqual({ reason: 'caller-hung-up', next: { verb: 'hangUp' } });
  });

  it('is over a second after it was lost', () => {
    const call = callOnPaper().listening();
    call.say({ type: 'line.dropped' });
    call.clock.advance(1000);
    expect(call.output).toEqual({ reason: 'line-dropped', next: HUMAN });
  });

  it('goes with the agent’s audio', () => {
    const call = callOnPaper().listening();
    breaks(call, 'playout');
    expect(call.output).toEqual({ reason: 'voice-failed', next: HUMAN });
    expect([call.alive(), call.clock.pending]).toEqual([[], 0]);
  });
});

describe('whoever listens to the caller', () => {
  it('is said to be connecting, live, reconnecting, live', () => {
    const call = callOnPaper();
    const seen = [call.region('recognition')];
    for (const type of ['live', 'lost', 'live'] as const) {
      call.say(type === 'lost' ? { type: 'recognition.lost', failure } : { type: 'recognition.live' });
      seen.push(call.region('recognition'));
    }
    expect(seen).toEqual(['connecting', 'live', 'reconnecting', 'live']);
  });

  it.each([
    ['never came', (_: Paper) => {}],
    ['was there', (call: Paper) => call.say({ type: 'recognition.live' })],
    ['was lost', (call: Paper) => call.say({ type: 'recognition.lost', failure })],
  ])('ends the call when nobody does: who fails %s', (_, happened) => {
    const call = callOnPaper().listening();
    happened(call);
    call.say({ type: 'recognition.failed', failure });
    expect(call.output).toEqual({ reason: 'recognition-failed', next: HUMAN });
  });

  it.each([
    ['never came', (_: Paper) => {}],
    ['was there', (call: Paper) => call.say({ type: 'recognition.live' })],
    ['was lost', (call: Paper) => call.say({ type: 'recognition.lost', failure })],
  ])('ends the call behind a hand-over that fails: who fails %s', async (_, happened) => {
    const call = connecting();
    happened(call);
    call.say({ type: 'recognition.failed', failure });
    expect([call.state, call.region('recognition')]).toEqual(['transferring.connecting', 'failed']);
    await call.carrierAnswers({ ok: false, failure });
    call.played();
    expect(call.output).toEqual({ reason: 'recognition-failed', next: HUMAN });
  });

  it('may break, and ends the call as well', () => {
    const call = callOnPaper().listening();
    breaks(call, 'recogniser');
    expect(call.output).toEqual({ reason: 'recognition-failed', next: HUMAN });
  });
});

describe('the length of a call', () => {
  it('is fifteen minutes, and then the next silence is the last', () => {
    const call = callOnPaper().speaking('tell me', 'It was built by a king.');
    // It is heard again and again, and each time the caller asks anew.
    while (call.clock.now + 2000 < 900_000) {
      call.clock.advance(2000);
      call.heard(0);
    }
    call.clock.advance(900_000 - call.clock.now - 1);
    expect([call.state, call.region('length')]).toEqual(['responding.speaking.sounding', 'within']);
    call.clock.advance(1);
    expect([call.state, call.region('length')]).toEqual(['responding.speaking.sounding', 'exceeded']);
    call.played();
    expect(call.state).toBe('closing');
    call.played();
    expect(call.output).toEqual({ reason: 'max-length', next: { verb: 'hangUp' } });
  });
});
