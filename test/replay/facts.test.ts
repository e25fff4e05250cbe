import { describe, expect, it } from '@jest/globals';
import { CallFacts } from '../../journal/facts.ts';
import { callOnPaper } from '../support/call-on-paper.ts';

const look = (facts: CallFacts, call: ReturnType<typeof callOnPaper>) => facts.look(call.call.getSnapshot());

describe('the facts of a call', () => {
  it('tell at first all, and then what changed', () => {
    const call = callOnPaper();
    const facts = new CallFacts();
    expect(look(facts, call)).toMatchObject({
      state: { call: 'active', conversation: 'greeting.preparing', line: 'up', length: 'within' },
      context: { epoch: 1, kept: '', topic: 'opening', next: 'listen', destination: null, history: '#97d170e1' },
    });
    expect(look(facts, call)).toEqual({});
    call.say({ type: 'recognition.live' });
    expect(look(facts, call)).toEqual({ state: { recognition: 'live' } });
    call.played();
    expect(look(facts, call)).toEqual({
      state: { conversation: 'listening.quiet' },
      context: { history: expect.stringMatching(/^#[0-9a-f]{8}$/), saying: '#97d170e1' },
    });
  });

  it('of a call that is over name no region any more', () => {
    const call = callOnPaper();
    const facts = new CallFacts();
    look(facts, call);
    call.say({ type: 'line.stopped' });
    expect(look(facts, call)).toEqual({
      state: { call: 'done', conversation: null, line: null, bargeIn: null, recognition: null, length: null },
      context: { reason: 'caller-hung-up' },
    });
  });

  it('are the same for the same call, however often it was looked at', () => {
    const [one, other] = [callOnPaper(), callOnPaper()];
    const [often, once] = [new CallFacts(), new CallFacts()];
    for (const step of [
      () => [one, other].map((call) => call.played()),
      () => [one, other].map((call) => call.caller('tell me')),
    ]) {
      step();
      look(often, one);
    }
    look(once, other);
    expect(often.differences(once)).toEqual([]);
    other.sentence('The hotel was built by a king.');
    look(once, other);
    expect(often.differences(once).map(({ kind, name }) => [kind, name])).toEqual([
      ['state', 'conversation'],
      ['context', 'saying'],
    ]);
  });

  it('learned from a journal compare with those that were seen, and a part that one chart lacks says nothing', () => {
    const call = callOnPaper();
    const [seen, learned] = [new CallFacts(), new CallFacts()];
    const { state = {}, context = {} } = look(seen, call);
    const { epoch: _, ...rest } = context;
    learned.learn({ state: { ...state, weather: 'rain' }, context: rest });
    expect(seen.differences(learned)).toEqual([]);
    learned.learn({ context: { topic: 'dinner' } });
    expect(seen.differences(learned)).toEqual([{ kind: 'context', name: 'topic', mine: 'opening', other: 'dinner' }]);
  });
});
