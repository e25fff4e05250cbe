import type { TimelineEntry } from './timeline.ts';

/** One answer as the caller heard it, in ms of stream time. */
export interface ResponseTime {
  /** The end of the caller's last sound. */
  readonly callerSilentAtMs: number;
  /** The agent's first sound after it. */
  readonly agentAudioAtMs: number;
  /** The silence between the two. */
  readonly responseMs: number;
}

/**
 * How long the caller waited for each answer: from the end of their speech to the agent's first sound, by the audio
 * itself. What the agent says while the caller speaks, or what the caller says into the agent's answer, is no answer.
 */
export function responseTimes(timeline: readonly TimelineEntry[]): readonly ResponseTime[] {
  const times: ResponseTime[] = [];
  let callerSilentAtMs: number | undefined;
  for (const { atMs, event } of timeline.toSorted((one, other) => one.atMs - other.atMs)) {
    if (event.type === 'callerSilent') callerSilentAtMs = atMs;
    if (event.type === 'callerAudio') callerSilentAtMs = undefined;
    if (event.type !== 'agentAudio' || callerSilentAtMs === undefined) continue;
    times.push({ callerSilentAtMs, agentAudioAtMs: atMs, responseMs: atMs - callerSilentAtMs });
    callerSilentAtMs = undefined;
  }
  return times;
}
