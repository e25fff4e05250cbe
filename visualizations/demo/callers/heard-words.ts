import { BYTES_PER_MS } from '../../../codecs/framing.ts';

/**
 * How many words of a text have sounded to their end after so long, by the voice itself: so long as it takes for the first
 * word alone, for the first two, and so on. Says nothing of letters, so that it can check who counts those.
 *
 * @param speak µ-law, 8 kHz
 */
export async function wordsWithin(
  text: string,
  ms: number,
  speak: (text: string) => Promise<Uint8Array>,
): Promise<number> {
  const words = wordsOfText(text);
  for (let count = 1; count <= words.length; count += 1) {
    const sound = await speak(words.slice(0, count).join(' '));
    if (sound.length / BYTES_PER_MS > ms) return count - 1;
  }
  return words.length;
}

export const wordsOfText = (text: string): readonly string[] => text.split(/\s+/).filter(Boolean);
