import { soundSpans } from '../../../codecs/level.ts';

/** Flite pads with zeros and a little noise. Quieter than this is no sound. */
const THRESHOLD_DBFS = -50;
/** What stays in front of the first sound: enough for the breath of a plosive. */
const LEAD_MS = 20;
/** What stays behind the last sound: the rest between two sentences. */
const TAIL_MS = 160;

/**
 * Cuts the 200 ms with which a voice pads a sentence at both ends: silence in front is time that the caller waits.
 *
 * @param sampleRate in Hz
 * @returns a view; empty when nothing sounds
 */
export function trimSilence(samples: Int16Array, sampleRate: number): Int16Array {
  const spans = soundSpans(samples, sampleRate, { thresholdDbfs: THRESHOLD_DBFS });
  const [first] = spans;
  const last = spans.at(-1);
  if (first === undefined || last === undefined) return samples.subarray(0, 0);
  const perMs = sampleRate / 1000;
  return samples.subarray(Math.max(0, (first.startMs - LEAD_MS) * perMs), (last.endMs + TAIL_MS) * perMs);
}
