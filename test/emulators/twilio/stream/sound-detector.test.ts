import { describe, expect, it } from '@jest/globals';
import { SoundDetector } from '../../../../emulators/twilio/stream/sound-detector.ts';

const LOUD = 0x90;
const SILENT = 0xff;

function makeDetector(pause: number) {
  const edges: string[] = [];
  const detector = new SoundDetector(pause, {
    started: (sample) => edges.push(`+${sample}`),
    stopped: (sample) => edges.push(`-${sample}`),
  });
  return { detector, edges };
}

describe('sound detector', () => {
  it('dates the start at the first audible sample and the end behind the last', () => {
    const { detector, edges } = makeDetector(100);
    detector.hear(1000, Uint8Array.of(SILENT, SILENT, LOUD, LOUD, SILENT));
    detector.settle(1103);
    expect(edges).toEqual(['+1002']);
    detector.settle(1104);
    expect(edges).toEqual(['+1002', '-1004']);
  });

  it('bridges pauses that are shorter, also those between calls', () => {
    const { detector, edges } = makeDetector(100);
    detector.hear(0, Uint8Array.of(LOUD));
    detector.hear(99, Uint8Array.of(LOUD));
    detector.hear(300, Uint8Array.of(LOUD));
    detector.finish();
    expect(edges).toEqual(['+0', '-100', '+300', '-301']);
  });

  it('hears no sound in µ-law silence of either sign, nor in the faintest noise', () => {
    const { detector, edges } = makeDetector(100);
    detector.hear(0, Uint8Array.of(0xff, 0x7f, 0xfe, 0x7e, 0xf0, 0x70));
    expect(edges).toEqual([]);
  });
});
