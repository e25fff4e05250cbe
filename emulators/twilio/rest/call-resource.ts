import { rfc2822 } from '../rfc2822.ts';
import type { CallFacts } from './registry.ts';

/** A call as the REST API shows it. @see https://www.twilio.com/docs/voice/api/call-resource#call-properties */
export function callResource(facts: CallFacts): object {
  const { accountSid, callSid, createdAt, answeredAt, endedAt } = facts;
  const uri = `/2010-04-01/Accounts/${accountSid}/Calls/${callSid}`;
  const seconds = endedAt === undefined ? null : (endedAt.getTime() - (answeredAt ?? endedAt).getTime()) / 1000;
  return {
    sid: callSid,
    account_sid: accountSid,
    parent_call_sid: null,
    from: facts.from,
    from_formatted: facts.from,
    to: facts.to,
    to_formatted: facts.to,
    phone_number_sid: null,
    status: facts.status,
    direction: facts.direction,
    answered_by: facts.answeredBy ?? null,
    api_version: '2010-04-01',
    caller_name: null,
    forwarded_from: null,
    group_sid: null,
    trunk_sid: null,
    queue_time: '0',
    duration: seconds === null ? null : String(Math.round(seconds)),
    price: null,
    price_unit: 'USD',
    start_time: answeredAt === undefined ? null : rfc2822(answeredAt),
    end_time: endedAt === undefined ? null : rfc2822(endedAt),
    date_created: rfc2822(createdAt),
    date_updated: rfc2822(endedAt ?? answeredAt ?? createdAt),
    uri: `${uri}.json`,
    subresource_uris: { recordings: `${uri}/Recordings.json`, streams: `${uri}/Streams.json` },
  };
}
