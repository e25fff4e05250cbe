import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { UnansweredAudio } from '../../../../services/speech-to-text/deepgram-flux/unanswered-audio.ts';

let silent: number;
let unanswered: UnansweredAudio;
const send = (pieces: number): void => {
  for (let piece = 0; piece < pieces; piece += 1) unanswered.sent();
};
beforeEach(() => {
  jest.useFakeTimers();
  silent = 0;
  unanswered = new UnansweredAudio(5000, () => {
    silent += 1;
  });
});
afterEach(() => {
  unanswered.reset();
  expect(jest.getTimerCount()).toBe(0);
  jest.useRealTimers();
});

describe('unanswered audio', () => {
  it('is noticed once, after more than a second of it and 5 s of silence', () => {
    send(13);
    jest.advanceTimersByTime(4999);
    send(60);
    expect(silent).toBe(0);
    jest.advanceTimersByTime(60_000);
    expect(silent).toBe(1);
  });

  it('is forgotten with every answer', () => {
    send(13);
    jest.advanceTimersByTime(4999);
    unanswered.reset();
    send(12);
    jest.advanceTimersByTime(60_000);
    expect(silent).toBe(0);
  });
});
