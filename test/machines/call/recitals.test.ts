import { describe, expect, it } from '@jest/globals';
import { type CallBrief, DEFAULT_BARGE_IN, DEFAULT_FLOOR } from '../../../machines/call/brief.ts';
import { BRIEF, callOnPaper } from '../../support/call-on-paper.ts';
import { breaks } from '../../support/child-breaks.ts';

type Paper = ReturnType<typeof callOnPaper>;
const failure = { code: 'unavailable', message: 'down', retryable: false } as const;

/** What the agent says without a model: how a call comes to it, what is said, and what follows. */
interface Recital {
  readonly name: string;
  /** The asterisk stands for what the voice does: preparing, sounding, stalled. */
  readonly state: string;
  readonly words: string;
  readonly begin: (changes?: Partial<CallBrief>) => Paper;
  /** Where the call is when all was heard. */
  readonly next: string;
  /** Where it goes on when the voice fails; else it ends. */
  readonly otherwise?: string;
  /** Whose policy says what may interrupt it; none: nothing may. */
  readonly floor?: 'greeting' | 'prompts' | 'speaking';
  /** The turn that is answered when "stop please" interrupts it as it ends; by default those words alone. */
  readonly answered?: string;
  /** How a caller who has just interrupted the greeting comes to it, before 400 ms or the utterance are over. */
  readonly soon?: (call: Paper) => void;
}

const refuses = (call: Paper) => call.say({ type: 'reply.failed', epoch: call.epoch(), failure });
const says = (call: Paper) => call.say({ type: 'operator.say', text: 'The manager is on her way.' });

const RECITALS: readonly Recital[] = [
  {
    name: 'the disclosure',
    state: 'disclosing.reciting.*',
    words: 'This call is recorded.',
    begin: (changes) =>
      callOnPaper({ script: { ...BRIEF.script, disclosure: ['This call is recorded.'] }, ...changes }),
    next: 'greeting.preparing',
  },
  {
    name: 'the greeting',
    state: 'greeting.*',
    words: 'Hello, this is the hotel.',
    begin: (changes) => callOnPaper(changes),
    next: 'listening.quiet',
    floor: 'greeting',
  },
  {
    name: 'a reprompt',
    state: 'reprompting.*',
    words: 'Are you there?',
    begin: (changes) => {
      const call = callOnPaper(changes).listening();
      call.clock.advance(8000);
      return call;
    },
    next: 'listening.quiet',
    floor: 'prompts',
    soon: (call) => {
      // Nothing of the greeting is left to say.
      call.say({ type: 'playout.cut', epoch: call.epoch() - 1, heard: { sentences: 1 } });
      call.clock.advance(2000);
      call.clock.advance(8000);
    },
  },
  {
    name: 'a repetition',
    state: 'repeating.*',
    words: 'Hello, this is the hotel.',
    begin: (changes) => {
      const call = callOnPaper(changes).listening();
      call.press('*');
      return call;
    },
    next: 'listening.quiet',
    floor: 'prompts',
  },
  {
    name: 'what was cut for nothing',
    state: 'resuming.*',
    words: 'Hello, this is the hotel.',
    begin: (changes) => {
      const call = callOnPaper(changes);
      call.interim('hang on');
      call.clock.advance(2000);
      return call;
    },
    next: 'listening.quiet',
    floor: 'speaking',
    soon: (call) => call.ends('mm'),
  },
  {
    name: 'an answer once more',
    state: 'retelling.*',
    words: 'It was built by a king.',
    begin: (changes) => {
      const call = callOnPaper(changes).speaking('tell me', 'It was built by a king.');
      call.press('*');
      return call;
    },
    next: 'listening.quiet',
    answered: 'tell me stop please',
    floor: 'prompts',
    soon: (call) => {
      call.ends('tell me');
      call.sentence('It was built by a king.');
      call.finished();
      call.started();
      call.press('*');
    },
  },
  {
    name: 'that nobody is free',
    state: 'declining.*',
    words: 'Nobody is free, so let me help.',
    begin: (changes) => {
      const call = callOnPaper({ human: undefined as never, ...changes }).listening();
      call.press('0');
      return call;
    },
    next: 'listening.quiet',
    floor: 'prompts',
    soon: (call) => call.press('0'),
  },
  {
    name: 'an apology',
    state: 'apologising.reciting.*',
    words: 'Sorry, please say that again.',
    begin: (changes) => {
      const call = callOnPaper(changes).listening();
      call.caller('when is breakfast');
      refuses(call);
      return call;
    },
    next: 'listening.quiet',
    floor: 'prompts',
    answered: 'when is breakfast stop please',
    soon: (call) => {
      call.ends('when is breakfast');
      refuses(call);
    },
  },
  {
    name: 'a hand-over',
    state: 'transferring.announcing.*',
    words: 'I am connecting you.',
    begin: (changes) => {
      const call = callOnPaper(changes).listening();
      call.press('0');
      return call;
    },
    next: 'transferring.connecting',
    otherwise: 'transferring.connecting',
  },
  {
    name: 'a line of an operator',
    state: 'relaying.*',
    words: 'The manager is on her way.',
    begin: (changes) => {
      const call = callOnPaper(changes).listening();
      says(call);
      return call;
    },
    next: 'listening.quiet',
    floor: 'prompts',
    soon: says,
  },
  {
    name: 'a line of an operator who has the call',
    state: 'attended.saying.line.*|behind.staying',
    words: 'The manager is on her way.',
    begin: (changes) => {
      const call = callOnPaper(changes).listening();
      call.say({ type: 'operator.takeOver' });
      says(call);
      return call;
    },
    next: 'attended.waiting',
  },
];

const at = (state: string, inner: 'preparing' | 'sounding' | 'stalled') => state.replace('*', inner);
const stale = (call: Paper) => call.epoch() - 1;
const sounding = (call: Paper) => {
  call.started();
  call.told();
  return call;
};
const eager = (call: Paper, text: string) => call.say({ type: 'caller.eagerEndOfTurn', text });
const cutsOf = (call: Paper) => call.told().filter(({ type }) => type === 'playout.cut');

/** What stands in the middle of something is told once more with all that follows it. */
const TOLD_ON = new Set(['an answer once more', 'a line of an operator']);

describe.each(RECITALS)('$name', ({ state, words, begin, next, otherwise }) => {
  it('is given to a voice of its own', () => {
    const call = begin();
    expect(call.state).toBe(at(state, 'preparing'));
    expect(call.told().at(-1)).toEqual({ type: 'voice.start', sentences: [words] });
  });

  it('is in the history when its last mark came back, not when that of other words does', () => {
    const call = sounding(begin());
    call.say({ type: 'playout.finished', epoch: stale(call) });
    expect(call.state).toBe(at(state, 'sounding'));
    call.played();
    expect(call.state).toBe(next);
    expect(call.context.history.at(-1)).toEqual({ role: 'assistant', text: words });
    expect(cutsOf(call)).toEqual([]);
  });

  it('sounds with its own first frame', () => {
    const call = begin();
    call.say({ type: 'playout.started', epoch: stale(call), atMs: 0 });
    expect(call.state).toBe(at(state, 'preparing'));
    call.started();
    expect(call.state).toBe(at(state, 'sounding'));
  });

  it('waits 4 s for its first sound', () => {
    const call = begin();
    call.clock.advance(3999);
    expect(call.state).toBe(at(state, 'preparing'));
    call.clock.advance(1);
    if (otherwise === undefined) expect(call.output?.reason).toBe('voice-failed');
    else expect(call.state).toBe(otherwise);
  });

  it('may pause for 1.5 s, and then is cut', () => {
    const call = sounding(begin());
    call.say({ type: 'playout.starved', epoch: stale(call) });
    expect(call.state).toBe(at(state, 'sounding'));
    call.say({ type: 'playout.starved', epoch: call.epoch() });
    expect(call.state).toBe(at(state, 'stalled'));
    call.clock.advance(1499);
    call.say({ type: 'playout.resumed', epoch: stale(call) });
    expect(call.state).toBe(at(state, 'stalled'));
    call.say({ type: 'playout.resumed', epoch: call.epoch() });
    call.say({ type: 'playout.starved', epoch: call.epoch() });
    call.clock.advance(1499);
    expect([call.state, cutsOf(call)]).toEqual([at(state, 'stalled'), []]);
    call.clock.advance(1);
    expect([call.state, cutsOf(call).length]).toEqual([next, 1]);
  });

  it('never lasts longer than 7 s and half the pace of slow speech', () => {
    const call = sounding(begin());
    const cap = 2000 + 5000 + 143 * words.length;
    call.clock.advance(cap - 1);
    expect([call.state, cutsOf(call)]).toEqual([at(state, 'sounding'), []]);
    call.clock.advance(1);
    expect([call.state, cutsOf(call).length]).toEqual([next, 1]);
  });

  it.each([
    ['fails', (call: Paper) => call.say({ type: 'voice.failed', epoch: call.epoch(), failure })],
    ['breaks', (call: Paper) => breaks(call, 'voice')],
  ])('is over when its voice %s', (_, happens) => {
    const call = sounding(begin());
    happens(call);
    if (otherwise === undefined) expect(call.output?.reason).toBe('voice-failed');
    else expect(call.state).toBe(otherwise);
  });

  it('has nothing to do with the voice of other words', () => {
    const call = sounding(begin());
    call.say({ type: 'voice.failed', epoch: stale(call), failure });
    expect(call.state).toBe(at(state, 'sounding'));
  });
});

describe.each(RECITALS.filter(({ floor }) => floor === undefined))('$name is protected', ({ state, begin }) => {
  it('from speech and from keys', () => {
    const call = sounding(begin());
    call.starts();
    call.interim('stop please');
    eager(call, 'stop please');
    call.ends('stop please');
    call.press('0');
    call.press('*');
    expect([call.state, call.told()]).toEqual([at(state, 'sounding'), []]);
    expect(call.region('bargeIn')).toBe('latch.open|debounce.ready');
  });
});

describe.each(
  RECITALS.flatMap((recital) => (recital.floor ? [{ ...recital, floor: recital.floor }] : [])),
)('$name gives way', ({ name, state, begin, floor, answered = 'stop please' }) => {
  const closed = (what: 'speech' | 'keys') =>
    begin({ bargeIn: { ...DEFAULT_BARGE_IN, [floor]: { ...DEFAULT_FLOOR, [what]: false } } });

  it.each([
    ['an interim', (call: Paper) => call.interim('stop please')],
    ['what may be a whole turn', (call: Paper) => eager(call, 'stop please')],
  ])('to %s, in one act', (_, says) => {
    const call = sounding(begin());
    const epoch = call.epoch();
    says(call);
    expect(call.state).toBe('interrupted.hearing');
    expect(call.told()).toEqual([{ type: 'playout.cut', epoch: epoch + 1 }]);
    expect(call.region('bargeIn')).toBe('latch.latched|debounce.cooling');
  });

  it('to a whole turn, which is answered behind what was heard', () => {
    const call = sounding(begin());
    call.ends('stop please');
    expect([call.state, cutsOf(call).length]).toEqual(['interrupted.settling', 1]);
    call.clock.advance(100);
    expect(call.state).toBe('responding.thinking.committed.drafting.writing');
    expect(call.context.history.at(-1)).toEqual({ role: 'user', text: answered });
  });

  it.each(['mm', 'ok', 'uh-huh', 'uh-huh yeah', 'hot', ''])('not to "%s"', (text) => {
    const call = sounding(begin());
    call.interim(text);
    eager(call, text);
    call.ends(text);
    expect([call.state, call.told()]).toEqual([at(state, 'sounding'), []]);
  });

  it('to no speech where the profile says so', () => {
    const call = sounding(closed('speech'));
    call.interim('stop please');
    eager(call, 'stop please');
    call.ends('stop please');
    expect([call.state, call.told()]).toEqual([at(state, 'sounding'), []]);
  });

  it.each([
    ['0', name === 'that nobody is free' ? 'declining' : 'transferring.announcing'],
    ['*', TOLD_ON.has(name) || floor === 'speaking' ? 'retelling' : 'repeating'],
  ] as const)('to the key %s, unless the profile says otherwise', (key, then) => {
    const call = sounding(begin());
    call.press(key);
    expect(call.state).toBe(`${then}.preparing`);
    expect(call.told().map(({ type }) => type)).toEqual(['playout.cut', 'voice.start']);
    const deaf = sounding(closed('keys'));
    deaf.press(key);
    expect([deaf.state, deaf.told()]).toEqual([at(state, 'sounding'), []]);
  });

  it('to no other key', () => {
    const call = sounding(begin());
    call.press('5');
    expect([call.state, call.told()]).toEqual([at(state, 'sounding'), []]);
  });
});

describe.each(
  RECITALS.flatMap(({ soon, ...recital }) => (soon ? [{ ...recital, soon }] : [])),
)('$name soon after an interruption', ({ name, state, soon }) => {
  it('does not give way once more', () => {
    const call = callOnPaper(name === 'that nobody is free' ? { human: undefined as never } : {});
    call.interim('stop please');
    expect(call.state).toBe('interrupted.hearing');
    soon(call);
    sounding(call);
    call.interim('stop please now');
    eager(call, 'stop please now');
    expect([call.state, call.told()]).toEqual([at(state, 'sounding'), []]);
    call.clock.advance(400);
    call.starts();
    call.interim('stop please');
    expect(call.state).toBe('interrupted.hearing');
  });
});
