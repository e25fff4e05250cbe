import type { PhoneEvent } from '../call-events.ts';
import type { PhoneCall } from '../phone-call.ts';
import { responseTimes } from '../response-times.ts';
import type { TimelineEntry } from '../timeline.ts';

export interface LogOptions {
  /** Also the marks, with which the server learns what was heard. */
  readonly wire: boolean;
}

/** Prints what happens in the call, line by line, as it happens; what has already happened first. */
export function logCall(call: PhoneCall, print: (line: string) => void, { wire }: LogOptions): void {
  const speakingSince = { agent: 0, caller: 0 };
  const log = ({ atMs, event }: TimelineEntry): void => {
    if (event.type === 'mark' && !wire) return;
    if (event.type === 'agentAudio') speakingSince.agent = atMs;
    if (event.type === 'callerAudio') speakingSince.caller = atMs;
    const [who, what] = describe(event, atMs, speakingSince);
    print(`${seconds(atMs).padStart(9)}  ${who.padEnd(8)} ${what}`);
  };
  for (const entry of call.timeline) log(entry);
  call.onEvery(log);
}

/** The figures of a call that is over. */
export function summarise(call: PhoneCall): string {
  const answers = responseTimes(call.timeline).map(({ responseMs }) => `${Math.round(responseMs)} ms`);
  const heard = answers.length === 0 ? 'no answer was measured' : `answered after ${answers.join(', ')}`;
  return `${call.callSid}: ${heard}; ${call.warnings.length} warning(s)`;
}

type Since = Readonly<Record<'agent' | 'caller', number>>;

function describe(event: PhoneEvent, atMs: number, since: Since): readonly [who: string, what: string] {
  switch (event.type) {
    case 'webhook':
      return ['twilio', `${event.url} answered ${event.status}`];
    case 'streamStarted':
      return ['twilio', `stream ${event.streamSid} started`];
    case 'streamEnded':
      return ['twilio', `stream ended by the ${event.by}`];
    case 'agentAudio':
      return ['agent', 'speaks'];
    case 'agentSilent':
      return ['agent', `silent after ${seconds(atMs - since.agent)}`];
    case 'callerAudio':
      return ['caller', 'speaks'];
    case 'callerSilent':
      return ['caller', `silent after ${seconds(atMs - since.caller)}`];
    case 'mark':
      return ['agent', `mark ${event.name}${event.played ? '' : ' (cleared)'}`];
    case 'clear':
      return ['agent', `clear: ${seconds(event.droppedMs)} never heard`];
    case 'dtmf':
      return ['caller', `key ${event.digit}`];
    case 'say':
      return ['twilio', `says "${event.text}"`];
    case 'play':
      return ['twilio', `plays ${event.url}`];
    case 'pause':
      return ['twilio', `pauses ${event.seconds} s`];
    case 'gather':
      return ['twilio', `gathered "${event.digits}"`];
    case 'redirect':
      return ['twilio', `redirected to ${event.url}`];
    case 'dial':
      return ['twilio', `dials ${event.targets.map(({ name }) => name).join(', ')}: ${event.outcome.status}`];
    case 'enqueue':
      return ['twilio', `queues the caller in ${event.queue}`];
    case 'warning':
      return ['warning', `${event.code} ${event.message}`];
    case 'ended':
      return ['twilio', `call ${event.status}: ${event.reason}`];
  }
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`;
}
