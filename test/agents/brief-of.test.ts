import { describe, expect, it } from '@jest/globals';
import { briefOf } from '../../agents/brief-of.ts';
import { loadProfile } from '../../agents/load-profile.ts';
import { DEFAULT_BARGE_IN, DEFAULT_DEADLINES } from '../../machines/call/brief.ts';

const clinic = loadProfile('clinic');

describe('the brief of a call', () => {
  it('takes the script from the profile and the waits from the defaults', () => {
    expect(briefOf(clinic, { callSid: 'CA01' })).toEqual({
      callSid: 'CA01',
      agent: 'clinic',
      script: clinic.script,
      deadlines: DEFAULT_DEADLINES,
      bargeIn: DEFAULT_BARGE_IN,
      openingTopic: 'opening',
      emergencyPhrases: ['connecting you to emergency services'],
    });
  });

  it('lets the policy of the profile win over the defaults', () => {
    const profile = { ...clinic, policy: { deadlines: { silence: 5000 }, bargeIn: { greeting: { speech: false } } } };
    const brief = briefOf(profile, { callSid: 'CA01' });
    expect(brief.deadlines).toEqual({ ...DEFAULT_DEADLINES, silence: 5000 });
    expect(brief.bargeIn).toEqual({
      ...DEFAULT_BARGE_IN,
      greeting: { speech: false, keys: true, minimumCharacters: 4 },
    });
  });

  it('merges each floor by itself', () => {
    const bargeIn = {
      backChannel: ['si'],
      prompts: { keys: false },
      speaking: { minimumCharacters: 9 },
      falseInterruption: 'listen',
    } as const;
    const profile = { ...clinic, policy: { deadlines: {}, bargeIn: { ...bargeIn, backChannel: ['si'] } } };
    expect(briefOf(profile, { callSid: 'CA01' }).bargeIn).toEqual({
      backChannel: ['si'],
      greeting: { speech: true, keys: true, minimumCharacters: 4 },
      prompts: { speech: true, keys: false, minimumCharacters: 4 },
      speaking: { speech: true, keys: true, minimumCharacters: 9 },
      falseInterruption: 'listen',
    });
  });

  it('says where to hand over, and lets the numbers of the profile win', () => {
    const profile = { ...clinic, numbers: { human: '+14155550101' } };
    const brief = briefOf(profile, { callSid: 'CA01', human: '+14155550100', emergency: '+14155550911' });
    expect(brief.human).toEqual({ kind: 'human', number: '+14155550101' });
    expect(brief.emergency).toEqual({ kind: 'emergency', number: '+14155550911' });
  });

  it('knows queues, and lets the queue of the profile win over both settings', () => {
    expect(briefOf(clinic, { callSid: 'CA01', queue: 'support' }).human).toEqual({ kind: 'human', queue: 'support' });
    const profile = { ...clinic, queues: { human: 'nurses' } };
    for (const options of [{}, { human: '+14155550100' }, { queue: 'support' }])
      expect(briefOf(profile, { callSid: 'CA01', ...options }).human).toEqual({ kind: 'human', queue: 'nurses' });
  });
});
