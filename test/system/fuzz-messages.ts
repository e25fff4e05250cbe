/** Numbers from 0 to below 1, the same for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
type Draw = (below: number) => number;

/** What stands in the place of something valid: wrong types, huge and odd numbers, odd letters, names of prototypes. */
const ODD: readonly Json[] = [
  null,
  true,
  -0,
  -1,
  1e308,
  Number.MAX_SAFE_INTEGER,
  0.1,
  '',
  '0',
  '-1',
  '1e9',
  '0x10',
  '9'.repeat(400),
  '\u0000',
  '\u202e\ud83d\udca3',
  '\ud800',
  '../../etc/passwd',
  '__proto__',
  'constructor',
  'x'.repeat(5000),
  [],
  {},
  [[['media']]],
  { toString: 1, valueOf: 1 },
  { toJSON: 'x', length: -1 },
  { event: 'stop' },
];
const NAMES = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'event',
  'streamSid',
  'media',
  'start',
  '',
  '\u0000',
];

/** Messages as Twilio sends them after `start`, with ever higher sequence numbers. */
export function validMessages(streamSid: string, callSid: string): ((sequence: number) => Json)[] {
  const payload = Buffer.alloc(160, 0xff).toString('base64');
  const common = (sequence: number) => ({ sequenceNumber: String(sequence), streamSid });
  const mediaFormat = { encoding: 'audio/x-mulaw', sampleRate: 8000, channels: 1 };
  return [
    (sequence) => ({
      event: 'media',
      ...common(sequence),
      media: { track: 'inbound', chunk: String(sequence), timestamp: String(sequence * 20), payload },
    }),
    (sequence) => ({ event: 'mark', ...common(sequence), mark: { name: `e${sequence % 7}.s0` } }),
    (sequence) => ({ event: 'dtmf', ...common(sequence), dtmf: { track: 'inbound_track', digit: '5' } }),
    (sequence) => ({
      event: 'start',
      ...common(sequence),
      start: {
        accountSid: `AC${'0'.repeat(32)}`,
        streamSid,
        callSid,
        mediaFormat,
        customParameters: { token: 'a.b.c' },
      },
    }),
    () => ({ event: 'connected', protocol: 'Call', version: '1.0.0' }),
    (sequence) => ({ event: 'stop', ...common(sequence), stop: { callSid } }),
  ];
}

/**
 * Breaks a message in one of many ways: swapped types, lost and strange fields, deep nesting, cut text, flipped bytes, and now
 * and then not at all.
 *
 * @returns what goes on the wire; bytes go in a binary frame
 */
export function mutate(message: Json, draw: Draw): string | Buffer {
  const odd = (): Json => ODD[draw(ODD.length)] as Json;
  const copy = structuredClone(message) as { [name: string]: Json };
  // A field of the message, or of the object within it.
  const inner = Object.values(copy).find((value) => typeof value === 'object' && value !== null);
  const holder = (draw(2) === 0 && inner ? inner : copy) as { [name: string]: Json };
  const names = Object.keys(holder);
  const name = names[draw(names.length)] ?? 'event';
  const whole = JSON.stringify(message);
  switch (draw(10)) {
    case 0:
      return whole.slice(0, draw(whole.length));
    case 1:
      holder[name] = odd();
      break;
    case 2:
      delete holder[name];
      break;
    case 3:
      return whole.replace('{', `{${JSON.stringify(NAMES[draw(NAMES.length)])}:${JSON.stringify(odd())},`);
    case 4: {
      const depth = draw(2000);
      return whole.replace(/}$/, `,"x":${'['.repeat(depth)}${']'.repeat(draw(2) === 0 ? depth : draw(depth + 1))}}`);
    }
    case 5: {
      const at = draw(whole.length);
      return `${whole.slice(0, at)}${String.fromCharCode(draw(65_536))}${whole.slice(at + 1)}`;
    }
    case 6:
      return JSON.stringify(odd());
    case 7:
      return Buffer.from(whole).subarray(draw(whole.length));
    case 8:
      copy.sequenceNumber = String(draw(1000) - 500);
      break;
    default:
      return whole;
  }
  return JSON.stringify(copy);
}
