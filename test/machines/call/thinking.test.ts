import { describe, expect, it } from '@jest/globals';
import type { CallBrief } from '../../../machines/call/brief.ts';
import { BRIEF, callOnPaper, GREETED } from '../../support/call-on-paper.ts';
import { breaks } from '../../support/child-breaks.ts';

type Paper = ReturnType<typeof callOnPaper>;
const failure = { code: 'unavailable', message: 'down', retryable: false } as const;
const QUESTION = { role: 'user', text: 'when is breakfast' } as const;

const asked = (changes?: Partial<CallBrief>): Paper => {
  const call = callOnPaper(changes).listening();
  call.caller('when is breakfast');
  call.told();
  return call;
};
const withWords = (changes?: Partial<CallBrief>): Paper => {
  const call = asked(changes);
  call.sentence('From seven.');
  call.told();
  return call;
};
const speaking = (): Paper => {
  const call = withWords();
  call.started();
  return call;
};
const usesTool = (call: Paper, id = 't1'): Paper => {
  call.say({ type: 'reply.toolCalled', epoch: call.epoch(), id, name: 'look_up', arguments: '{}' });
  return call;
};
const toolReturned = (call: Paper, id = 't1') =>
  call.say({ type: 'reply.toolReturned', epoch: call.epoch(), id, result: '{}' });
const cuts = (call: Paper) => call.told().filter(({ type }) => type === 'playout.cut').length;

const WRITING = 'responding.thinking.committed.drafting.writing';
const USING_TOOL = 'responding.thinking.committed.drafting.usingTool';
const SYNTHESISING = 'responding.thinking.committed.synthesising';

describe('while the agent thinks', () => {
  it.each([
    ['writes', asked, WRITING],
    ['has words and no sound yet', withWords, SYNTHESISING],
  ])('mere back-channel changes nothing: it %s', (_, begin, state) => {
    const call = begin();
    call.interim('mm');
    call.say({ type: 'caller.eagerEndOfTurn', text: 'mm' });
    call.ends('mm');
    expect([call.state, call.told(), call.context.history]).toEqual([state, [], [GREETED, QUESTION]]);
  });

  it.each<[string, (call: Paper) => void]>([
    ['speech', (call) => call.starts()],
    ['a turn that goes on', (call) => call.say({ type: 'caller.turnResumed' })],
    ['words', (call) => call.interim('on sundays')],
    ['a whole turn, perhaps', (call) => call.say({ type: 'caller.eagerEndOfTurn', text: 'on sundays' })],
  ])('%s makes it listen on, and both halves are one turn', (_, says) => {
    for (const begin of [asked, withWords]) {
      const call = begin();
      says(call);
      expect([call.state, cuts(call)]).toEqual(['listening.speakingOn', 1]);
      call.ends('on sundays');
      expect(call.state).toBe(WRITING);
      expect(call.context.history).toEqual([GREETED, { role: 'user', text: 'when is breakfast on sundays' }]);
    }
  });

  it('a whole turn is answered together with the first half', () => {
    const call = asked();
    const epoch = call.epoch();
    call.ends('on sundays');
    expect(call.state).toBe(WRITING);
    expect(call.told()).toEqual([
      { type: 'playout.cut', epoch: epoch + 1 },
      { type: 'reply.start', history: [GREETED, { role: 'user', text: 'when is breakfast on sundays' }] },
      { type: 'voice.start', sentences: [] },
    ]);
  });

  it('a whole turn waits for what was heard of the words in hand', () => {
    const call = withWords();
    call.ends('on sundays');
    expect([call.state, cuts(call)]).toEqual(['interrupted.settling', 1]);
    call.say({ type: 'playout.cut', epoch: call.epoch() - 1, heard: { sentences: 1 } });
    expect(call.state).toBe(WRITING);
    expect(call.context.history).toEqual([
      GREETED,
      QUESTION,
      { role: 'assistant', text: 'From seven.' },
      { role: 'user', text: 'on sundays' },
    ]);
  });

  it.each([
    ['the first frame', 'playout.started'],
    ['sound that goes on', 'playout.resumed'],
  ] as const)('%s makes it speak', (_, type) => {
    const call = withWords();
    call.say({ type, epoch: call.epoch(), atMs: 0 });
    expect(call.state).toBe('responding.speaking.sounding');
  });

  it('words that make no sound are over with their marks', () => {
    const call = withWords();
    call.sentence('Until ten.');
    call.heard(0);
    expect([call.state, call.context.heardSentences]).toEqual([SYNTHESISING, 1]);
    call.heard(1);
    expect([call.state, call.context.heardSentences]).toEqual([WRITING, 2]);
    call.finished();
    expect(call.state).toBe('listening.quiet');
    expect(call.context.history.at(-1)).toEqual({ role: 'assistant', text: 'From seven. Until ten.' });
  });

  it('the model has 41 s for all its rounds and tools', () => {
    const call = asked();
    call.clock.advance(40_999);
    expect(call.state).toBe(WRITING);
    call.clock.advance(1);
    expect([call.state, cuts(call)]).toEqual(['apologising.reciting.preparing', 1]);
  });

  it('the voice has 2 s for its first byte, whatever the model adds', () => {
    const call = withWords();
    call.clock.advance(1999);
    call.sentence('Until ten.');
    expect([call.state, call.told()]).toEqual([SYNTHESISING, [{ type: 'voice.say', index: 1, text: 'Until ten.' }]]);
    call.clock.advance(1);
    expect([call.state, cuts(call)]).toEqual(['apologising.reciting.preparing', 1]);
  });
});

describe('an answer without words', () => {
  it.each([
    ['nothing follows', 'listen', 'apologising.reciting.preparing'],
    ['the agent hangs up', 'hangUp', 'closing'],
    ['the agent hands over', 'transfer', 'transferring.announcing.preparing'],
  ] as const)('leads on at once: %s', (_, next, state) => {
    const call = asked();
    call.finished(next);
    expect(call.state).toBe(state);
    expect(call.context.history).toEqual([GREETED, QUESTION]);
  });
});

describe('an answer that was heard before the model had ended it', () => {
  const heard = () => {
    const call = speaking();
    call.heard(0);
    call.say({ type: 'playout.starved', epoch: call.epoch() });
    expect(call.state).toBe(WRITING);
    return call;
  };

  it.each([
    ['listening', 'listen', 'listening.quiet'],
    ['the goodbye', 'hangUp', 'closing'],
    ['a hand-over', 'transfer', 'transferring.announcing.preparing'],
  ] as const)('leads to %s as soon as it is known', (_, next, state) => {
    const call = heard();
    call.finished(next);
    expect(call.state).toBe(state);
    expect(call.context.history).toEqual([GREETED, QUESTION, { role: 'assistant', text: 'From seven.' }]);
    expect(cuts(call)).toBe(0);
  });

  it('is followed by an apology when the model fails', () => {
    const call = heard();
    call.say({ type: 'reply.failed', epoch: call.epoch(), failure });
    expect(call.state).toBe('apologising.reciting.preparing');
    expect(call.context.history).toEqual([GREETED, QUESTION, { role: 'assistant', text: 'From seven.' }]);
  });
});

describe('a tool at work', () => {
  it('is bridged by the filler after 700 ms of silence', () => {
    const call = usesTool(asked());
    call.clock.advance(699);
    expect([call.state, call.told()]).toEqual([USING_TOOL, []]);
    call.clock.advance(1);
    expect([call.state, call.told()]).toEqual([
      SYNTHESISING,
      [{ type: 'voice.say', index: 0, text: 'One moment, please.' }],
    ]);
    call.sentence('From seven.');
    expect(call.told()).toEqual([{ type: 'voice.say', index: 1, text: 'From seven.' }]);
  });

  it('is not bridged by an agent that has no filler', () => {
    const { filler: _, ...script } = BRIEF.script;
    const call = usesTool(asked({ script }));
    call.clock.advance(30_000);
    expect([call.state, call.told()]).toEqual([USING_TOOL, []]);
  });

  it('is not bridged where the agent has said something', () => {
    const call = usesTool(speaking());
    call.heard(0);
    call.say({ type: 'playout.starved', epoch: call.epoch() });
    call.told();
    call.clock.advance(30_000);
    expect([call.state, call.told()]).toEqual([USING_TOOL, []]);
  });

  it('is not bridged once it has answered, and each one has its own 700 ms', () => {
    const call = usesTool(asked());
    call.clock.advance(600);
    toolReturned(call);
    expect(call.state).toBe(WRITING);
    call.clock.advance(600);
    usesTool(call, 't2');
    call.clock.advance(699);
    expect([call.state, call.told()]).toEqual([USING_TOOL, []]);
    call.clock.advance(1);
    expect(call.state).toBe(SYNTHESISING);
  });
});

describe('a voice that fails', () => {
  it.each([
    ['writes', asked],
    ['has words and no sound yet', withWords],
    ['speaks', speaking],
  ])('makes the agent apologise where it %s', (_, begin) => {
    const call = begin();
    call.told();
    call.say({ type: 'voice.failed', epoch: call.epoch(), failure });
    expect([call.state, cuts(call)]).toEqual(['apologising.reciting.preparing', 1]);
  });
});

describe('an emergency with nobody to hand over to', () => {
  it('cuts the agent, who says so', () => {
    const call = asked({ human: undefined as never, emergency: undefined as never });
    call.sentence('I will call an ambulance.');
    call.started();
    call.told();
    call.say({ type: 'reply.emergency', epoch: call.epoch(), phrase: 'call an ambulance' });
    expect([call.state, cuts(call)]).toEqual(['declining.preparing', 1]);
  });
});

describe('a child that breaks', () => {
  it.each([
    ['writes', asked],
    ['has words and no sound yet', withWords],
    ['speaks', speaking],
  ])('makes the agent apologise where it %s', (_, begin) => {
    for (const child of ['reply', 'voice'] as const) {
      const call = begin();
      call.told();
      breaks(call, child);
      expect([call.state, cuts(call)]).toEqual(['apologising.reciting.preparing', 1]);
    }
  });
});

describe('patience', () => {
  it('is back after an answer that sounds: two failures with an answer between them are not two in a row', () => {
    const call = asked();
    call.say({ type: 'reply.failed', epoch: call.epoch(), failure });
    expect(call.context.failures).toBe(1);
    call.played();
    call.caller('when is breakfast');
    call.sentence('From seven.');
    call.started();
    expect(call.context.failures).toBe(0);
  });

  describe('is not back for a filler', () => {
    const bridged = () => {
      const call = asked();
      call.say({ type: 'reply.failed', epoch: call.epoch(), failure });
      call.played();
      call.caller('book it');
      call.say({ type: 'reply.toolCalled', epoch: call.epoch(), id: 't1', name: 'book', arguments: '{}' });
      call.clock.advance(700);
      call.started();
      expect([call.state, call.context.failures]).toEqual(['responding.speaking.sounding', 1]);
      call.say({ type: 'reply.toolReturned', epoch: call.epoch(), id: 't1', result: '{}' });
      return call;
    };

    it('behind which the model fails again', () => {
      const call = bridged();
      call.heard(0);
      call.say({ type: 'playout.starved', epoch: call.epoch() });
      call.say({ type: 'reply.failed', epoch: call.epoch(), failure });
      expect(call.state).toBe('transferring.announcing.preparing');
    });

    it('but for the answer that sounds behind it, with silence between them or without', () => {
      const without = bridged();
      without.sentence('It is booked.');
      without.heard(0);
      expect(without.context.failures).toBe(0);
      const between = bridged();
      between.heard(0);
      between.say({ type: 'playout.starved', epoch: between.epoch() });
      between.sentence('It is booked.');
      expect(between.context.failures).toBe(1);
      between.say({ type: 'playout.resumed', epoch: between.epoch() });
      expect(between.context.failures).toBe(0);
    });
  });
});

describe('a tool at work behind words that do not sound yet', () => {
  const announced = () => {
    const call = asked();
    call.sentence('Let me see.');
    call.say({ type: 'reply.toolCalled', epoch: call.epoch(), id: 't1', name: 'book', arguments: '{}' });
    expect(call.state).toBe('responding.thinking.committed.synthesising');
    call.told();
    return call;
  };
  const filled = () => {
    const call = asked();
    call.say({ type: 'reply.toolCalled', epoch: call.epoch(), id: 't1', name: 'book', arguments: '{}' });
    call.clock.advance(700);
    expect(call.state).toBe('responding.thinking.committed.synthesising');
    call.told();
    return call;
  };

  it.each([
    ['announced', announced],
    ['covered by a filler', filled],
  ])('is not begun anew for a cough, but ended by words (%s)', (_, begin) => {
    const call = begin();
    call.starts();
    call.ends('');
    expect([call.state, call.told()]).toEqual(['responding.thinking.committed.synthesising', []]);
    call.interim('no wait');
    expect([call.state, cuts(call)]).toEqual(['listening.speakingOn', 1]);
  });

  it('that has returned is dropped for a caller who speaks on', () => {
    const call = announced();
    call.say({ type: 'reply.toolReturned', epoch: call.epoch(), id: 't1', result: '{}' });
    call.starts();
    expect([call.state, cuts(call)]).toEqual(['listening.speakingOn', 1]);
  });
});
