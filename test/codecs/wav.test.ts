import { describe, expect, it } from '@jest/globals';
import { bytesFromPcm } from '../../codecs/pcm16.ts';
import { decodeWav, encodeWav, interleave, WavError, wavHeader } from '../../codecs/wav.ts';

const text = (value: string) => Array.from(value, (letter) => letter.charCodeAt(0));
const u16 = (value: number) => [value & 0xff, value >> 8];
const u32 = (value: number) => [...u16(value & 0xffff), ...u16(value >>> 16)];
const chunk = (name: string, body: readonly number[], size = body.length) => [
  ...text(name),
  ...u32(size),
  ...body,
  ...(body.length % 2 === 1 ? [0] : []),
];
const fmt = (code: number, channels: number, rate: number, bits: number) => [
  ...u16(code),
  ...u16(channels),
  ...u32(rate),
  ...u32((rate * channels * bits) / 8),
  ...u16((channels * bits) / 8),
  ...u16(bits),
];
const riff = (...chunks: number[][]) => {
  const body = [...text('WAVE'), ...chunks.flat()];
  return Uint8Array.from([...text('RIFF'), ...u32(body.length), ...body]);
};
const pcm = (...samples: number[]) => Array.from(bytesFromPcm(Int16Array.from(samples)));

describe('WAV writer', () => {
  it('writes stereo PCM byte for byte', () => {
    const file = encodeWav({ sampleRate: 8000, channels: [Int16Array.of(1, -1), Int16Array.of(256, -32_768)] });
    expect(file).toEqual(riff(chunk('fmt ', fmt(1, 2, 8000, 16)), chunk('data', pcm(1, 256, -1, -32_768))));
  });

  it('lets a recorder put the sizes in when it closes, and reads what it never closed', () => {
    const audio = { sampleRate: 8000, channels: [Int16Array.of(1, 2, 3), Int16Array.of(4, 5, 6)] };
    const recording = Buffer.concat([
      wavHeader({ sampleRate: 8000, channelCount: 2 }),
      bytesFromPcm(interleave(audio.channels)),
    ]);
    expect(decodeWav(recording)).toEqual(audio);
    recording.set(wavHeader({ sampleRate: 8000, channelCount: 2, dataBytes: recording.length - 44 }));
    expect(Uint8Array.from(recording)).toEqual(encodeWav(audio));
  });

  it('refuses what the header cannot say', () => {
    expect(() => wavHeader({ sampleRate: 8000, channelCount: 3, dataBytes: 0 })).toThrow(
      new RangeError('channelCount must be an integer of 1 to 2: received 3'),
    );
    expect(() => wavHeader({ sampleRate: Number.NaN, channelCount: 1, dataBytes: 0 })).toThrow(RangeError);
    expect(() => wavHeader({ sampleRate: 8000, channelCount: 1, dataBytes: 2 ** 32 })).toThrow(RangeError);
    expect(() => interleave([])).toThrow(new RangeError('a WAV file has one or two channels: received 0'));
    expect(() => interleave([new Int16Array(1), new Int16Array(2)])).toThrow(
      new RangeError('channels must be equally long: received 1 and 2 samples'),
    );
  });
});

describe('WAV reader', () => {
  it.each([8000, 16_000, 22_050, 24_000])('reads what the writer wrote at %i Hz', (sampleRate) => {
    const channels = [Int16Array.of(1, -2, 32_767), Int16Array.of(-32_768, 5, 0)];
    expect(decodeWav(encodeWav({ sampleRate, channels }))).toEqual({ sampleRate, channels });
    expect(decodeWav(encodeWav({ sampleRate, channels: channels.slice(0, 1) }))).toEqual({
      sampleRate,
      channels: channels.slice(0, 1),
    });
  });

  it('reads µ-law and A-law', () => {
    const mulaw = riff(chunk('fmt ', [...fmt(7, 1, 8000, 8), 0, 0]), chunk('data', [0x80, 0xff, 0x00]));
    expect(decodeWav(mulaw)).toEqual({ sampleRate: 8000, channels: [Int16Array.of(32_124, 0, -32_124)] });
    const alaw = riff(chunk('fmt ', fmt(6, 2, 8000, 8)), chunk('data', [0xd5, 0x55, 0xaa, 0x2a]));
    expect(decodeWav(alaw)).toEqual({
      sampleRate: 8000,
      channels: [Int16Array.of(8, 32_256), Int16Array.of(-8, -32_256)],
    });
  });

  it('reads the extensible form', () => {
    const extension = [...u16(22), ...u16(16), ...u32(4), ...u16(1), ...new Array(14).fill(0)];
    const file = riff(chunk('fmt ', [...fmt(0xfffe, 1, 16_000, 16), ...extension]), chunk('data', pcm(7)));
    expect(decodeWav(file)).toEqual({ sampleRate: 16_000, channels: [Int16Array.of(7)] });
  });

  it('skips other chunks and the padding of odd ones', () => {
    const file = riff(
      chunk('LIST', [1, 2, 3]),
      chunk('fmt ', fmt(1, 1, 8000, 16)),
      chunk('fact', [1]),
      chunk('data', pcm(7, 8)),
      chunk('id3 ', [9]),
    );
    expect(decodeWav(file)).toEqual({ sampleRate: 8000, channels: [Int16Array.of(7, 8)] });
  });

  it('reads from the middle of a larger buffer', () => {
    const file = encodeWav({ sampleRate: 8000, channels: [Int16Array.of(7, 8)] });
    const larger = new Uint8Array(file.length + 9).fill(0xee);
    larger.set(file, 3);
    expect(decodeWav(larger.subarray(3, 3 + file.length)).channels).toEqual([Int16Array.of(7, 8)]);
  });

  it.each([
    ['an unfinished stream', 0xffffffff],
    ['a lie', 1000],
  ])('reads sound to where it ends whatever its size says: %s', (_, size) => {
    const file = riff(chunk('fmt ', fmt(1, 2, 8000, 16)), chunk('data', pcm(1, 2, 3), size));
    expect(decodeWav(file)).toEqual({ sampleRate: 8000, channels: [Int16Array.of(1), Int16Array.of(2)] });
  });

  it('reads a file without any sound', () => {
    expect(decodeWav(encodeWav({ sampleRate: 8000, channels: [new Int16Array(0)] }))).toEqual({
      sampleRate: 8000,
      channels: [new Int16Array(0)],
    });
  });

  const data = chunk('data', pcm(0));
  it.each([
    ['nothing', new Uint8Array(0), 'not a WAV file: begins with " ", expected "RIFF WAVE"'],
    ['an MP3', Uint8Array.from(text('ID3!    LAME')), 'not a WAV file: begins with "ID3! LAME", expected "RIFF WAVE"'],
    ['no format', riff(data), 'no "fmt " chunk in 22 bytes: found ["data"]'],
    ['no sound', riff(chunk('fmt ', fmt(1, 1, 8000, 16))), 'no "data" chunk in 36 bytes: found ["fmt "]'],
    ['a cut format', riff(chunk('fmt ', [1, 0])), 'the "fmt " chunk has 2 bytes, expected at least 16'],
    [
      '24 bits',
      riff(chunk('fmt ', fmt(1, 1, 8000, 24)), data),
      'cannot read format 1 with 24 bits: expected 1 (PCM) with 16, 6 (A-law) or 7 (µ-law) with 8',
    ],
    [
      'floats',
      riff(chunk('fmt ', fmt(3, 1, 8000, 32)), data),
      'cannot read format 3 with 32 bits: expected 1 (PCM) with 16, 6 (A-law) or 7 (µ-law) with 8',
    ],
    ['no channel', riff(chunk('fmt ', fmt(1, 0, 8000, 16)), data), 'cannot read 0 channels: expected 1 or 2'],
    ['5.1', riff(chunk('fmt ', fmt(1, 6, 8000, 16)), data), 'cannot read 6 channels: expected 1 or 2'],
    ['0 Hz', riff(chunk('fmt ', fmt(1, 1, 0, 16)), data), 'the sample rate is 0 Hz: expected 1 or more'],
    [
      'a chunk larger than the file',
      riff(chunk('LIST', [], 0xffffffff), data),
      'no "fmt " chunk in 30 bytes: found ["LIST"]',
    ],
  ])('says what is wrong with %s', (_, file, message) => {
    expect(() => decodeWav(file)).toThrow(new WavError(message));
    expect(() => decodeWav(file)).toThrow(WavError);
  });

  it('never fails in any other way, whatever single byte of the header is changed or missing', () => {
    const file = encodeWav({ sampleRate: 8000, channels: [Int16Array.of(1, 2), Int16Array.of(3, 4)] });
    for (let at = 0; at < 44; at += 1) {
      for (const value of [0, 1, 0x7f, 0x80, 0xff]) {
        const hostile = Uint8Array.from(file);
        hostile[at] = value;
        for (const variant of [hostile, hostile.subarray(0, at)]) {
          try {
            expect(decodeWav(variant).channels.length).toBeLessThanOrEqual(2);
          } catch (error) {
            expect(error).toBeInstanceOf(WavError);
          }
        }
      }
    }
  });
});
