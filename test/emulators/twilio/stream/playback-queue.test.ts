import { describe, expect, it } from '@jest/globals';
import { PlaybackQueue } from '../../../../emulators/twilio/stream/playback-queue.ts';

function makeQueue() {
  const log: string[] = [];
  const queue = new PlaybackQueue({
    played: (fromSample, audio) => log.push(`${audio[0]}: ${fromSample}-${fromSample + audio.length}`),
    marked: (name, atSample) => log.push(`mark ${name} at ${atSample}`),
  });
  const sound = (value: number, length: number) => new Uint8Array(length).fill(value);
  return { queue, log, sound };
}

describe('playback queue', () => {
  it('plays one sample a sample, however fast the audio came', () => {
    const { queue, log, sound } = makeQueue();
    queue.push(sound(1, 300), 100);
    queue.push(sound(2, 200), 100);
    queue.advance(350);
    expect(queue.queued).toBe(250);
    queue.advance(10_000);
    expect(log).toEqual(['1: 100-350', '1: 350-400', '2: 400-600']);
    expect(queue.queued).toBe(0);
  });

  it('returns a mark when the sound before it was played, at the exact sample', () => {
    const { queue, log, sound } = makeQueue();
    queue.push(sound(1, 100), 0);
    queue.mark('a', 0);
    queue.push(sound(2, 100), 50);
    queue.mark('b', 50);
    queue.mark('c', 60);
    expect(queue.nextMark).toBe(100);
    queue.advance(99);
    expect(log).toEqual(['1: 0-50', '1: 50-60', '1: 60-99']);
    queue.advance(5000);
    expect(log.slice(3)).toEqual(['1: 99-100', 'mark a at 100', '2: 100-200', 'mark b at 200', 'mark c at 200']);
    expect(queue.nextMark).toBeUndefined();
  });

  it('returns a mark at once when nothing waits before it', () => {
    const { queue, log, sound } = makeQueue();
    queue.mark('a', 7);
    queue.push(sound(1, 10), 20);
    queue.mark('b', 500);
    expect(log).toEqual(['mark a at 7', '1: 20-30', 'mark b at 500']);
  });

  it('a clear drops the sound and gives back the pending marks in order, none of them twice', () => {
    const { queue, log, sound } = makeQueue();
    queue.push(sound(1, 100), 0);
    queue.mark('a', 0);
    queue.push(sound(2, 100), 0);
    queue.mark('b', 0);
    queue.mark('c', 0);
    expect(queue.clear(130)).toEqual({ dropped: 70, marks: ['b', 'c'] });
    expect(queue.clear(131)).toEqual({ dropped: 0, marks: [] });
    queue.advance(1000);
    expect(log).toEqual(['1: 0-100', 'mark a at 100', '2: 100-130']);
  });

  it('begins anew after silence, without making up for the pause', () => {
    const { queue, log, sound } = makeQueue();
    queue.push(sound(1, 10), 0);
    queue.push(sound(2, 10), 400);
    queue.advance(405);
    expect(log).toEqual(['1: 0-10', '2: 400-405']);
  });
});
