import { describe, expect, it } from '@jest/globals';
import { DEFAULT_BARGE_IN } from '../../../machines/call/brief.ts';
import { callOnPaper } from '../../support/call-on-paper.ts';

/** Whoever coughs is listened to; what was cut stays cut. */
const SILENT = { bargeIn: { ...DEFAULT_BARGE_IN, falseInterruption: 'listen' } } as const;

describe('an agent that stays silent after a false interruption', () => {
  it('forgets what its answer would have led to', () => {
    const call = callOnPaper(SILENT).listening();
    call.caller('a human please');
    call.sentence('Of course.');
    call.finished('transfer');
    call.started();
    call.willHaveHeard({ sentences: 1 });
    call.interim('stop please');
    call.ends('mm');
    expect(call.state).toBe('listening.quiet');
    call.say({ type: 'operator.say', text: 'The line is bad.' });
    call.played();
    expect(call.state).toBe('listening.quiet');
  });

  it.each([
    'caller.interim',
    'caller.eagerEndOfTurn',
  ] as const)('repeats its words for the key *, and a %s is too soon for 400 ms', (type) => {
    const call = callOnPaper(SILENT);
    call.started();
    call.willHaveHeard({ sentences: 1 });
    call.interim('stop please');
    call.ends('mm');
    call.press('*');
    call.started();
    expect(call.state).toBe('repeating.sounding');
    call.clock.advance(399);
    call.say({ type, text: 'stop please' });
    expect(call.state).toBe('repeating.sounding');
    call.clock.advance(1);
    call.say({ type, text: 'stop please' });
    expect(call.state).toBe('interrupted.hearing');
  });
});
