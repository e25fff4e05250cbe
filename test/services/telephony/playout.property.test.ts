import { describe, expect, it } from '@jest/globals';
import type { Heard, PlayoutEvent } from '../../../machines/call/events.ts';
import { CarrierPlayout } from '../../../services/telephony/playout.ts';
import { FakeCarrier } from './fake-carrier.ts';

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

/**
 * One random call on a playout and, beside it, on the simple reference: the port's contract with no frames and no clock. Its
 * truth about sound comes from the carrier, which knows what it played. Every two bytes of audio name epoch and sentence.
 */
class Run {
  readonly carrier = new FakeCarrier();
  readonly playout = new CarrierPlayout({
    wire: this.carrier,
    now: () => this.carrier.now,
    audioClock: () => this.carrier.now,
    maximumLeadMs: MAXIMUM_LEAD_MS,
  });
  readonly events: PlayoutEvent[] = [];
  readonly expectedHeard: string[] = [];
  readonly #below: (below: number) => number;
  /** Highest epoch seen, the stretch under way, and whether its end was told. */
  #gate = 1;
  #current: number | undefined;
  #ended = false;
  #sentence = 0;
  #openSentence = false;
  /** Read off the wire: sound sent, sound known to be played or cleared, marks that have not come back. */
  #read = 0;
  #sound = 0;
  #settled = 0;
  #marks: { name: string; sound: number; cleared: boolean }[] = [];

  constructor(seed: number) {
    this.#below = random(seed);
    this.playout.cut(this.#gate);
    this.playout.subscribe((event) => this.events.push(event));
  }

  step(): void {
    const from = this.carrier.sent.length;
    const choice = this.#below(16);
    if (choice < 5) this.#write();
    else if (choice < 7) this.#endSentence();
    else if (choice < 8) this.#end();
    else if (choice < 9) this.#cut();
    else if (choice < 12) this.#deliver();
    else this.#pass();
    for (const item of this.carrier.sent.slice(from)) {
      if (item.type === 'media') expect(item.byte).toBe(this.#gate); // nothing old, ever
      if (item.type === 'mark') expect(item.name).toMatch(new RegExp(`^e${this.#gate}\\.(s\\d+|end)$`));
      if (item.type === 'clear') expect(choice).toBe(8);
    }
    expect(this.carrier.leadMs).toBeLessThanOrEqual(MAXIMUM_LEAD_MS + 20);
    this.#readWire();
  }

  /** @returns whether the reference takes a write of this epoch */
  #begin(epoch: number): boolean {
    if (epoch < this.#gate || (epoch === this.#current && this.#ended)) return false;
    if (epoch !== this.#current) {
      this.#gate = epoch;
      this.#current = epoch;
      this.#ended = false;
      this.#openSentence = false;
    }
    return true;
  }

  #write(): void {
    const epoch = this.#gate + ([0, 0, 0, 0, 0, 0, 1, -1][this.#below(8)] ?? 0);
    if (this.#begin(epoch)) {
      if (!this.#openSentence) this.#sentence += 1;
      this.#openSentence = true;
    }
    const audio = new Uint8Array(2 * this.#below(600));
    for (let at = 0; at < audio.length; at += 2) audio.set([epoch, this.#sentence], at);
    this.playout.write(epoch, this.#sentence, audio);
  }

  #endSentence(): void {
    const epoch = this.#gate - (this.#below(8) === 0 ? 1 : 0);
    if (this.#begin(epoch)) {
      if (!this.#openSentence) this.#sentence += 1;
      this.#openSentence = false;
    }
    this.playout.endSentence(epoch, this.#sentence);
  }

  #end(): void {
    if (this.#begin(this.#gate)) this.#ended = true;
    this.playout.end(this.#gate);
  }

  #cut(): void {
    const from = this.carrier.sent.length;
    const epoch = this.#gate + 1 + this.#below(2);
    const current = this.#current;
    const finished = this.events.some((event) => event.type === 'playout.finished' && event.epoch === current);
    const heard = this.playout.cut(epoch);
    this.#gate = epoch;
    this.#current = undefined;
    expect(this.carrier.sent.slice(from)).toEqual(this.#sound > this.#settled ? [{ type: 'clear' }] : []);
    expect(heard !== undefined).toBe(current !== undefined && !finished);
    if (current === undefined || heard === undefined) return;
    expect(this.events.at(-1)).toEqual({ type: 'playout.cut', epoch: current, heard });
    this.#judge(current, heard);
  }

  /** Whole sentences by marks, and never more of the one in flight than the carrier really played. */
  #judge(epoch: number, { sentences, partial }: Heard): void {
    expect(sentences).toBe(this.expectedHeard.filter((name) => name.startsWith(`e${epoch}.`)).length);
    if (!partial) return;
    const playedMs = this.carrier.played.filter((f) => f[0] === epoch && f[1] === partial.sentence % 256).length * 20;
    expect(partial.playedMs).toBeGreaterThan(0);
    expect(partial.playedMs).toBeLessThanOrEqual(partial.lengthMs);
    // The frame that is sounding now is not in the carrier's list yet.
    expect(partial.playedMs).toBeLessThanOrEqual(playedMs + 20);
  }

  #deliver(): void {
    for (const { name, played } of this.carrier.returns.splice(0, 1 + this.#below(3))) {
      const mark = this.#marks.shift();
      expect(mark?.name).toBe(name);
      if (mark && !mark.cleared) {
        expect(played).toBe(true);
        this.#settled = Math.max(this.#settled, mark.sound);
        if (name.startsWith(`e${this.#current}.s`)) this.expectedHeard.push(name);
      }
      expect(this.playout.markReturned(name)).toBe(true);
    }
  }

  #pass(): void {
    this.carrier.advance(1 + this.#below(150));
    this.playout.tick();
  }

  #readWire(): void {
    for (const item of this.carrier.sent.slice(this.#read)) {
      if (item.type === 'media') this.#sound += 1;
      if (item.type === 'mark') this.#marks.push({ name: item.name, sound: this.#sound, cleared: false });
      if (item.type === 'clear') {
        this.#settled = this.#sound;
        for (const mark of this.#marks) mark.cleared = true;
      }
    }
    this.#read = this.carrier.sent.length;
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

describe('any order of writes, ends, cuts, marks and ticks', () => {
  it('keeps the laws of playout', () => {
    const seen = { S: 0, h: 0, '-': 0, '+': 0, F: 0, C: 0 } as Record<string, number>;
    for (let seed = 1; seed <= 150; seed += 1) {
      const run = new Run(seed);
      for (let step = 0; step < 200; step += 1) run.step();
      const heard = run.events.flatMap((e) => (e.type === 'playout.heard' ? [`e${e.epoch}.s${e.sentence}`] : []));
      expect(heard).toEqual(run.expectedHeard);
      const stories = new Map<number, string>();
      for (const { type, epoch } of run.events) stories.set(epoch, (stories.get(epoch) ?? '') + LETTERS[type]);
      for (const story of stories.values()) {
        // Begins once, is heard in order, starves and resumes in turn, and ends once: finished, cut, or overtaken.
        expect(story).toMatch(/^h*(?:Sh*(?:-h*\+h*)*(?:-h*)?)?[FC]?$/);
        for (const letter of story) seen[letter] = (seen[letter] ?? 0) + 1;
      }
    }
    // The walks went everywhere: an empty walk would keep every law.
    for (const [letter, count] of Object.entries(seen)) expect([letter, count > 150]).toEqual([letter, true]);
  });
});
