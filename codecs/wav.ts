import { decodeAlaw } from './g711/alaw.ts';
import { decodeMulaw } from './g711/mulaw.ts';
import { bytesFromPcm, pcmFromBytes } from './pcm16.ts';

/*
 * A WAV file: RIFF chunks, little-endian. Chunks have an even length on disk, a padding byte is not counted in `size`.
 *
 *    0        4        8       12
 *   +--------+--------+--------+
 *   | "RIFF" |  size  | "WAVE" |  chunks …      size = file length - 8
 *   +--------+--------+--------+
 *
 *   chunk "fmt " (16, 18 or 40 bytes)                            chunk "data"
 *    0       4       8        10        12      16      20      22     24
 *   +-------+-------+--------+---------+-------+-------+-------+------+      +--------+------+-----------+
 *   |"fmt " | size  | format | channels| rate  | bytes | block | bits |      | "data" | size | samples … |
 *   |       |       |        |         |       | per s | align |      |      +--------+------+-----------+
 *   +-------+-------+--------+---------+-------+-------+-------+------+      channels interleaved: L R L R …
 *
 * format: 1 PCM, 6 A-law, 7 µ-law, 0xfffe "extensible": the real format is then the first two bytes of the sub-format
 * at offset 24 of the chunk's body.
 */
const HEADER_BYTES = 44;
/** The largest a size field can say, and what it says when nobody knows. */
const UNKNOWN_SIZE = 0xffffffff;
const PCM = 1;
const ALAW = 6;
const MULAW = 7;
const EXTENSIBLE = 0xfffe;
const MAX_CHANNELS = 2;

/** Sound in memory: one array of 16-bit samples for each channel, all of the same length. */
export interface WavAudio {
  /** In Hz. */
  readonly sampleRate: number;
  /** One (mono) or two (left, right). */
  readonly channels: readonly Int16Array[];
}

/** The bytes are not a WAV file that we can read; the message says what was received and what was expected. */
export class WavError extends Error {
  override readonly name = 'WavError';
}

/**
 * Reads a WAV file: PCM of 16 bits, µ-law or A-law, mono or stereo, any rate. Unknown chunks are skipped.
 *
 * No length in the file is trusted: sound that ends before its header says so is read to where it ends, which is also
 * how files of an unfinished stream (size 0xffffffff) are read.
 *
 * @throws WavError when it is not such a file
 */
export function decodeWav(bytes: Uint8Array): WavAudio {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const magic = `${tag(view, 0)} ${tag(view, 8)}`;
  if (magic !== 'RIFF WAVE') throw new WavError(`not a WAV file: begins with "${magic}", expected "RIFF WAVE"`);
  const format = readFormat(view, findChunk(view, 'fmt '));
  const data = findChunk(view, 'data');
  const blockBytes = (format.bits / 8) * format.channelCount;
  const whole = data.length - (data.length % blockBytes);
  const samples = decodeSamples(format.code, bytes.subarray(data.start, data.start + whole));
  return { sampleRate: format.sampleRate, channels: deinterleave(samples, format.channelCount) };
}

/** Writes a WAV file of 16-bit PCM. @throws RangeError when the channels are not one or two of equal length */
export function encodeWav({ sampleRate, channels }: WavAudio): Uint8Array {
  const interleaved = bytesFromPcm(interleave(channels));
  const file = new Uint8Array(HEADER_BYTES + interleaved.length);
  file.set(wavHeader({ sampleRate, channelCount: channels.length, dataBytes: interleaved.length }));
  file.set(interleaved, HEADER_BYTES);
  return file;
}

/**
 * The 44 bytes in front of 16-bit PCM.
 *
 * Without `dataBytes` it stands for sound whose end is not known yet (sizes 0xffffffff: read to the end of the file).
 * So a recorder writes that first, appends `bytesFromPcm(interleave(…))` as sound comes, and when it closes writes the
 * header once more over the first, now with the size. A recording that was never closed can still be played.
 *
 * @param options rate in Hz; channels, 1 or 2; size of the sound in bytes
 * @throws RangeError when a value has no place in the header
 */
export function wavHeader(options: {
  readonly sampleRate: number;
  readonly channelCount: number;
  readonly dataBytes?: number;
}): Uint8Array {
  const { sampleRate, channelCount, dataBytes } = options;
  const blockBytes = 2 * channelCount;
  requireInteger('channelCount', channelCount, 1, MAX_CHANNELS);
  requireInteger('sampleRate', sampleRate, 1, Math.floor(UNKNOWN_SIZE / blockBytes));
  if (dataBytes !== undefined) requireInteger('dataBytes', dataBytes, 0, UNKNOWN_SIZE - HEADER_BYTES);
  const view = new DataView(new ArrayBuffer(HEADER_BYTES));
  writeTag(view, 0, 'RIFF');
  view.setUint32(4, dataBytes === undefined ? UNKNOWN_SIZE : HEADER_BYTES - 8 + dataBytes, true);
  writeTag(view, 8, 'WAVE');
  writeTag(view, 12, 'fmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, PCM, true);
  view.setUint16(22, channelCount, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, sampleRate * blockBytes, true);
  view.setUint16(32, blockBytes, true);
  view.setUint16(34, 16, true);
  writeTag(view, 36, 'data');
  view.setUint32(40, dataBytes ?? UNKNOWN_SIZE, true);
  return new Uint8Array(view.buffer);
}

/** Weaves channels into one array: L R L R … @throws RangeError when they are not one or two of equal length */
export function interleave(channels: readonly Int16Array[]): Int16Array {
  const [left, right] = channels;
  if (left === undefined || channels.length > MAX_CHANNELS) {
    throw new RangeError(`a WAV file has one or two channels: received ${channels.length}`);
  }
  if (right === undefined) return left;
  if (left.length !== right.length) {
    throw new RangeError(`channels must be equally long: received ${left.length} and ${right.length} samples`);
  }
  const woven = new Int16Array(2 * left.length);
  for (let index = 0; index < left.length; index += 1) {
    woven[2 * index] = left[index] as number;
    woven[2 * index + 1] = right[index] as number;
  }
  return woven;
}

function deinterleave(samples: Int16Array, channelCount: number): Int16Array[] {
  if (channelCount === 1) return [samples];
  const length = samples.length / channelCount;
  return Array.from({ length: channelCount }, (_, channel) => {
    const own = new Int16Array(length);
    for (let index = 0; index < length; index += 1) own[index] = samples[index * channelCount + channel] as number;
    return own;
  });
}

interface Chunk {
  /** Where its body begins, in bytes. */
  readonly start: number;
  /** Bytes of its body that are really there. */
  readonly length: number;
}

/** Walks the chunks from the front; each step goes forward by 8 bytes or more, so hostile sizes end the walk. */
function findChunk(view: DataView, wanted: string): Chunk {
  const seen: string[] = [];
  for (let at = 12; at + 8 <= view.byteLength; ) {
    const name = tag(view, at);
    const size = view.getUint32(at + 4, true);
    const start = at + 8;
    if (name === wanted) return { start, length: Math.min(size, view.byteLength - start) };
    if (seen.length < 8) seen.push(name);
    at = start + size + (size % 2);
  }
  throw new WavError(`no "${wanted}" chunk in ${view.byteLength} bytes: found ${JSON.stringify(seen)}`);
}

interface Format {
  readonly code: number;
  readonly bits: number;
  readonly channelCount: number;
  readonly sampleRate: number;
}

function readFormat(view: DataView, { start, length }: Chunk): Format {
  if (length < 16) throw new WavError(`the "fmt " chunk has ${length} bytes, expected at least 16`);
  const declared = view.getUint16(start, true);
  const code = declared === EXTENSIBLE && length >= 26 ? view.getUint16(start + 24, true) : declared;
  const channelCount = view.getUint16(start + 2, true);
  const sampleRate = view.getUint32(start + 4, true);
  const bits = view.getUint16(start + 14, true);
  const expectedBits = { [PCM]: 16, [ALAW]: 8, [MULAW]: 8 }[code];
  if (bits !== expectedBits) {
    throw new WavError(
      `cannot read format ${code} with ${bits} bits: expected 1 (PCM) with 16, 6 (A-law) or 7 (µ-law) with 8`,
    );
  }
  if (channelCount < 1 || channelCount > MAX_CHANNELS) {
    throw new WavError(`cannot read ${channelCount} channels: expected 1 or 2`);
  }
  if (sampleRate === 0) throw new WavError('the sample rate is 0 Hz: expected 1 or more');
  return { code, bits, channelCount, sampleRate };
}

function decodeSamples(code: number, data: Uint8Array): Int16Array {
  if (code === MULAW) return decodeMulaw(data);
  if (code === ALAW) return decodeAlaw(data);
  return pcmFromBytes(data);
}

function requireInteger(name: string, value: number, low: number, high: number): void {
  if (!Number.isInteger(value) || value < low || value > high) {
    throw new RangeError(`${name} must be an integer of ${low} to ${high}: received ${value}`);
  }
}

function tag(view: DataView, at: number): string {
  if (at + 4 > view.byteLength) return '';
  return String.fromCharCode(view.getUint8(at), view.getUint8(at + 1), view.getUint8(at + 2), view.getUint8(at + 3));
}

function writeTag(view: DataView, at: number, text: string): void {
  for (let index = 0; index < text.length; index += 1) view.setUint8(at + index, text.charCodeAt(index));
}
