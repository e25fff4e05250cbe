import { expect, it } from '@jest/globals';
import { silentLogger } from '../../server/logging.ts';
import { readSettings } from '../../server/settings.ts';
import { unreachable } from '../../server/unreachable.ts';
import { testServer } from './test-server.ts';

const HUMAN_NUMBER = '+14155550100';
const account = { TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`, TWILIO_AUTH_TOKEN: 'an-auth-token' };
const clinic = { name: 'clinic', emergencyPhrases: ['connecting you'], numbers: {}, queues: {} };
const quiet = { ...clinic, emergencyPhrases: [] };

it.each([
  [quiet, {}, []],
  [clinic, { EMERGENCY_FALLBACK_NUMBER: HUMAN_NUMBER }, []],
  [{ ...clinic, numbers: { emergency: HUMAN_NUMBER } }, {}, []],
  [clinic, {}, ['“clinic” promises help in an emergency, and connects to NOBODY: set EMERGENCY_FALLBACK_NUMBER']],
  [
    clinic,
    { HUMAN_NUMBER, ...account },
    ['“clinic” promises help in an emergency, and connects to HUMAN_NUMBER: set EMERGENCY_FALLBACK_NUMBER'],
  ],
  [
    clinic,
    { HUMAN_QUEUE: 'support', ...account },
    ['“clinic” promises help in an emergency, and connects to NOBODY: set EMERGENCY_FALLBACK_NUMBER'],
  ],
  [
    { ...quiet, queues: { human: 'support' } },
    { HUMAN_NUMBER },
    ['no caller can be handed to HUMAN_QUEUE while the agent talks: set TWILIO_ACCOUNT_SID and _AUTH_TOKEN'],
  ],
  [
    quiet,
    { HUMAN_NUMBER, TWILIO_AUTH_TOKEN: 'an-auth-token' },
    ['no caller can be handed to HUMAN_NUMBER while the agent talks: set TWILIO_ACCOUNT_SID and _AUTH_TOKEN'],
  ],
])('what nobody will keep: case %#', (profile, environment, warnings) => {
  expect(unreachable(profile, readSettings(environment))).toEqual(warnings);
});

it('is said when the server starts', async () => {
  const logger = silentLogger();
  const said: string[] = [];
  logger.warn = ((message: string) => said.push(message)) as never;
  const server = await testServer({ AGENT: 'clinic' }, { logger });
  await server.stop();
  expect(said).toEqual([
    '“clinic” promises help in an emergency, and connects to NOBODY: set EMERGENCY_FALLBACK_NUMBER',
  ]);
});
