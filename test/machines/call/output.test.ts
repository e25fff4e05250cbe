import { describe, expect, it } from '@jest/globals';
import { type CallContext, initialContext } from '../../../machines/call/context.ts';
import { type EndReason, outputOf } from '../../../machines/call/output.ts';
import type { Message } from '../../../machines/call/ports.ts';
import { BRIEF } from '../../support/call-on-paper.ts';

const HUMAN = { kind: 'human', number: '+14155550100' } as const;
const EMERGENCY = { kind: 'emergency', number: '+14155550911' } as const;
const QUEUE = { kind: 'human', queue: 'support' } as const;
const HISTORY: readonly Message[] = [
  { role: 'assistant', text: 'Hello.' },
  { role: 'user', text: 'secret words' },
  { role: 'assistant', text: 'Pardon?' },
  { role: 'user', text: 'more secret words' },
];

/** A call that ends, or ended, so. */
const context = (brief: Partial<CallContext['brief']>, changes: Partial<CallContext> = {}): CallContext => ({
  ...initialContext({ ...BRIEF, ...brief }),
  history: HISTORY,
  ...changes,
});

const note = { callSid: BRIEF.callSid, agent: 'test', reason: 'requested', turns: 2 } as const;

describe('what becomes of a caller', () => {
  it.each<[EndReason | undefined]>([
    [undefined],
    ['caller-hung-up'],
    ['agent-hung-up'],
    ['silence'],
    ['max-length'],
    ['operator'],
  ])('whose call ended with %s: nothing more', (reason) => {
    expect(outputOf(context({ human: QUEUE }, { reason }))).toEqual({
      reason: reason ?? 'caller-hung-up',
      next: { verb: 'hangUp' },
    });
  });

  it('who was handed over: what he was promised, should the carrier ask', () => {
    const next = (destination: CallContext['destination']) =>
      outputOf(context({ human: QUEUE }, { reason: 'transferred', destination })).next;
    expect(next(HUMAN)).toEqual({ verb: 'dial', number: HUMAN.number });
    expect(next(QUEUE)).toEqual({ verb: 'enqueue', queue: 'support', note });
  });

  it.each([
    ['voice-failed'],
    ['recognition-failed'],
    ['line-dropped'],
  ] as const)('who was stranded by %s: the human, or a sentence of the carrier', (reason) => {
    const next = (brief: Partial<CallContext['brief']>) => outputOf(context(brief, { reason })).next;
    const { human: _, ...alone } = BRIEF;
    expect(next({ human: HUMAN })).toEqual({ verb: 'dial', number: HUMAN.number });
    expect(next({ human: QUEUE })).toEqual({ verb: 'enqueue', queue: 'support', note: { ...note, reason } });
    expect(outputOf({ ...context({}, { reason }), brief: alone }).next).toEqual({
      verb: 'say',
      text: BRIEF.script.brokenOff,
    });
  });

  it('in an emergency: its number, and never a queue', () => {
    const next = (reason: EndReason) => outputOf(context({ human: QUEUE }, { reason, destination: EMERGENCY })).next;
    for (const reason of ['transferred', 'emergency', 'voice-failed'] as const)
      expect(next(reason)).toEqual({ verb: 'dial', number: EMERGENCY.number });
  });

  it('whom the agent could not answer: the queue is told so, and never a word of his', () => {
    const output = outputOf(context({ human: QUEUE }, { reason: 'transferred', destination: QUEUE, failures: 2 }));
    expect(output.next).toEqual({ verb: 'enqueue', queue: 'support', note: { ...note, reason: 'agent-failed' } });
    expect(JSON.stringify(output)).not.toContain('secret');
  });
});
