import { describe, expect, it } from '@jest/globals';
import type { PlayoutEvent } from '../../../machines/call/events.ts';
import { CarrierPlayout } from '../../../services/telephony/playout.ts';
import { FakeCarrier } from './fake-carrier.ts';
import { PlayoutReference, type ReferenceStretch, textOf } from './playout-reference.ts';

/** Small seeded generator (mulberry32), so that a failing run can be repeated from its seed. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const MAXIMUM_LEAD_MS = 400;

/** Loud random bytes: 0x00–0x4f and 0x80–0xcf, louder than -31 dBFS. */
const NOISE = ((below) => Uint8Array.from({ length: 500_000 }, () => below(80) + 0x80 * below(2)))(random(1));

type Step = (typeof STEPS)[number];
/** What a random step does; what is here twice comes twice as often. */
const STEPS = [
  ...(['write', 'write', 'write', 'write', 'write', 'endSentence', 'endSentence', 'end', 'cut', 'cut'] as const),
  ...(['hold', 'release', 'replay', 'deliver', 'deliver', 'deliver', 'pass', 'pass', 'pass', 'pass'] as const),
];

/** How often the walks saw what they are for. */
const seen = { replays: 0, secondReplays: 0, cutsOfHeld: 0, releases: 0, emptyAtRelease: 0, overtakenWhileHeld: 0 };

/**
 * One random call on a playout and, beside it, on the reference. Its truth about sound comes from the carrier, which knows
 * what it played. All audio is noise: each frame is the only one of its kind, and there are no quiet points.
 */
class Run {
  readonly carrier = new FakeCarrier();
  readonly playout = new CarrierPlayout({
    wire: this.carrier,
    now: () => this.carrier.now,
    audioClock: () => this.carrier.now,
    maximumLeadMs: MAXIMUM_LEAD_MS,
  });
  readonly reference = new PlayoutReference();
  readonly events: PlayoutEvent[] = [];
  readonly #below: (below: number) => number;
  /** Read off the wire: items read, and of the frames each one's epoch and sentence. */
  #read = 0;
  readonly #owners: string[] = [];
  /** Frames known to be played or cleared, marks that have not come back and how many frames went before each. */
  #settled = 0;
  #marks: { name: string; frames: number; cleared: boolean; stretch: ReferenceStretch }[] = [];

  constructor(seed: number) {
    this.#below = random(seed);
    this.playout.cut(this.reference.gate);
    this.playout.subscribe((event) => this.events.push(event));
  }

  step(step: Step): void {
    const from = this.events.length;
    const before = this.reference.current;
    const [wasHeld, hadSounded] = [before?.held === true, before?.sounded === true];
    this.#do(step);
    if (step !== 'cut') this.#readWire();
    const { current } = this.reference;
    if (wasHeld && current !== before && step !== 'cut') seen.overtakenWhileHeld += 1;
    expect(this.carrier.leadMs).toBeLessThanOrEqual(MAXIMUM_LEAD_MS + 20);
    const told = this.events.slice(from);
    if (!current) return;
    const types = told.filter(({ epoch }) => epoch === current.epoch).map(({ type }) => type);
    if (current.held) expect(types).toEqual([]);
    const begins = current.sounded && !(current === before && hadSounded);
    expect(types.includes('playout.started')).toBe(begins);
    expect(this.#wasTold('playout.finished', current)).toBe(current.finished);
  }

  /** All that still waits goes out, and comes to its end. */
  settle(): void {
    while (this.reference.current?.held) this.step('release');
    const { current } = this.reference;
    for (let turn = 0; turn < 200 && current && current.seen < current.expected.length; turn += 1) {
      this.step('pass');
      this.step('deliver');
    }
    expect(current?.seen).toBe(current?.expected.length);
  }

  /** Half of what was cut is played again at once: left to chance alone, another stretch mostly begins before. */
  random(): void {
    const step = STEPS[this.#below(STEPS.length)] ?? 'pass';
    this.step(step);
    if (step === 'cut' && this.#below(2) === 0) this.step('replay');
  }

  #do(step: Step): void {
    if (step === 'write') this.#write();
    else if (step === 'endSentence') this.#endSentence();
    else if (step === 'end') {
      this.reference.open(this.reference.gate)?.end();
      this.playout.end(this.reference.gate);
    } else if (step === 'cut') this.#cut();
    else if (step === 'hold') this.#hold();
    else if (step === 'release') this.#release();
    else if (step === 'replay') this.#replay();
    else if (step === 'deliver') this.#deliver();
    else {
      this.carrier.advance(1 + this.#below(150));
      this.playout.tick();
    }
  }

  /** Mostly the open sentence or the next, sometimes one that is over. */
  #sentence(): number {
    const last = this.reference.current?.sentences.at(-1);
    if (!last) return this.#below(2);
    return Math.max(0, last.index + (last.complete ? 1 : 0) + ([0, 0, 0, 0, 0, 0, 1, -1][this.#below(8)] ?? 0));
  }

  #write(): void {
    const { reference } = this;
    const epoch = reference.gate + ([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, -1][this.#below(13)] ?? 0);
    const sentence = this.#sentence();
    const audio = NOISE.subarray(this.#below(NOISE.length)).subarray(0, this.#below(1200));
    reference.open(epoch)?.write(sentence, audio);
    this.playout.write(epoch, sentence, audio);
  }

  #endSentence(): void {
    const epoch = this.reference.gate - (this.#below(8) === 0 ? 1 : 0);
    const sentence = this.#sentence();
    this.reference.open(epoch)?.endSentence(sentence);
    this.playout.endSentence(epoch, sentence);
  }

  #hold(): void {
    const epoch = this.reference.gate + this.#below(4) - 1;
    this.reference.begin(epoch, true);
    this.playout.hold(epoch);
  }

  #release(): void {
    const { current, gate } = this.reference;
    const epoch = gate + (this.#below(6) === 0 ? 1 : 0);
    if (current?.held && current.epoch === epoch) {
      current.held = false;
      seen.releases += 1;
      if (current.finished) seen.emptyAtRelease += 1;
    }
    this.playout.release(epoch);
  }

  #replay(): void {
    const { reference } = this;
    const epoch = reference.gate + this.#below(3) - 1;
    const firstMs = (reference.retained[0]?.length ?? 0) / 8;
    const skipMs = this.#below(Math.ceil(firstMs) + 40);
    if (reference.replay(epoch, skipMs)) seen.replays += 1;
    this.playout.replay(epoch, skipMs);
  }

  #cut(): void {
    const from = this.events.length;
    const epoch = this.reference.gate + 1 + this.#below(2);
    const stretch = this.reference.cut(epoch);
    const wire = this.carrier.sent.length;
    this.playout.cut(epoch);
    const clears = this.#owners.length > this.#settled;
    expect(this.carrier.sent.slice(wire)).toEqual(clears ? [{ type: 'clear' }] : []);
    this.#read = this.carrier.sent.length;
    this.#settled = this.#owners.length;
    if (clears) for (const mark of this.#marks) mark.cleared = true;
    expect(this.events.length - from).toBe(stretch ? 1 : 0);
    if (stretch) this.#judge(stretch, this.events.at(-1));
  }

  /** Whole sentences by marks, and never more of the one in flight than the carrier really played. */
  #judge(stretch: ReferenceStretch, event: PlayoutEvent | undefined): void {
    if (stretch.held) {
      seen.cutsOfHeld += 1;
      expect(event).toEqual({ type: 'playout.cut', epoch: stretch.epoch, heard: { sentences: 0 } });
      return;
    }
    if (event?.type !== 'playout.cut') throw new Error('a cut was not answered');
    expect(event.epoch).toBe(stretch.epoch);
    const { sentences, partial, retained } = event.heard;
    expect(sentences).toBe(stretch.sentences.filter(({ heard }) => heard).length);
    const kept = stretch.retained().length;
    expect(retained).toBe(kept > 0 ? kept : undefined);
    if (kept > 0 && stretch.replayed) seen.secondReplays += 1;
    if (!partial) return;
    const inFlight = stretch.sentences[sentences];
    expect(partial).toEqual({
      sentence: inFlight?.index,
      playedMs: partial.playedMs,
      lengthMs: (inFlight?.bytes.length ?? 0) / 8,
      complete: inFlight?.complete,
    });
    const name = `${stretch.epoch}.${partial.sentence}`;
    const own = new Set(this.carrier.frames.filter((_, at) => this.#owners[at] === name));
    const played = this.carrier.played.filter((frame) => own.has(frame));
    expect(partial.playedMs).toBeGreaterThan(0);
    expect(partial.playedMs).toBeLessThanOrEqual(partial.lengthMs);
    // The frame that is sounding now is not in the carrier's list yet.
    expect(partial.playedMs).toBeLessThanOrEqual(played.length * 20 + 20);
  }

  #deliver(): void {
    for (const { name, played } of this.carrier.returns.splice(0, 1 + this.#below(3))) {
      const mark = this.#marks.shift();
      expect(mark?.name).toBe(name);
      const from = this.events.length;
      expect(this.playout.markReturned(name)).toBe(true);
      if (!mark || mark.cleared) {
        expect(this.events.length).toBe(from);
        continue;
      }
      expect(played).toBe(true);
      this.#settled = Math.max(this.#settled, mark.frames);
      const sentence = mark.stretch.sentences.find(({ index }) => name === `e${mark.stretch.epoch}.s${index}`);
      const counts = mark.stretch === this.reference.current && sentence !== undefined;
      if (counts) sentence.heard = true;
      expect(this.events.slice(from, from + 1)).toEqual(
        counts ? [{ type: 'playout.heard', epoch: mark.stretch.epoch, sentence: sentence.index }] : [],
      );
    }
  }

  /** What is new on the wire is the next of what the stretch under way must send, byte for byte, and nothing of a held one. */
  #readWire(): void {
    const { current } = this.reference;
    const sent = this.carrier.sent.slice(this.#read);
    this.#read += sent.length;
    if (sent.length === 0) return;
    expect(current?.held).toBe(false);
    if (!current) return;
    const due = current.expected.slice(current.seen, current.seen + sent.length);
    current.seen += sent.length;
    let frames = this.#owners.length;
    const came = sent.map((item) => {
      if (item.type !== 'media') return item;
      const frame = this.carrier.frames[frames] ?? new Uint8Array();
      frames += 1;
      return textOf(frame);
    });
    expect(came).toEqual(due.map((item) => (item.type === 'frame' ? item.bytes : item)));
    for (const item of due)
      if (item.type === 'frame') this.#owners.push(`${current.epoch}.${item.sentence}`);
      else this.#marks.push({ name: item.name, frames: this.#owners.length, cleared: false, stretch: current });
  }

  #wasTold(type: PlayoutEvent['type'], { epoch }: ReferenceStretch): boolean {
    return this.events.some((event) => event.type === type && event.epoch === epoch);
  }
}

/** The events of one epoch, in short: `S` started, `h` heard, `-` starved, `+` resumed, `F` finished, `C` cut. */
const LETTERS: Record<PlayoutEvent['type'], string> = {
  'playout.started': 'S',
  'playout.heard': 'h',
  'playout.starved': '-',
  'playout.resumed': '+',
  'playout.finished': 'F',
  'playout.cut': 'C',
};

describe('any order of writes, ends, holds, releases, cuts, replays, marks and ticks', () => {
  it('keeps the laws of playout', () => {
    const letters = { S: 0, h: 0, '-': 0, '+': 0, F: 0, C: 0 } as Record<string, number>;
    for (let seed = 1; seed <= 60; seed += 1) {
      const run = new Run(seed);
      for (let step = 0; step < 150; step += 1) run.random();
      run.settle();
      const stories = new Map<number, string>();
      for (const { type, epoch } of run.events) stories.set(epoch, (stories.get(epoch) ?? '') + LETTERS[type]);
      for (const story of stories.values()) {
        // Begins once, is heard in order, starves and resumes in turn, and ends once: finished, cut, or overtaken.
        expect(story).toMatch(/^h*(?:Sh*(?:-h*\+h*)*(?:-h*)?)?[FC]?$/);
        for (const letter of story) letters[letter] = (letters[letter] ?? 0) + 1;
      }
    }
    // The walks went everywhere: an empty walk would keep every law.
    for (const [letter, count] of Object.entries(letters)) expect([letter, count > 50]).toEqual([letter, true]);
    for (const [what, count] of Object.entries(seen)) expect([what, count > 5]).toEqual([what, true]);
  });
});
