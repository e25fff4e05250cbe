import type { Router } from 'express';
import { z } from 'zod';
import { rfc2822 } from '../rfc2822.ts';
import { newSid } from '../sid.ts';
import { badRequest, notFound, sendError } from './errors.ts';

const webhookSettings = z.object({
  FriendlyName: z.string().optional(),
  VoiceUrl: z.string().optional(),
  VoiceMethod: z.enum(['GET', 'POST']).optional(),
  VoiceFallbackUrl: z.string().optional(),
  VoiceFallbackMethod: z.enum(['GET', 'POST']).optional(),
  StatusCallback: z.string().optional(),
  StatusCallbackMethod: z.enum(['GET', 'POST']).optional(),
});

type WebhookSettings = z.infer<typeof webhookSettings>;

interface PhoneNumber {
  readonly sid: string;
  readonly number: string;
  readonly createdAt: Date;
  settings: WebhookSettings;
}

/**
 * `IncomingPhoneNumbers.json` and `IncomingPhoneNumbers/{sid}.json`: which webhooks a number has, and changing them.
 *
 * @param numbers the account's numbers, E.164
 * @see https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource
 */
export function addPhoneNumberRoutes(router: Router, accountSid: string, numbers: readonly string[]): void {
  const owned = numbers.map(
    (number): PhoneNumber => ({ sid: newSid('PN'), number, createdAt: new Date(), settings: {} }),
  );
  router.get('/IncomingPhoneNumbers.json', (request, response) => {
    const { PhoneNumber: wanted, PageSize } = request.query;
    const found = owned.filter(({ number }) => wanted === undefined || number === wanted);
    response.json({
      incoming_phone_numbers: found.map((number) => resource(accountSid, number)),
      page: 0,
      page_size: Number(PageSize ?? 50),
      start: 0,
      end: Math.max(0, found.length - 1),
      uri: request.originalUrl,
      first_page_uri: request.originalUrl,
      next_page_uri: null,
      previous_page_uri: null,
    });
  });
  router.post('/IncomingPhoneNumbers/:file', (request, response) => {
    const number = owned.find(({ sid }) => `${sid}.json` === request.params.file);
    if (number === undefined) return sendError(response, notFound(request.originalUrl));
    const asked = webhookSettings.safeParse(request.body);
    if (!asked.success) return sendError(response, badRequest(20001, z.prettifyError(asked.error)));
    number.settings = { ...number.settings, ...asked.data };
    response.json(resource(accountSid, number));
  });
}

function resource(accountSid: string, { sid, number, createdAt, settings }: PhoneNumber): object {
  return {
    sid,
    account_sid: accountSid,
    phone_number: number,
    friendly_name: settings.FriendlyName ?? number,
    api_version: '2010-04-01',
    voice_url: settings.VoiceUrl ?? '',
    voice_method: settings.VoiceMethod ?? 'POST',
    voice_fallback_url: settings.VoiceFallbackUrl ?? '',
    voice_fallback_method: settings.VoiceFallbackMethod ?? 'POST',
    status_callback: settings.StatusCallback ?? '',
    status_callback_method: settings.StatusCallbackMethod ?? 'POST',
    capabilities: { voice: true, sms: true, mms: true, fax: false },
    date_created: rfc2822(createdAt),
    date_updated: rfc2822(createdAt),
    uri: `/2010-04-01/Accounts/${accountSid}/IncomingPhoneNumbers/${sid}.json`,
  };
}
