import { decodeMulaw } from '../../codecs/g711/mulaw.ts';
import { soundSpans } from '../../codecs/level.ts';
import type { PhoneCall } from '../../emulators/twilio/phone-call.ts';
import type { CallRecord } from '../../journal/call-record.ts';
import type { Journal } from '../../journal/entry.ts';
import type { CallerLine } from './script.ts';

/** One thing that must hold, and what was seen. */
export interface Finding {
  readonly holds: boolean;
  readonly what: string;
  readonly seen: string;
}

/** After a `clear` the agent must be silent within this time (ms), measured in the recording. */
const SILENT_WITHIN_MS = 100;

/** Judges a demonstration by its journal and its recording. */
export function judge(script: readonly CallerLine[], journal: Journal, record: CallRecord, call: PhoneCall): Finding[] {
  const understood = understoodLines(script, journal);
  const bargeIns = script.filter(({ becomes }) => becomes === 'interruption');
  const silence = silenceAfterClears(call);
  const worst = Math.max(0, ...silence);
  return [
    {
      what: 'every caller line was understood, from its sound alone',
      holds: understood === script.length,
      seen: `${understood} of ${script.length}, word for word`,
    },
    {
      what: 'the barge-in cut the agent, the back-channel did not',
      holds: record.interruptions.length === bargeIns.length && silence.length === bargeIns.length,
      seen: `${record.interruptions.length} of ${bargeIns.length} cut, by ${record.interruptions.map(({ by }) => `“${by}”`).join(', ')}`,
    },
    {
      what: `after the clear the agent is silent within ${SILENT_WITHIN_MS} ms, measured in the recording`,
      holds: silence.length > 0 && worst <= SILENT_WITHIN_MS,
      seen: `${Math.round(worst)} ms`,
    },
    {
      what: 'a booking was made',
      holds: record.transcript.some((line) => line.role === 'toolResult' && line.result.includes('reference')),
      seen: record.transcript.flatMap((line) => (line.role === 'toolResult' ? [line.result] : [])).join(' ') || 'none',
    },
    {
      what: 'the agent ended the call after its goodbye',
      holds: record.output?.reason === 'agent-hung-up',
      seen: record.output?.reason ?? 'the call did not end',
    },
    {
      what: 'the call replays from its journal',
      holds: record.divergedAt === undefined,
      seen:
        record.divergedAt === undefined
          ? `all ${journal.entries.length} events`
          : `parts at entry ${record.divergedAt}`,
    },
  ];
}

/** How many of the caller's lines were understood word for word. */
export function understoodLines(script: readonly CallerLine[], { entries }: Journal): number {
  const heard = entries.flatMap(({ event }) => (event.type === 'caller.endOfTurn' ? [String(event.text)] : []));
  return script.filter(({ says }) => heard.includes(says)).length;
}

/** For each `clear`: how long the agent went on sounding (ms), in its channel of the recording, before it spoke anew. */
function silenceAfterClears(call: PhoneCall): readonly number[] {
  const spans = soundSpans(decodeMulaw(call.recording.render('agent')), 8000, { thresholdDbfs: -45, frameMs: 5 });
  const speaksAt = call.timeline.filter(({ event }) => event.type === 'agentAudio').map(({ atMs }) => atMs);
  return call.timeline
    .filter(({ event }) => event.type === 'clear')
    .map(({ atMs }) => {
      const anew = speaksAt.find((at) => at > atMs) ?? Number.POSITIVE_INFINITY;
      const late = spans.filter(({ startMs, endMs }) => endMs > atMs && startMs < anew - SILENT_WITHIN_MS);
      return Math.max(0, ...late.map(({ endMs }) => endMs - atMs));
    });
}
