import { describe, expect, it } from '@jest/globals';
import { callRecord } from '../../journal/call-record.ts';
import { replay } from '../../journal/replay.ts';
import { BRIEF } from '../support/call-on-paper.ts';
import { HEADER, recorded } from './recorded.ts';

/** A question, an answer that is interrupted, a booking, silence, the end. */
function aWholeCall() {
  const { call, journal, text } = recorded();
  call.clock.advance(2000);
  call.played();
  call.clock.advance(1000);
  call.starts();
  call.clock.advance(1500);
  call.say({ type: 'caller.endOfTurn', text: 'tell me', confidence: 1, words: [], speechEndMs: 3900 });
  call.clock.advance(50);
  call.say({ type: 'reply.started', epoch: call.epoch() });
  call.clock.advance(10);
  call.sentence('The hotel was built by a king.');
  call.clock.advance(40);
  call.say({ type: 'voice.started', epoch: call.epoch() });
  call.say({ type: 'playout.started', epoch: call.epoch(), atMs: 4600 });
  call.finished();
  call.clock.advance(1000);
  call.willHaveHeard({ sentences: 0, partial: { sentence: 0, playedMs: 1000, lengthMs: 2000, complete: true } });
  call.starts();
  call.interim('stop please');
  call.ends('stop please');
  call.say({ type: 'reply.toolCalled', epoch: call.epoch(), id: 't', name: 'look_up', arguments: '{}' });
  call.say({ type: 'reply.toolReturned', epoch: call.epoch(), id: 't', result: '{}' });
  call.sentence('Of course.');
  call.finished();
  call.started();
  call.played();
  for (let times = 0; times < 3; times++) {
    call.clock.advance(8000);
    call.played();
  }
  return { call, journal, text };
}

describe('replay', () => {
  it('goes through the same states as the call did', () => {
    const { call, journal } = aWholeCall();
    const steps = [...replay(journal())];
    expect(steps.map(({ diverged }) => diverged)).not.toContain(true);
    expect(steps).toHaveLength(journal().entries.length);
    expect(steps.at(-1)?.after.context).toEqual(call.context);
    expect(steps.at(-1)?.after.output).toEqual({ reason: 'silence', next: { verb: 'hangUp' } });
  });

  it('names the entry where the chart of today parts from the call of then', () => {
    const { journal } = aWholeCall();
    const { entries } = journal();
    // The call of then had another rule: this interruption was too short to count.
    const at = entries.findIndex(({ event }) => event.type === 'caller.interim');
    const changed = entries.map((entry, index) =>
      index === at ? { ...entry, event: { ...entry.event, text: 'mm' } } : entry,
    );
    const steps = [...replay({ header: HEADER, entries: changed })];
    expect(steps.at(-1)).toMatchObject({ diverged: true, entry: { seq: at } });
  });

  it('begins with the brief', () => {
    const { journal } = aWholeCall();
    expect(() => [...replay({ header: HEADER, entries: journal().entries.slice(1) })]).toThrow(
      /begins with xstate.init/,
    );
  });
});

describe('the call record', () => {
  it('is folded from the journal: transcript as heard, waits, interruptions, end', () => {
    const { journal } = aWholeCall();
    const { transcript, ...record } = callRecord(journal());
    expect(record).toEqual({
      callSid: BRIEF.callSid,
      agent: 'test',
      startedAt: '2026-11-20T10:00:00.000Z',
      durationMs: 29_600,
      output: { reason: 'silence', next: { verb: 'hangUp' } },
      turns: [
        {
          atMs: 4500,
          question: 'tell me',
          firstTokenMs: 50,
          firstSentenceMs: 60,
          firstByteMs: 100,
          firstFrameMs: 100,
          heardMs: 700,
        },
        { atMs: 5600, question: 'stop please', firstSentenceMs: 0, firstFrameMs: 0 },
      ],
      speculations: { confirmed: 0, dropped: 0, wastedCharacters: 0 },
      interruptions: [{ atMs: 5600, by: 'stop please', heardSentences: 0, playedMs: 1000 }],
      emergencies: [],
      divergedAt: undefined,
    });
    expect(transcript).toEqual([
      { role: 'assistant', text: 'Hello, this is the hotel.', atMs: 2000 },
      { role: 'user', text: 'tell me', atMs: 4500 },
      { role: 'assistant', text: 'The hotel was', interrupted: true, atMs: 5600 },
      { role: 'user', text: 'stop please', atMs: 5600 },
      { role: 'toolCall', id: 't', name: 'look_up', arguments: '{}', atMs: 5600 },
      { role: 'toolResult', id: 't', result: '{}', atMs: 5600 },
      { role: 'assistant', text: 'Of course.', atMs: 5600 },
      { role: 'assistant', text: 'Are you there?', atMs: 13_600 },
      { role: 'assistant', text: 'Can you hear me?', atMs: 21_600 },
      { role: 'assistant', text: 'Goodbye.', atMs: 29_600 },
    ]);
  });

  it('takes for each interruption the report of its own cut', () => {
    const { call, journal } = recorded();
    // Nothing had sounded, so playout has nothing to report.
    call.interim('hello there');
    call.ends('hello there');
    call.sentence('The hotel was built by a king.');
    call.started();
    call.clock.advance(1000);
    call.willHaveHeard({ sentences: 0, partial: { sentence: 0, playedMs: 1000, lengthMs: 2000, complete: true } });
    call.interim('stop please');
    expect(callRecord(journal()).interruptions.map(({ by, playedMs }) => [by, playedMs])).toEqual([
      ['hello there', 0],
      ['stop please', 1000],
    ]);
  });

  it('has an open end when the journal stops before the call does', () => {
    const { call, journal } = recorded();
    call.played();
    expect(callRecord(journal()).output).toBeUndefined();
  });
});
