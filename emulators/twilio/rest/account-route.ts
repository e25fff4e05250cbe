import type { IRouter } from 'express';
import { rfc2822 } from '../rfc2822.ts';

/** `GET Accounts/{sid}.json`: the account itself. @see https://www.twilio.com/docs/iam/api/account */
export function addAccountRoute(router: IRouter, accountSid: string): void {
  const createdAt = rfc2822(new Date());
  router.get(`/2010-04-01/Accounts/${accountSid}.json`, (_request, response) => {
    response.json({
      sid: accountSid,
      friendly_name: 'Emulated account',
      status: 'active',
      type: 'Full',
      owner_account_sid: accountSid,
      date_created: createdAt,
      date_updated: createdAt,
      uri: `/2010-04-01/Accounts/${accountSid}.json`,
    });
  });
}
