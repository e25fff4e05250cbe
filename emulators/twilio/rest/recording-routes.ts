import type { Router } from 'express';
import { z } from 'zod';
import { rfc2822 } from '../rfc2822.ts';
import { newSid } from '../sid.ts';
import { badRequest, CALL_NOT_IN_PROGRESS, notFound, sendError } from './errors.ts';
import type { CallRegistry } from './registry.ts';

const start = z.object({
  RecordingChannels: z.enum(['mono', 'dual']).default('mono'),
  RecordingTrack: z.enum(['inbound', 'outbound', 'both']).default('both'),
});

/**
 * `Calls/{sid}/Recordings.json`: the start of a recording is confirmed; nothing is recorded, and no callback follows.
 *
 * @see https://www.twilio.com/docs/voice/api/recording
 */
export function addRecordingRoutes(router: Router, accountSid: string, registry: CallRegistry): void {
  router.post('/Calls/:callSid/Recordings.json', (request, response) => {
    const { callSid } = request.params;
    const call = registry.find(callSid);
    if (call === undefined) return sendError(response, notFound(request.originalUrl));
    if (call.facts.status !== 'in-progress') return sendError(response, CALL_NOT_IN_PROGRESS);
    const asked = start.safeParse(request.body);
    if (!asked.success) return sendError(response, badRequest(20001, z.prettifyError(asked.error)));
    const sid = newSid('RE');
    const now = rfc2822(new Date());
    response.status(201).json({
      sid,
      account_sid: accountSid,
      call_sid: callSid,
      api_version: '2010-04-01',
      channels: asked.data.RecordingChannels === 'dual' ? 2 : 1,
      track: asked.data.RecordingTrack,
      status: 'in-progress',
      source: 'StartCallRecordingAPI',
      duration: null,
      error_code: null,
      price: null,
      price_unit: 'USD',
      start_time: now,
      date_created: now,
      date_updated: now,
      uri: `/2010-04-01/Accounts/${accountSid}/Calls/${callSid}/Recordings/${sid}.json`,
    });
  });
}
