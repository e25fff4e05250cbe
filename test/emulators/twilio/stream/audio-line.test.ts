import { describe, expect, it } from '@jest/globals';
import { SimulatedClock } from 'xstate';
import { Recorder } from '../../../../emulators/twilio/recorder.ts';
import { AudioLine } from '../../../../emulators/twilio/stream/audio-line.ts';
import { CallerAudio } from '../../../../emulators/twilio/stream/caller-audio.ts';
import { Timeline } from '../../../../emulators/twilio/timeline.ts';

const LOUD = 0x90;
const sound = (ms: number) => new Uint8Array(ms * 8).fill(LOUD);

function makeLine() {
  const clock = new SimulatedClock();
  const timeline = new Timeline(clock);
  const caller = new CallerAudio();
  const recorder = new Recorder();
  const frames: number[] = [];
  const marks: string[] = [];
  const line = new AudioLine({
    clock,
    timeline,
    caller,
    recorder,
    frameBytes: 160,
    silenceMs: 300,
    sendMedia: (_frame, timestampMs) => frames.push(timestampMs),
    sendMark: (name) => marks.push(`${name} at ${clock.now()}`),
  });
  const pass = (ms: number): void => {
    for (let step = 0; step < ms; step += 1) clock.increment(1);
  };
  const happened = () => timeline.entries.map(({ atMs, event }) => `${event.type} at ${atMs}`);
  line.start();
  return { line, clock, timeline, caller, recorder, frames, marks, pass, happened };
}

describe('an audio line on virtual time', () => {
  it('sends 3,000 frames in a minute and times the last one right', () => {
    const { frames, clock } = makeLine();
    for (let second = 0; second < 60; second += 1) clock.increment(1000);
    expect(frames).toHaveLength(3000);
    expect(frames.at(-1)).toBe(60_000);
  });

  it('returns marks on the millisecond and dates sound to the sample', () => {
    const { line, marks, pass, happened } = makeLine();
    pass(7);
    line.play(sound(100));
    line.mark('a');
    line.play(new Uint8Array(12).fill(LOUD));
    line.mark('b');
    pass(1000);
    expect(marks).toEqual(['a at 107', 'b at 109']);
    expect(happened()).toEqual(['agentAudio at 7', 'mark at 107', 'mark at 108.5', 'agentSilent at 108.5']);
  });

  it('records both sides where they sounded, and nothing of what was cleared', () => {
    const { line, caller, recorder, pass, marks } = makeLine();
    void caller.push(sound(40));
    pass(100);
    line.play(sound(5000));
    line.mark('never');
    pass(50);
    line.clear();
    pass(50);
    expect(marks).toEqual(['never at 150']);
    const audible = (side: 'caller' | 'agent') => {
      const rendered = recorder.render(side);
      return [rendered.indexOf(LOUD) / 8, (rendered.lastIndexOf(LOUD) + 1) / 8, rendered.length / 8];
    };
    expect(audible('caller')).toEqual([0, 40, 200]);
    expect(audible('agent')).toEqual([100, 150, 200]);
  });

  it('is silent and leaves no timer when stopped', () => {
    const { line, frames, marks, pass, happened } = makeLine();
    line.play(sound(1000));
    line.mark('never');
    pass(45);
    line.stop();
    pass(2000);
    expect(frames).toEqual([20, 40]);
    expect(marks).toEqual([]);
    expect(happened()).toEqual(['agentAudio at 0', 'agentSilent at 45']);
  });
});
