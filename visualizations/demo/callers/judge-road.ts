import type { Interruption } from '../../../journal/call-record.ts';
import type { Finding } from '../verdict.ts';
import { describeStops } from './describe-stops.ts';
import { wordsOfText } from './heard-words.ts';
import type { SeenInterruption } from './interruptions.ts';
import type { RoadEvidence } from './road-evidence.ts';

/** How far what is remembered may be from what was heard (words). */
const TOLERANCE_WORDS = 1;
/** Far above what is promised, 20 ms, for a machine that is busy with other things. What was measured is told. */
const PATIENCE_MS = 2000;

/**
 * Judges the whole road of one call from the outside: by what the vendors' emulators and the phone saw.
 *
 * @param interruptions those that the call itself knows of
 */
export function judgeRoad(
  evidence: RoadEvidence,
  seen: readonly SeenInterruption[],
  interruptions: readonly Interruption[],
): readonly Finding[] {
  const { frames, sounded, lost, repeated, reordered, stale, unknown } = evidence.sound;
  const wrong = evidence.requests.flatMap((request) => misspoken(request, evidence));
  const words = seen.map(({ words }) => words);
  const withinSentence = interruptions.filter(({ playedMs }) => playedMs > 0);
  return [
    {
      what: 'the phone got each frame that the voice made: once, and in order',
      holds: frames > 0 && lost + repeated + reordered + unknown === 0,
      seen: `${frames} frames of ${sounded.length} sentences; ${lost} lost, ${repeated} repeated, ${reordered} out of order, ${unknown} unknown`,
    },
    {
      what: 'no frame of an older answer came behind a clear',
      holds: stale === 0,
      seen: `${stale} frames`,
    },
    {
      what: 'one clear for each interruption',
      // Between two sentences there may be nothing left to clear.
      holds: seen.length <= interruptions.length && seen.length >= withinSentence.length,
      seen: `${seen.length} for ${interruptions.length}`,
    },
    {
      what: 'what the model wrote was said, up to where it was cut; of a dropped guess nothing was',
      holds: wrong.length === 0,
      seen:
        wrong.join('; ') ||
        `${evidence.requests.length} requests, ${evidence.requests.filter(({ dropped }) => dropped).length} of them dropped guesses`,
    },
    {
      what: 'each interruption aborts the request to the model',
      holds: seen.every(
        ({ model }) => model.how === 'complete' || (model.how === 'stopped' && model.afterMs < PATIENCE_MS),
      ),
      seen: describeStops(seen.map(({ model }) => model)),
    },
    {
      what: 'each interruption silences the voice at the vendor',
      holds: seen.every(
        ({ voice }) => voice.how === 'complete' || (voice.how === 'stopped' && voice.afterMs < PATIENCE_MS),
      ),
      seen: describeStops(seen.map(({ voice }) => voice)),
    },
    {
      what: `the next request holds the words that were heard, ± ${TOLERANCE_WORDS}`,
      holds: words.every(
        (counted) => counted !== undefined && Math.abs(counted.remembered - counted.heard) <= TOLERANCE_WORDS,
      ),
      seen:
        words.map((counted) => (counted ? `${counted.remembered} of ${counted.heard}` : 'other words')).join(', ') ||
        'none was interrupted',
    },
  ];
}

/** What is wrong with how an answer was said. */
function misspoken(request: RoadEvidence['requests'][number], { wire, requests }: RoadEvidence): readonly string[] {
  const { atMs, dropped, meant, said } = request;
  const words = wordsOfText(said.map(({ text }) => text).join(' ')).join(' ');
  if (dropped) return words === '' ? [] : [`of a dropped guess was said: ${words}`];
  const whole = wordsOfText(meant).join(' ');
  if (words === whole) return [];
  const next = requests.find((later) => later.atMs > atMs);
  const until = next?.atMs ?? Number.POSITIVE_INFINITY;
  const remembered = next?.history.findLast(({ role }) => role === 'assistant');
  const wasCut =
    (remembered && 'interrupted' in remembered) ||
    wire.sounds.some((sound) => sound.type === 'clear' && sound.atMs > atMs && sound.atMs < until);
  return wasCut && whole.startsWith(words) ? [] : [`of “${whole}” was said: “${words}”`];
}
