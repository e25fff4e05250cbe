import { describe, expect, it } from '@jest/globals';
import { callOnPaper } from '../../support/call-on-paper.ts';

const failure = { code: 'bad-request', message: 'no', retryable: false } as const;
const HUMAN = { type: 'transfer.start', destination: { kind: 'human', number: '+14155550100' } };
const EMERGENCY = { type: 'transfer.start', destination: { kind: 'emergency', number: '+14155550911' } };

describe('keys', () => {
  it('0 announces the hand-over and asks the carrier only after its last mark', async () => {
    const call = callOnPaper().speaking('tell me', 'The hotel was built by a king.');
    const epoch = call.epoch();
    call.press('0');
    expect(call.state).toBe('transferring.announcing.preparing');
    expect(call.told()).toEqual([
      { type: 'playout.cut', epoch: epoch + 1 },
      { type: 'voice.start', sentences: ['I am connecting you.'] },
    ]);
    call.press('0');
    call.interim('no wait a moment');
    expect([call.state, call.told()]).toEqual(['transferring.announcing.preparing', []]);
    call.played();
    expect([call.state, call.told()]).toEqual(['transferring.connecting', [HUMAN]]);
    await call.carrierAnswers({ ok: true });
    // Should the carrier ask before it carries the hand-over out, it is told the same once more.
    expect(call.output).toEqual({ reason: 'transferred', next: { verb: 'dial', number: '+14155550100' } });
  });

  it('0 without a human is answered honestly', () => {
    const call = callOnPaper({ human: undefined as never }).listening();
    call.press('0');
    expect(call.state).toBe('declining.preparing');
    expect(call.told().at(-1)).toEqual({ type: 'voice.start', sentences: ['Nobody is free, so let me help.'] });
    call.played();
    expect(call.state).toBe('listening.quiet');
  });

  it('* repeats what the key cut, or what was heard last', () => {
    const call = callOnPaper().listening();
    call.press('*');
    expect(call.told().at(-1)).toEqual({ type: 'voice.start', sentences: ['Hello, this is the hotel.'] });
    call.played();
    call.caller('tell me');
    call.sentence('The hotel was built by a king.');
    call.started();
    call.press('*');
    expect(call.state).toBe('retelling.preparing');
    expect(call.told().at(-1)).toEqual({ type: 'voice.start', sentences: ['The hotel was built by a king.'] });
  });

  it('* in the middle of an answer keeps what the answer leads to', () => {
    const call = callOnPaper().listening();
    call.caller('a human please');
    call.sentence('Of course.');
    call.finished('transfer');
    call.started();
    call.press('*');
    call.press('*');
    call.played();
    expect(call.state).toBe('transferring.announcing.preparing');
    const unfinished = callOnPaper().listening();
    unfinished.caller('tell me');
    unfinished.sentence('The hotel was built by a king.');
    unfinished.started();
    unfinished.press('*');
    unfinished.played();
    expect(unfinished.state).toBe('responding.thinking.committed.drafting.writing');
  });

  it('others change nothing', () => {
    const call = callOnPaper().listening();
    call.press('5');
    expect(call.state).toBe('listening.quiet');
  });
});

describe('hand-over', () => {
  it('that fails is said, and the agent stays', async () => {
    const call = callOnPaper().listening();
    call.press('0');
    call.played();
    await call.carrierAnswers({ ok: false, failure });
    expect(call.state).toBe('declining.preparing');
    call.played();
    expect(call.state).toBe('listening.quiet');
  });

  it('that the model asked for follows its last word', () => {
    const call = callOnPaper().speaking('a human please', 'Of course.');
    call.say({ type: 'reply.finished', epoch: call.epoch(), next: 'transfer' });
    call.played();
    expect(call.state).toBe('transferring.announcing.preparing');
  });

  it('counts as done also when the carrier stops the stream before it answers', async () => {
    const call = callOnPaper().listening();
    call.press('0');
    call.played();
    call.say({ type: 'line.stopped' });
    expect([call.state, call.region('line')]).toEqual(['transferring.connecting', 'dropped']);
    await call.carrierAnswers({ ok: true });
    expect(call.output?.reason).toBe('transferred');
  });
});

describe('an emergency in the reply', () => {
  it('cuts at once and hands over without a word', async () => {
    const call = callOnPaper().speaking('my chest hurts', 'Please stay calm.');
    const epoch = call.epoch();
    call.say({ type: 'reply.emergency', epoch, phrase: 'call an ambulance' });
    expect(call.state).toBe('transferring.connecting');
    expect(call.told()).toEqual([{ type: 'playout.cut', epoch: epoch + 1 }, EMERGENCY]);
    expect(call.alive()).toEqual(['playout', 'recogniser']);
    await call.carrierAnswers({ ok: true });
    expect(call.output).toEqual({ reason: 'transferred', next: { verb: 'dial', number: '+14155550911' } });
  });

  it('says nothing of a sentence that the reply told in the same step', () => {
    const call = callOnPaper().speaking('my chest hurts', 'Please stay calm.');
    const epoch = call.epoch();
    call.say({ type: 'reply.emergency', epoch, phrase: 'call an ambulance' });
    call.told();
    call.say({ type: 'reply.sentence', epoch, index: 1, text: 'Please call an ambulance.' });
    expect([call.told(), call.state, call.context.saying]).toEqual([[], 'transferring.connecting', []]);
  });

  it('is dialled by the carrier when the request failed', async () => {
    const call = callOnPaper().speaking('my chest hurts', 'Please stay calm.');
    call.say({ type: 'reply.emergency', epoch: call.epoch(), phrase: 'call an ambulance' });
    await call.carrierAnswers({ ok: false, failure });
    expect(call.output).toEqual({ reason: 'emergency', next: { verb: 'dial', number: '+14155550911' } });
  });

  it('goes to the human without a number of its own; without any, nobody is promised', () => {
    const human = callOnPaper({ emergency: undefined as never }).speaking('my chest hurts', 'Please stay calm.');
    human.say({ type: 'reply.emergency', epoch: human.epoch(), phrase: 'call an ambulance' });
    expect(human.told().at(-1)).toEqual({
      type: 'transfer.start',
      destination: { kind: 'emergency', number: '+14155550100' },
    });
    const nobody = callOnPaper({ emergency: undefined as never, human: undefined as never }).speaking(
      'help',
      'Stay calm.',
    );
    nobody.say({ type: 'reply.emergency', epoch: nobody.epoch(), phrase: 'call an ambulance' });
    expect(nobody.state).toBe('declining.preparing');
  });
});

describe('the end', () => {
  it('waits for the last mark of the goodbye, or 5 s', () => {
    const call = callOnPaper().speaking('bye', 'You are welcome.');
    call.say({ type: 'reply.finished', epoch: call.epoch(), next: 'hangUp' });
    call.played();
    expect(call.state).toBe('closing');
    call.clock.advance(4999);
    expect(call.state).toBe('closing');
    call.clock.advance(1);
    expect(call.output).toEqual({ reason: 'agent-hung-up', next: { verb: 'hangUp' } });
  });

  it('comes at once when the model has nothing to add', () => {
    const call = callOnPaper().listening();
    call.caller('goodbye');
    call.finished('hangUp');
    expect(call.state).toBe('closing');
  });

  it('comes politely at the maximum length: when the agent would next listen', () => {
    const call = callOnPaper({
      deadlines: { ...callOnPaper().context.brief.deadlines, maxCall: 3000, silence: 60_000 },
    });
    call.speaking('tell me', 'The hotel was built by a king.');
    call.clock.advance(3000);
    expect([call.state, call.region('length')]).toEqual(['responding.speaking.sounding', 'exceeded']);
    call.played();
    expect(call.state).toBe('closing');
    call.played();
    expect(call.output?.reason).toBe('max-length');
  });

  it('says goodbye when the operator hangs up', () => {
    const call = callOnPaper().speaking('tell me', 'The hotel was built by a king.');
    call.say({ type: 'operator.hangUp' });
    expect(call.state).toBe('closing');
    call.played();
    expect(call.output?.reason).toBe('operator');
  });

  it.each([
    ['greeting', () => callOnPaper()],
    ['listening', () => callOnPaper().listening()],
    ['speaking', () => callOnPaper().speaking('tell me', 'The hotel was built by a king.')],
  ])('comes at once when the caller hangs up while %s, and leaves nothing behind', (_, begin) => {
    const call = begin();
    call.say({ type: 'line.stopped' });
    expect(call.output).toEqual({ reason: 'caller-hung-up', next: { verb: 'hangUp' } });
    expect([call.alive(), call.clock.pending]).toEqual([[], 0]);
  });

  it('comes a second after the line was lost without a word', () => {
    const call = callOnPaper().listening();
    call.say({ type: 'line.dropped' });
    expect(call.region('line')).toBe('dropped');
    call.clock.advance(1000);
    expect(call.output).toEqual({ reason: 'line-dropped', next: { verb: 'dial', number: '+14155550100' } });
  });
});
