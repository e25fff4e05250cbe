import { describe, expect, it } from '@jest/globals';
import { BRIEF, callOnPaper, GREETED } from '../../support/call-on-paper.ts';

type Paper = ReturnType<typeof callOnPaper>;
const failure = { code: 'unavailable', message: 'down', retryable: false } as const;
const WRITING = 'responding.thinking.committed.drafting.writing';
const LINE = { role: 'assistant', text: 'The manager is on her way.' } as const;
const user = (text: string) => ({ role: 'user', text }) as const;

const operator = (call: Paper, type: 'takeOver' | 'handBack' | 'transfer' | 'hangUp') =>
  call.say({ type: `operator.${type}` });
const lets = (call: Paper, text = 'The manager is on her way.') => call.say({ type: 'operator.say', text });
const types = (call: Paper) => call.told().map(({ type }) => type);

const listening = (): Paper => callOnPaper().listening();
const speaking = (): Paper => callOnPaper().speaking('tell me', 'It was built by a king.');
const attended = (begin: () => Paper = listening): Paper => {
  const call = begin();
  operator(call, 'takeOver');
  expect(call.state).toBe('attended.waiting');
  call.told();
  return call;
};
const saying = (begin?: () => Paper): Paper => {
  const call = attended(begin);
  lets(call);
  call.started();
  call.told();
  return call;
};

describe('an operator who takes the call over', () => {
  it.each([
    ['the greeting', () => callOnPaper()],
    ['listening', listening],
    [
      'an answer that is on its way',
      () => {
        const call = listening();
        call.caller('tell me');
        return call;
      },
    ],
    ['an answer', speaking],
    [
      'an interruption',
      () => {
        const call = speaking();
        call.interim('stop please');
        return call;
      },
    ],
  ])('silences the agent: %s', (_, begin) => {
    const call = begin();
    const epoch = call.epoch();
    call.told();
    operator(call, 'takeOver');
    expect([call.state, call.told()]).toEqual(['attended.waiting', [{ type: 'playout.cut', epoch: epoch + 1 }]]);
    expect(call.alive()).toEqual(['playout', 'recogniser']);
  });

  it('has it: neither words nor keys nor taking it over again change that', () => {
    const call = attended();
    call.starts();
    call.interim('when is breakfast');
    call.say({ type: 'caller.eagerEndOfTurn', text: 'when is breakfast' });
    call.ends('when is breakfast');
    call.ends('');
    call.press('0');
    call.press('*');
    operator(call, 'takeOver');
    expect([call.state, call.told()]).toEqual(['attended.waiting', []]);
    expect(call.context.history).toEqual([GREETED, user('when is breakfast')]);
  });

  it.each<[string, (call: Paper) => void]>([
    ['hands it back', (call) => operator(call, 'handBack')],
    ['is gone for 120 s', (call) => call.clock.advance(120_000)],
  ])('and %s leaves it to the agent, who listens', (_, happens) => {
    const call = attended();
    happens(call);
    expect([call.state, call.told()]).toEqual(['listening.quiet', []]);
  });

  it.each<[string, (call: Paper) => void]>([
    ['hands it back', (call) => operator(call, 'handBack')],
    ['is gone for 120 s', (call) => call.clock.advance(120_000)],
  ])('and %s leaves it to the agent, who answers what the caller said', (_, happens) => {
    const call = attended();
    call.ends('when is breakfast');
    happens(call);
    expect(call.state).toBe(WRITING);
    expect(call.told()).toEqual([
      { type: 'reply.start', history: [GREETED, user('when is breakfast')] },
      { type: 'voice.start', sentences: [] },
    ]);
  });

  it('is not gone after 119,999 ms', () => {
    const call = attended();
    call.clock.advance(119_999);
    expect(call.state).toBe('attended.waiting');
  });

  it('hands the caller to a human, or hangs up', () => {
    const handsOver = attended();
    operator(handsOver, 'transfer');
    expect(handsOver.state).toBe('transferring.announcing.preparing');
    const hangsUp = attended();
    operator(hangsUp, 'hangUp');
    expect(hangsUp.state).toBe('closing');
    hangsUp.played();
    expect(hangsUp.output).toEqual({ reason: 'operator', next: { verb: 'hangUp' } });
  });
});

describe('a line of an operator who has the call', () => {
  it('comes before what the caller said meanwhile', () => {
    const call = saying();
    call.ends('thank you');
    call.ends('');
    expect(call.context.history).toEqual([GREETED]);
    call.played();
    expect(call.state).toBe('attended.waiting');
    expect(call.context.history).toEqual([GREETED, LINE, user('thank you')]);
  });

  it('is cut by another one only', () => {
    const call = saying();
    lets(call, 'She is here.');
    expect(types(call)).toEqual(['playout.cut', 'voice.start']);
    expect(call.state).toBe('attended.saying.line.preparing|behind.staying');
    call.played();
    expect(call.context.history.at(-1)).toEqual({ role: 'assistant', text: 'She is here.' });
  });

  it.each([
    ['handBack', 'handingBack', 'listening.quiet'],
    ['transfer', 'transferring', 'transferring.announcing.preparing'],
    ['hangUp', 'hangingUp', 'closing'],
  ] as const)('is said to its end before %s', (type, behind, next) => {
    const call = saying();
    operator(call, type);
    expect([call.state, call.told()]).toEqual([`attended.saying.line.sounding|behind.${behind}`, []]);
    call.played();
    expect(call.state).toBe(next);
    expect(call.context.history.at(-1)).toEqual(LINE);
  });

  it.each([
    ['handBack', 'listening.quiet'],
    ['transfer', 'transferring.announcing.preparing'],
    ['hangUp', 'closing'],
    [undefined, 'attended.waiting'],
  ] as const)('is given up before %s when its voice stalls, or when it takes too long', (type, next) => {
    const stalls = saying();
    if (type) operator(stalls, type);
    stalls.say({ type: 'playout.starved', epoch: stalls.epoch() });
    stalls.clock.advance(1500);
    expect([stalls.state, types(stalls)[0]]).toEqual([next, 'playout.cut']);
    const lasts = saying();
    if (type) operator(lasts, type);
    lasts.clock.advance(7000 + 143 * LINE.text.length);
    expect([lasts.state, types(lasts)[0]]).toEqual([next, 'playout.cut']);
  });

  it.each([
    'handBack',
    'transfer',
    'hangUp',
    'takeOver',
  ] as const)('loses no words when it is over, before %s', (type) => {
    for (const isOver of [
      (call: Paper) => call.played(),
      (call: Paper) => call.clock.advance(7000 + 143 * LINE.text.length),
      (call: Paper) => {
        call.say({ type: 'playout.starved', epoch: call.epoch() });
        call.clock.advance(1500);
      },
    ]) {
      const call = saying();
      call.ends('thank you');
      operator(call, type);
      isOver(call);
      expect(call.context.history.at(-1)).toEqual(user('thank you'));
    }
  });

  it('is the last one but the goodbye when the operator hangs up', () => {
    const call = saying();
    operator(call, 'hangUp');
    call.played();
    call.played();
    expect(call.output).toEqual({ reason: 'operator', next: { verb: 'hangUp' } });
  });

  it('is followed by nothing when the operator stays after all', () => {
    const call = saying();
    for (const type of ['handBack', 'transfer', 'hangUp'] as const) {
      operator(call, type);
      operator(call, 'takeOver');
    }
    expect(call.state).toBe('attended.saying.line.sounding|behind.staying');
    call.played();
    expect(call.state).toBe('attended.waiting');
  });

  it('is followed by the answer that is owed when the call is handed back', () => {
    const call = saying();
    call.ends('when is breakfast');
    operator(call, 'handBack');
    call.played();
    expect(call.state).toBe(WRITING);
    expect(call.context.history).toEqual([GREETED, LINE, user('when is breakfast')]);
  });

  it('loses nothing that was said meanwhile when it is cut by another one, or never ends', () => {
    const cut = saying();
    cut.ends('thank you');
    lets(cut, 'She is here.');
    expect(cut.context.history).toEqual([GREETED, user('thank you')]);
    const stalls = saying();
    stalls.ends('thank you');
    stalls.say({ type: 'playout.starved', epoch: stalls.epoch() });
    stalls.clock.advance(1500);
    expect(stalls.context.history).toEqual([GREETED, user('thank you')]);
  });
});

/** What a line may cut, and what follows it. */
const CUT: readonly (readonly [string, () => Paper, string])[] = [
  [
    'a question, which is answered behind it',
    () => {
      const call = listening();
      call.caller('when is breakfast');
      return call;
    },
    WRITING,
  ],
  ['silence', listening, 'listening.quiet'],
  [
    'an answer that leads to the goodbye',
    () => {
      const call = speaking();
      call.say({ type: 'reply.finished', epoch: call.epoch(), next: 'hangUp' });
      call.willHaveHeard({ sentences: 1 });
      return call;
    },
    'closing',
  ],
  [
    'an answer that leads to a hand-over',
    () => {
      const call = speaking();
      call.say({ type: 'reply.finished', epoch: call.epoch(), next: 'transfer' });
      call.willHaveHeard({ sentences: 1 });
      return call;
    },
    'transferring.announcing.preparing',
  ],
  [
    'an answer that was not completed',
    () => {
      const call = speaking();
      call.say({ type: 'reply.failed', epoch: call.epoch(), failure });
      call.willHaveHeard({ sentences: 1 });
      return call;
    },
    'apologising.reciting.preparing',
  ],
];

describe('an operator who leaves the call to the agent', () => {
  it('has a line said, in the middle of anything', () => {
    const call = speaking();
    const epoch = call.epoch();
    lets(call);
    expect(call.state).toBe('relaying.preparing');
    expect(call.told()).toEqual([
      { type: 'playout.cut', epoch: epoch + 1 },
      { type: 'voice.start', sentences: ['The manager is on her way.'] },
    ]);
  });

  it.each(CUT)('does not make the agent forget what it cuts: %s', (_, begin, next) => {
    const call = begin();
    lets(call);
    call.started();
    call.played();
    expect(call.state).toBe(next);
    expect(call.context.history).toContainEqual(LINE);
  });

  it.each(CUT)('nor when the line stalls, or takes too long: %s', (_, begin, next) => {
    const stalls = begin();
    lets(stalls);
    stalls.started();
    stalls.say({ type: 'playout.starved', epoch: stalls.epoch() });
    stalls.told();
    stalls.clock.advance(1500);
    expect([stalls.state, types(stalls)[0]]).toEqual([next, 'playout.cut']);
    const lasts = begin();
    lets(lasts);
    lasts.started();
    lasts.told();
    lasts.clock.advance(7000 + 143 * LINE.text.length);
    expect([lasts.state, types(lasts)[0]]).toEqual([next, 'playout.cut']);
  });

  it.each([
    ['transfer', 'transferring.announcing.preparing'],
    ['hangUp', 'closing'],
  ] as const)('may %s as well', (type, next) => {
    const call = speaking();
    const epoch = call.epoch();
    operator(call, type);
    expect([call.state, call.told()[0]]).toEqual([next, { type: 'playout.cut', epoch: epoch + 1 }]);
  });

  it('hands nothing back', () => {
    const call = speaking();
    operator(call, 'handBack');
    expect([call.state, call.told()]).toEqual(['responding.speaking.sounding', []]);
  });
});

describe('the disclosure', () => {
  const disclosing = () => {
    const call = callOnPaper({ script: { ...BRIEF.script, disclosure: ['This call is recorded.'] } });
    call.started();
    call.told();
    return call;
  };

  it('is heard to its end, whatever an operator wants', () => {
    const call = disclosing();
    operator(call, 'takeOver');
    lets(call);
    operator(call, 'handBack');
    operator(call, 'transfer');
    expect([call.state, call.told()]).toEqual(['disclosing.reciting.sounding', []]);
  });

  it('is followed by the greeting when the caller said nothing that means anything', () => {
    const call = disclosing();
    call.ends('mm');
    call.ends('');
    call.played();
    expect(call.state).toBe('greeting.preparing');
  });

  it('is followed by the answer to what the caller said meanwhile', () => {
    const call = disclosing();
    call.ends('when is breakfast');
    call.ends('on sundays');
    expect(call.context.history).toEqual([]);
    call.played();
    expect(call.state).toBe(WRITING);
    expect(call.context.history).toEqual([
      { role: 'assistant', text: 'This call is recorded.' },
      user('when is breakfast on sundays'),
    ]);
  });

  it('loses no words to an operator who hangs up', () => {
    const call = disclosing();
    call.ends('when is breakfast');
    operator(call, 'hangUp');
    expect([call.state, call.context.history]).toEqual(['closing', [user('when is breakfast')]]);
  });

  it.each<[string, (call: Paper) => void]>([
    [
      'stalls',
      (call) => {
        call.say({ type: 'playout.starved', epoch: call.epoch() });
        call.clock.advance(1500);
      },
    ],
    ['takes too long', (call) => call.clock.advance(7000 + 143 * 'This call is recorded.'.length)],
  ])('that %s is followed by the answer, too', (_, happens) => {
    const call = disclosing();
    call.ends('when is breakfast');
    happens(call);
    expect([call.state, call.context.history]).toEqual([WRITING, [user('when is breakfast')]]);
  });
});
