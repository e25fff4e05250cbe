import { z } from 'zod';

/*
 * The attributes of each verb and noun, as documented under https://www.twilio.com/docs/voice/twiml. Objects are strict:
 * an attribute that Twilio does not know is refused by name, because on a real call it would silently do nothing.
 */

const method = z.enum(['GET', 'POST']).default('POST');
const flag = z.enum(['true', 'false']).transform((value) => value === 'true');
const count = z.string().regex(/^\d+$/, 'must be a whole number').transform(Number);
const loop = z
  .string()
  .regex(/^[1-9]\d*$/, 'must be 1 or more; endless loops are not emulated')
  .default('1')
  .transform(Number);
const text = z.string().min(1);

export const sayAttributes = z.strictObject({ voice: text.optional(), language: text.optional(), loop });
export const playAttributes = z.strictObject({ loop, digits: text.optional() });
export const pauseAttributes = z.strictObject({ length: count.default(1) });
export const redirectAttributes = z.strictObject({ method });
export const hangupAttributes = z.strictObject({});
export const rejectAttributes = z.strictObject({ reason: z.enum(['rejected', 'busy']).default('rejected') });
export const connectAttributes = z.strictObject({ action: text.optional(), method });
export const streamAttributes = z.strictObject({
  url: text,
  name: text.optional(),
  track: z.literal('inbound_track').optional(),
  statusCallback: text.optional(),
  statusCallbackMethod: method,
});
export const parameterAttributes = z.strictObject({ name: text, value: z.string() });
export const enqueueAttributes = z.strictObject({
  action: text.optional(),
  method,
  maxQueueSize: count.optional(),
  waitUrl: text.optional(),
  waitUrlMethod: method,
  workflowSid: z
    .string()
    .regex(/^WW[0-9a-fA-F]{32}$/, 'must be WW and 32 hexadecimal digits')
    .optional(),
});
export const taskAttributes = z.strictObject({ priority: count.optional(), timeout: count.optional() });
export const gatherAttributes = z.strictObject({
  action: text.optional(),
  method,
  input: z.literal('dtmf', { error: 'only dtmf is emulated' }).default('dtmf'),
  timeout: count.default(5),
  numDigits: count.optional(),
  finishOnKey: z.string().max(1).default('#'),
  actionOnEmptyResult: flag.default(false),
  language: text.optional(),
});

const record = z.enum([
  'do-not-record',
  'record-from-answer',
  'record-from-ringing',
  'record-from-answer-dual',
  'record-from-ringing-dual',
]);
const recording = {
  recordingStatusCallback: text.optional(),
  recordingStatusCallbackEvent: text.optional(),
  recordingStatusCallbackMethod: method,
};

export const dialAttributes = z.strictObject({
  action: text.optional(),
  method,
  answerOnBridge: flag.optional(),
  callerId: text.optional(),
  events: text.optional(),
  hangupOnStar: flag.optional(),
  record: record.optional(),
  ...recording,
  recordingTrack: z.enum(['inbound', 'outbound', 'both']).optional(),
  referMethod: method,
  referUrl: text.optional(),
  ringTone: text.optional(),
  sequential: flag.optional(),
  timeLimit: count.optional(),
  timeout: count.optional(),
  trim: z.enum(['trim-silence', 'do-not-trim']).optional(),
});
export const numberAttributes = z.strictObject({
  url: text.optional(),
  method,
  sendDigits: text.optional(),
  byoc: text.optional(),
  statusCallback: text.optional(),
  statusCallbackEvent: text.optional(),
  statusCallbackMethod: method,
  machineDetection: text.optional(),
  machineDetectionTimeout: count.optional(),
  machineDetectionSpeechThreshold: count.optional(),
  machineDetectionSpeechEndThreshold: count.optional(),
  machineDetectionSilenceTimeout: count.optional(),
  amdStatusCallback: text.optional(),
  amdStatusCallbackMethod: method,
});
export const conferenceAttributes = z.strictObject({
  beep: text.optional(),
  coach: text.optional(),
  endConferenceOnExit: flag.optional(),
  jitterBufferSize: text.optional(),
  maxParticipants: count.optional(),
  muted: flag.optional(),
  participantLabel: text.optional(),
  record: text.optional(),
  ...recording,
  region: text.optional(),
  startConferenceOnEnter: flag.optional(),
  statusCallback: text.optional(),
  statusCallbackEvent: text.optional(),
  statusCallbackMethod: method,
  trim: text.optional(),
  waitUrl: text.optional(),
  waitMethod: method,
});
export const queueAttributes = z.strictObject({ url: text.optional(), method, reservationSid: text.optional() });
