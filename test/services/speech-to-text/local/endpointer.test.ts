import { describe, expect, it } from '@jest/globals';
import { DEFAULT_ENDPOINTING, Endpointer } from '../../../../services/speech-to-text/local/endpointer.ts';
import type { Activity } from '../../../../services/speech-to-text/local/voice-activity.ts';

/** Feeds `[activity, ms]` stretches. @returns the edges with the time at which each was known */
function edges(...stretches: readonly (readonly [Activity, number])[]): string[] {
  const endpointer = new Endpointer(DEFAULT_ENDPOINTING);
  const found: string[] = [];
  for (const [activity, durationMs] of stretches) {
    for (let ms = 0; ms < durationMs; ms += 20) {
      const edge = endpointer.next(activity);
      if (edge !== undefined) found.push(`${edge} at ${endpointer.nowMs}, speech to ${endpointer.speechEndMs}`);
    }
  }
  return found;
}

describe('endpointer', () => {
  it('starts after 60 ms of voice, pauses after 350 ms of silence, ends after 700', () => {
    expect(edges(['quiet', 100], ['voiced', 400], ['quiet', 1000])).toEqual([
      'started at 160, speech to 160',
      'paused at 860, speech to 500',
      'ended at 1200, speech to 500',
    ]);
  });

  it('resumes when the voice comes back, and pauses again', () => {
    expect(edges(['voiced', 200], ['quiet', 400], ['voiced', 200], ['quiet', 700])).toEqual([
      'started at 60, speech to 60',
      'paused at 560, speech to 200',
      'resumed at 660, speech to 660',
      'paused at 1160, speech to 800',
      'ended at 1500, speech to 800',
    ]);
  });

  it('takes neither a click nor noise for a resumption', () => {
    expect(edges(['voiced', 200], ['quiet', 400], ['voiced', 40], ['loud', 200], ['quiet', 300])).toEqual([
      'started at 60, speech to 60',
      'paused at 560, speech to 200',
      'ended at 900, speech to 200',
    ]);
  });

  it('counts consonants as speech, but not for ever', () => {
    expect(edges(['voiced', 200], ['loud', 200], ['quiet', 400])).toEqual([
      'started at 60, speech to 60',
      'paused at 760, speech to 400',
    ]);
    expect(edges(['voiced', 200], ['loud', 1200])).toEqual([
      'started at 60, speech to 60',
      'paused at 800, speech to 440',
      'ended at 1140, speech to 440',
    ]);
  });

  it('does not start on loud noise, or on two voiced frames', () => {
    expect(edges(['loud', 1000], ['voiced', 40], ['quiet', 1000])).toEqual([]);
  });

  it('begins the next utterance afresh', () => {
    expect(edges(['voiced', 100], ['quiet', 700], ['voiced', 60], ['quiet', 20])).toEqual([
      'started at 60, speech to 60',
      'paused at 460, speech to 100',
      'ended at 800, speech to 100',
      'started at 860, speech to 860',
    ]);
  });
});
