import { afterEach, beforeEach, expect, it } from '@jest/globals';
import twilio from 'twilio';
import { createTwilioRest, type TwilioRest } from '../../../../emulators/twilio/rest/server.ts';

const accountSid = `AC${'1'.repeat(32)}`;
const authToken = 'a-secret-of-twilio';

let rest: TwilioRest;
beforeEach(async () => {
  rest = await createTwilioRest({ accountSid, authToken });
});
afterEach(() => rest.close());

const fetchAs = (token: string) => {
  const client = twilio(accountSid, token);
  client.api.baseUrl = rest.baseUrl;
  return client.api.v2010.accounts(accountSid).fetch();
};

it('shows the account to whoever has its token, with the real SDK', async () => {
  await expect(fetchAs(authToken)).resolves.toMatchObject({ sid: accountSid, status: 'active', type: 'Full' });
  await expect(fetchAs('another-token')).rejects.toMatchObject({ status: 401, code: 20003 });
});
