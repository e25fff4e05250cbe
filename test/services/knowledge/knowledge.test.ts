import { describe, expect, it } from '@jest/globals';
import { loadProfile } from '../../../agents/load-profile.ts';
import { createKnowledge } from '../../../services/knowledge/knowledge.ts';
import { NearestExample } from '../../../services/knowledge/nearest-example.ts';

describe('knowledge', () => {
  const knowledge = createKnowledge(loadProfile('clinic'));

  it('tells a fact, differently the second time', () => {
    expect(knowledge.tell('insurance', 0)).toBe(
      'We accept most health plans. Please bring your insurance card, and the front desk will check it before your visit.',
    );
    expect(knowledge.tell('insurance', 1)).toBe('We accept most plans. Just bring your insurance card.');
    expect(knowledge.tell('golf', 0)).toBeUndefined();
  });

  it('finds the fact that answers a question, or none', () => {
    expect(knowledge.find('Where is your clinic?')?.fact).toBe('address');
    expect(knowledge.find('purple elephants')).toBeUndefined();
  });

  it('fits into a prompt', () => {
    expect(knowledge.sheet().split('\n')[0]).toBe(
      'hours: The clinic is open from eight in the morning to five in the afternoon, Monday to Friday. On weekends we are closed.',
    );
  });
});

describe('the nearest example', () => {
  const index = new NearestExample([
    { label: 'pool', text: 'do you have a pool' },
    { label: 'pool', text: 'can i swim' },
    { label: 'dog', text: 'can i bring my dog' },
  ]);

  it('names each label once, with the example that decided', () => {
    const ranked = index.rank('can i bring a dog');
    expect(ranked.map(({ label, example }) => [label, example])).toEqual([
      ['dog', 'can i bring my dog'],
      ['pool', 'can i swim'],
    ]);
  });

  it('has score 1 for the same words and nothing for strange ones', () => {
    expect(index.rank('can i swim')[0]?.score).toBeCloseTo(1);
    expect(index.rank('xyzzy')).toEqual([]);
    expect(index.rank('')).toEqual([]);
  });
});
