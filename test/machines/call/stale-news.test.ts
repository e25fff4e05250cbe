import { describe, expect, it } from '@jest/globals';
import type { CallBrief } from '../../../machines/call/brief.ts';
import type { CallEvent } from '../../../machines/call/events.ts';
import { callOnPaper } from '../../support/call-on-paper.ts';

type Paper = ReturnType<typeof callOnPaper>;
const failure = { code: 'unavailable', message: 'down', retryable: false } as const;

/** What the reply, the voice and playout of a turn may tell. */
const newsOf = (epoch: number): readonly CallEvent[] => [
  { type: 'reply.sentence', epoch, index: 0, text: 'Old.' },
  { type: 'reply.toolCalled', epoch, id: 't0', name: 'look_up', arguments: '{}' },
  { type: 'reply.toolReturned', epoch, id: 't0', result: '{}' },
  { type: 'reply.emergency', epoch, phrase: 'call an ambulance' },
  { type: 'reply.finished', epoch, next: 'listen', expects: 'old' },
  { type: 'reply.finished', epoch, next: 'hangUp' },
  { type: 'reply.finished', epoch, next: 'transfer' },
  { type: 'reply.failed', epoch, failure },
  { type: 'voice.failed', epoch, failure },
  { type: 'playout.started', epoch, atMs: 0 },
  { type: 'playout.heard', epoch, sentence: 0 },
  { type: 'playout.starved', epoch },
  { type: 'playout.resumed', epoch },
  { type: 'playout.finished', epoch },
  { type: 'playout.cut', epoch, heard: { sentences: 1 } },
];

const asked = (changes?: Partial<CallBrief>): Paper => {
  const call = callOnPaper(changes).listening();
  call.caller('when is breakfast');
  return call;
};
const guessed = (): Paper => {
  const call = callOnPaper().listening();
  call.say({ type: 'caller.eagerEndOfTurn', text: 'when is breakfast' });
  return call;
};
const starved = (call: Paper): Paper => {
  call.say({ type: 'playout.starved', epoch: call.epoch() });
  return call;
};
const speaks = (next: 'listen' | 'hangUp' | 'transfer' | 'apologise' | undefined, ...sentences: string[]): Paper => {
  const call = asked();
  for (const text of sentences) call.sentence(text);
  call.started();
  if (next === 'apologise') call.say({ type: 'reply.failed', epoch: call.epoch(), failure });
  else if (next !== undefined) call.finished(next);
  return call;
};
/** Cut in the middle of an answer for nothing, the agent goes on with it. */
const goesOn = (...answer: Parameters<typeof speaks>): Paper => {
  const call = speaks(...answer);
  call.willHaveHeard({ sentences: 0 });
  call.interim('hang on');
  call.clock.advance(2000);
  call.started();
  return call;
};
/** `*` was pressed in the middle of an answer. */
const tellsAgain = (...answer: Parameters<typeof speaks>): Paper => {
  const call = speaks(...answer);
  call.press('*');
  call.started();
  return call;
};
/** An operator cuts in with a line, behind all that was said so far. */
const relays = (...answer: Parameters<typeof speaks>): Paper => {
  const call = speaks(...answer);
  call.willHaveHeard({ sentences: answer.length - 1 });
  call.say({ type: 'operator.say', text: 'The manager is on her way.' });
  call.started();
  return call;
};
/** An operator has taken the call over, has a line said, and wants something behind it. */
const attends = (type: 'operator.handBack' | 'operator.transfer' | 'operator.hangUp' | 'operator.takeOver'): Paper => {
  const call = callOnPaper().listening();
  call.say({ type: 'operator.takeOver' });
  call.say({ type: 'operator.say', text: 'The manager is on her way.' });
  call.started();
  call.say({ type });
  return call;
};

const MOMENTS: readonly (readonly [string, string, () => Paper])[] = [
  ['writes', 'responding.thinking.committed.drafting.writing', asked],
  [
    'writes, and has nobody to hand over to',
    'responding.thinking.committed.drafting.writing',
    () => asked({ human: undefined as never, emergency: undefined as never }),
  ],
  [
    'waits for a tool',
    'responding.thinking.committed.drafting.usingTool',
    () => {
      const call = asked();
      call.say({ type: 'reply.toolCalled', epoch: call.epoch(), id: 't1', name: 'look_up', arguments: '{}' });
      return call;
    },
  ],
  [
    'thinks on behind its first words',
    'responding.thinking.committed.drafting.writing',
    () => {
      const call = speaks(undefined, 'Let me check.');
      call.heard(0);
      return starved(call);
    },
  ],
  [
    'has words and no sound yet',
    'responding.thinking.committed.synthesising',
    () => {
      const call = asked();
      call.sentence('From seven.');
      return call;
    },
  ],
  ['answers a guess', 'responding.thinking.speculating', guessed],
  [
    'answers a guess, and owes an answer as well',
    'responding.thinking.speculating',
    () => {
      const call = asked();
      call.starts();
      call.say({ type: 'caller.eagerEndOfTurn', text: 'on sundays' });
      return call;
    },
  ],
  [
    'has an answer to a guess',
    'responding.thinking.speculating',
    () => {
      const call = guessed();
      call.sentence('From seven.');
      return call;
    },
  ],
  ['speaks', 'responding.speaking.sounding', () => speaks('listen', 'From seven.', 'Until ten.')],
  [
    'was heard so far',
    'responding.speaking.sounding',
    () => {
      const call = speaks(undefined, 'From seven.');
      call.heard(0);
      return call;
    },
  ],
  ['speaks and will hang up', 'responding.speaking.sounding', () => speaks('hangUp', 'You are welcome.')],
  ['speaks and will hand over', 'responding.speaking.sounding', () => speaks('transfer', 'Of course.')],
  ['speaks and will apologise', 'responding.speaking.sounding', () => speaks('apologise', 'From')],
  ['stalls in its last sentence', 'responding.speaking.stalled', () => starved(speaks(undefined, 'From seven.'))],
  [
    'stalls before its last sentence',
    'responding.speaking.stalled',
    () => starved(speaks(undefined, 'From seven.', 'Until ten.')),
  ],
  ['goes on and will listen', 'resuming.sounding', () => goesOn('listen', 'From seven.')],
  ['goes on and will write on', 'resuming.sounding', () => goesOn(undefined, 'From seven.')],
  ['goes on and will hang up', 'resuming.sounding', () => goesOn('hangUp', 'You are welcome.')],
  ['goes on and will hand over', 'resuming.sounding', () => goesOn('transfer', 'Of course.')],
  ['goes on and will apologise', 'resuming.sounding', () => goesOn('apologise', 'From')],
  ['tells again and will listen', 'retelling.sounding', () => tellsAgain('listen', 'From seven.')],
  ['tells again and will write on', 'retelling.sounding', () => tellsAgain(undefined, 'From seven.')],
  ['tells again and will hang up', 'retelling.sounding', () => tellsAgain('hangUp', 'You are welcome.')],
  ['tells again and will hand over', 'retelling.sounding', () => tellsAgain('transfer', 'Of course.')],
  ['tells again and will apologise', 'retelling.sounding', () => tellsAgain('apologise', 'From')],
  ['says a line and will listen', 'relaying.sounding', () => relays('listen', 'From seven.')],
  ['says a line and owes an answer', 'relaying.sounding', () => relays(undefined, 'From seven.')],
  ['says a line and will hang up', 'relaying.sounding', () => relays('hangUp', 'You are welcome.')],
  ['says a line and will hand over', 'relaying.sounding', () => relays('transfer', 'Of course.')],
  ['says a line and will apologise', 'relaying.sounding', () => relays('apologise', 'From')],
  ['waits for a line', 'attended.saying.line.sounding|behind.staying', () => attends('operator.takeOver')],
  [
    'waits for a line and to be handed back',
    'attended.saying.line.sounding|behind.handingBack',
    () => attends('operator.handBack'),
  ],
  [
    'waits for a line and a hand-over',
    'attended.saying.line.sounding|behind.transferring',
    () => attends('operator.transfer'),
  ],
  [
    'waits for a line and the goodbye',
    'attended.saying.line.sounding|behind.hangingUp',
    () => attends('operator.hangUp'),
  ],
  [
    'says goodbye',
    'closing',
    () => {
      const call = callOnPaper().listening();
      call.say({ type: 'operator.hangUp' });
      return call;
    },
  ],
  [
    'waits to know what was heard',
    'interrupted.settling',
    () => {
      const call = speaks('listen', 'From seven.');
      call.ends('and the pool');
      return call;
    },
  ],
  [
    'listens to a caller who cut it',
    'interrupted.hearing',
    () => {
      const call = speaks('listen', 'From seven.');
      call.interim('stop please');
      return call;
    },
  ],
];

describe('news of a turn that is over change nothing', () => {
  it.each(MOMENTS)('while the agent %s', (_, state, begin) => {
    const call = begin();
    call.clock.advance(50);
    const sight = () => ({
      state: call.state,
      context: call.context,
      alive: call.alive(),
      timers: call.clock.remaining,
      told: call.told(),
    });
    call.told();
    const before = sight();
    expect(before.state).toBe(state);
    const over = [call.epoch() - 1, call.epoch() - 2].flatMap(newsOf);
    // The report of the last cut is no old news: it is awaited.
    const awaited = (event: CallEvent) => event.type === 'playout.cut' && event.epoch === call.context.cutOff?.epoch;
    const changed = over.filter((event) => {
      if (!awaited(event)) call.say(event);
      return JSON.stringify(sight()) !== JSON.stringify(before);
    });
    expect(changed).toEqual([]);
  });
});
