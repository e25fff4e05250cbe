import { describe, expect, it } from '@jest/globals';
import { callMachine } from '../../machines/call/machine.ts';
import { recogniserMachine } from '../../machines/recogniser/machine.ts';
import { replyMachine } from '../../machines/reply/machine.ts';
import { transferMachine } from '../../machines/transfer/machine.ts';
import { lintMachine } from '../support/lint-machine.ts';

const wholeCall = 'lasts as long as the call; not a wait of the conversation';
const reports = 'the recogniser chart has its own deadlines and always reports';

describe('every name is implemented, every child may fail, every wait ends', () => {
  it('in the call chart', () => {
    const mayWait = {
      'call.active.bargeIn.latch.open': wholeCall,
      'call.active.bargeIn.debounce.ready': wholeCall,
      'call.active.recognition.connecting': reports,
      'call.active.recognition.live': wholeCall,
      'call.active.recognition.reconnecting': reports,
      'call.active.recognition.failed': 'the same event ends the call, or meets its goodbye',
      'call.active.line.up': wholeCall,
      'call.active.length.exceeded': wholeCall,
    };
    expect(lintMachine(callMachine, { mayWait })).toEqual([]);
  });

  it('in the reply chart', () => {
    const mayWait = {
      'reply.watch.reading': 'lives as long as the reply',
      'reply.watch.suspecting': "the call's speculation cap ends the reply, or confirms it",
      'reply.turn.guessed': "the call's speculation cap ends the reply, or confirms it",
      'reply.turn.ended': 'lives as long as the reply',
      'reply.stream.drafted': "the call's speculation cap ends the reply, or confirms it",
      'reply.watch.alarmed': 'the call ends the reply in the same step',
      'reply.stream.finished': 'the call ends the reply when it was heard',
      'reply.stream.failed': 'the call ends the reply in the same step, or when what was said was heard',
    };
    expect(lintMachine(replyMachine, { mayWait })).toEqual([]);
  });

  it('in the recogniser chart', () => {
    const mayWait = {
      'recogniser.connected.listening': 'listens as long as the call lasts',
      'recogniser.failed': 'the call decides what follows',
    };
    expect(lintMachine(recogniserMachine, { mayWait })).toEqual([]);
  });

  it('in the transfer chart', () => {
    expect(lintMachine(transferMachine)).toEqual([]);
  });
});
