import { describe, expect, it } from '@jest/globals';
import { type CallBrief, DEFAULT_BARGE_IN, DEFAULT_DEADLINES } from '../../../machines/call/brief.ts';
import { callOnPaper, GREETED } from '../../support/call-on-paper.ts';

type Paper = ReturnType<typeof callOnPaper>;
const failure = { code: 'unavailable', message: 'down', retryable: false } as const;
const WRITING = 'responding.thinking.committed.drafting.writing';
const QUESTION = { role: 'user', text: 'tell me' } as const;
const HEARD = { role: 'assistant', text: 'It was built by a king.' } as const;
const user = (text: string) => ({ role: 'user', text }) as const;
const eager = (call: Paper, text: string) => call.say({ type: 'caller.eagerEndOfTurn', text });
const cuts = (call: Paper) => call.told().filter(({ type }) => type === 'playout.cut').length;

const speaking = (changes?: Partial<CallBrief>): Paper =>
  callOnPaper(changes).speaking('tell me', 'It was built by a king.', 'It burned down.');

/** The caller interrupts the second sentence; playout has reported. */
const interrupted = (changes?: Partial<CallBrief>): Paper => {
  const call = speaking(changes);
  call.heard(0);
  call.willHaveHeard({ sentences: 1 });
  call.interim('hang on');
  expect(call.state).toBe('interrupted.hearing');
  call.told();
  return call;
};
/** The same, behind the last sound, when only the last mark was missing. */
const interruptedAtTheEnd = (): Paper => {
  const call = speaking();
  call.heard(0);
  call.willHaveHeard({ sentences: 2 });
  call.interim('hang on');
  call.told();
  return call;
};
const LISTENS = { bargeIn: { ...DEFAULT_BARGE_IN, falseInterruption: 'listen' } } as const;

describe('a caller who has interrupted', () => {
  it.each<[string, (call: Paper) => void]>([
    ['begins to speak', (call) => call.starts()],
    ['goes on with a turn that had seemed over', (call) => call.say({ type: 'caller.turnResumed' })],
    ['says more', (call) => call.interim('mm')],
    ['may have ended, which means nothing', (call) => eager(call, 'mm')],
  ])('and %s has 2 s from then on', (_, happens) => {
    const call = interrupted();
    call.clock.advance(1999);
    happens(call);
    call.clock.advance(1999);
    expect(call.state).toBe('interrupted.hearing');
    call.clock.advance(1);
    expect(call.state).toBe('resuming.preparing');
    expect(call.told().at(-1)).toEqual({ type: 'voice.start', sentences: ['It burned down.'] });
  });

  it('is answered when the turn is more than back-channel', () => {
    const call = interrupted();
    call.ends('hang on yes');
    expect(call.state).toBe(WRITING);
    expect(call.context.history).toEqual([
      GREETED,
      QUESTION,
      { role: 'assistant', text: 'It was built by a king.', interrupted: true },
      user('hang on yes'),
    ]);
    // The rest of the old answer is of no interest any more.
    expect(call.context.unheard.sentences).toEqual([]);
  });

  it.each(['mm', 'uh-huh yeah', ''])('only to say "%s" lets the agent go on at once', (text) => {
    const call = interrupted();
    call.ends(text);
    expect(call.state).toBe('resuming.preparing');
    expect(call.told()).toEqual([{ type: 'voice.start', sentences: ['It burned down.'] }]);
  });

  it.each<[string, (call: Paper) => void]>([
    ['says nothing for 2 s', (call) => call.clock.advance(2000)],
    ['only coughs', (call) => call.ends('')],
  ])('and %s is listened to when nothing was left to say', (_, happens) => {
    const call = interruptedAtTheEnd();
    happens(call);
    expect([call.state, call.told()]).toEqual(['listening.quiet', []]);
  });

  it.each<[string, (call: Paper) => void]>([
    ['says nothing for 2 s', (call) => call.clock.advance(2000)],
    ['only coughs', (call) => call.ends('')],
  ])('and %s is listened to where the profile says so', (_, happens) => {
    const call = interrupted(LISTENS);
    happens(call);
    expect([call.state, call.told()]).toEqual(['listening.quiet', []]);
  });

  it('is answered when the recogniser is lost behind words that mean something, unless there is more', () => {
    const lost = () => {
      const call = interrupted();
      call.interim('what about the pool');
      call.say({ type: 'recognition.lost', failure });
      expect(call.state).toBe('listening.cutShort');
      expect(call.context.history.at(-1)).toEqual(user('what about the pool'));
      return call;
    };
    const silent = lost();
    silent.clock.advance(1999);
    expect(silent.state).toBe('listening.cutShort');
    silent.clock.advance(1);
    expect(silent.state).toBe(WRITING);
    const goesOn = lost();
    goesOn.starts();
    expect(goesOn.state).toBe('listening.speakingOn');
    goesOn.ends('and the sauna');
    expect(goesOn.context.history.at(-1)).toEqual(user('what about the pool and the sauna'));
  });

  it('is not answered when the recogniser is lost behind mere back-channel', () => {
    const call = interrupted();
    call.interim('mm');
    call.say({ type: 'recognition.lost', failure });
    expect(call.state).toBe('interrupted.hearing');
    call.clock.advance(2000);
    expect(call.state).toBe('resuming.preparing');
  });
});

describe('a whole turn that cuts the agent', () => {
  const settling = () => {
    const call = speaking();
    call.ends('and the pool');
    expect(call.state).toBe('interrupted.settling');
    call.told();
    return call;
  };

  it('is answered as soon as it is known what was heard', () => {
    const call = settling();
    const epoch = call.epoch() - 1;
    call.say({ type: 'playout.cut', epoch: epoch - 1, heard: { sentences: 2 } });
    expect([call.state, call.context.history]).toEqual(['interrupted.settling', [GREETED, QUESTION]]);
    call.say({ type: 'playout.cut', epoch, heard: { sentences: 1 } });
    expect(call.state).toBe(WRITING);
    expect(call.context.history.slice(2)).toEqual([{ ...HEARD, interrupted: true }, user('and the pool')]);
  });

  it('is answered after 100 ms when nothing is reported', () => {
    const call = settling();
    call.clock.advance(99);
    expect(call.state).toBe('interrupted.settling');
    call.clock.advance(1);
    expect(call.state).toBe(WRITING);
    expect(call.context.history.slice(1)).toEqual([user('tell me and the pool')]);
  });

  it('grows with what is said until then', () => {
    const call = settling();
    call.ends('');
    call.ends('and the sauna');
    call.clock.advance(100);
    expect(call.context.history.slice(1)).toEqual([user('tell me and the pool and the sauna')]);
  });
});

describe('words that wait to be put behind what was heard', () => {
  it.each<[string, (call: Paper) => void]>([
    ['the key 0', (call) => call.press('0')],
    ['an operator who takes over', (call) => call.say({ type: 'operator.takeOver' })],
    ['a line of an operator', (call) => call.say({ type: 'operator.say', text: 'One moment.' })],
    ['an operator who hands over', (call) => call.say({ type: 'operator.transfer' })],
    ['an operator who hangs up', (call) => call.say({ type: 'operator.hangUp' })],
  ])('are not lost to %s', (_, happens) => {
    const call = speaking();
    call.ends('and the pool');
    expect(call.state).toBe('interrupted.settling');
    happens(call);
    expect(call.context.history).toEqual([GREETED, user('tell me and the pool')]);
  });
});

describe('a report of what was heard', () => {
  it('counts once, and only for the cut that it answers', () => {
    const call = speaking();
    call.interim('stop please');
    const epoch = call.epoch() - 1;
    call.say({ type: 'playout.cut', epoch: epoch + 1, heard: { sentences: 2 } });
    call.say({ type: 'playout.cut', epoch: epoch - 1, heard: { sentences: 2 } });
    expect(call.context.history).toEqual([GREETED, QUESTION]);
    call.say({ type: 'playout.cut', epoch, heard: { sentences: 2 } });
    call.say({ type: 'playout.cut', epoch, heard: { sentences: 2 } });
    expect(call.context.history.slice(2)).toEqual([
      { role: 'assistant', text: 'It was built by a king. It burned down.' },
    ]);
  });
});

describe('the filter in front of an interruption', () => {
  const again = (call: Paper) => {
    call.ends('mm');
    call.started();
    expect(call.state).toBe('resuming.sounding');
    return call;
  };

  it('is latched by an interruption, and open again when that utterance has ended', () => {
    const call = interrupted();
    expect(call.region('bargeIn')).toBe('latch.latched|debounce.cooling');
    call.ends('what about the pool');
    expect(call.region('bargeIn')).toBe('latch.open|debounce.cooling');
  });

  it('is open again when another utterance begins', () => {
    const call = interrupted();
    call.starts();
    expect(call.region('bargeIn')).toBe('latch.open|debounce.cooling');
  });

  it('is open again when the agent goes on', () => {
    const call = interrupted();
    call.clock.advance(2000);
    expect(call.state).toBe('resuming.preparing');
    expect(call.region('bargeIn')).toBe('latch.open|debounce.ready');
  });

  it('is open again after 30 s, when the end of the utterance is never told', () => {
    const call = interrupted({ ...LISTENS, deadlines: { ...DEFAULT_DEADLINES, silence: 60_000 } });
    call.clock.advance(29_999);
    expect(call.region('bargeIn')).toBe('latch.latched|debounce.ready');
    call.clock.advance(1);
    expect(call.region('bargeIn')).toBe('latch.open|debounce.ready');
  });

  it('lets nothing through for 400 ms', () => {
    const call = again(interrupted());
    call.clock.advance(399);
    call.interim('stop please');
    eager(call, 'stop please');
    expect([call.state, call.region('bargeIn')]).toEqual(['resuming.sounding', 'latch.open|debounce.cooling']);
    call.clock.advance(1);
    expect(call.region('bargeIn')).toBe('latch.open|debounce.ready');
    call.interim('stop please');
    expect(call.state).toBe('interrupted.hearing');
  });
});

describe('the key *', () => {
  it('repeats what was heard of the answer that was just interrupted', () => {
    const call = interrupted();
    const epoch = call.epoch();
    call.press('*');
    expect(call.state).toBe('retelling.preparing');
    expect(call.told()).toEqual([
      { type: 'playout.cut', epoch: epoch + 1 },
      { type: 'voice.start', sentences: ['It was built by a king.'] },
    ]);
  });

  it('has nothing to repeat when nothing was ever heard', () => {
    const call = callOnPaper();
    call.willHaveHeard({ sentences: 0 });
    call.interim('stop please');
    call.told();
    call.press('*');
    expect([call.state, call.told()]).toEqual(['interrupted.hearing', []]);
  });
});

describe('what may be a whole turn', () => {
  it('cuts an answer like an interim', () => {
    const call = speaking();
    eager(call, 'mm');
    eager(call, 'hot');
    expect([call.state, call.told()]).toEqual(['responding.speaking.sounding', []]);
    eager(call, 'stop please');
    expect([call.state, cuts(call)]).toEqual(['interrupted.hearing', 1]);
    expect(call.region('bargeIn')).toBe('latch.latched|debounce.cooling');
  });

  it('does not cut an answer within 400 ms of the last interruption', () => {
    const call = interrupted();
    call.ends('what about the pool');
    call.sentence('It is heated.');
    call.started();
    call.told();
    eager(call, 'stop please');
    call.interim('stop please');
    expect([call.state, call.told()]).toEqual(['responding.speaking.sounding', []]);
  });
});
