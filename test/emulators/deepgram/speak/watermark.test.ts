import { expect, it } from '@jest/globals';
import { encodeSpeech, spokenBy } from '../../../../emulators/deepgram/speak/speech-source.ts';
import { watermarked } from '../../../../emulators/deepgram/speak/watermark.ts';

const everyCode = Uint8Array.from({ length: 1024 }, (_, index) => index % 256);

it('the same text sounds a little different each time, by the lowest bit alone', async () => {
  const spoken = Uint8Array.from(everyCode);
  const speak = watermarked(async () => spoken);
  const [first, second] = [await speak('Yes.'), await speak('Yes.')];
  expect(spoken).toEqual(everyCode);
  expect(first.map((byte) => byte & 0xfe)).toEqual(everyCode.map((byte) => byte & 0xfe));
  expect(second.map((byte) => byte & 0xfe)).toEqual(everyCode.map((byte) => byte & 0xfe));
  const different = first.filter((byte, index) => byte !== second[index]).length;
  expect(different).toBeGreaterThan(first.length / 3);
  expect(different).toBeLessThan((first.length * 2) / 3);
  expect(await watermarked(async () => spoken)('Yes.')).toEqual(first);
});

it('no two of a thousand utterances begin alike, nor do they once they were samples', async () => {
  const silence = new Uint8Array(160).fill(0xff);
  const speech = spokenBy(watermarked(async () => silence));
  const begins = new Set<string>();
  for (let utterance = 0; utterance < 1000; utterance += 1)
    begins.add(Buffer.from(encodeSpeech(await speech('Yes.', 8000), 'mulaw')).toString('hex'));
  expect(begins.size).toBe(1000);
});
