import { getEventListeners } from 'node:events';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { CallerEvent, Failure, FailureCode } from '../../machines/call/events.ts';
import type { SpeechToText, SpeechToTextSession } from '../../machines/call/ports.ts';
import { ServiceError } from '../../services/errors.ts';

/** An adapter and what is behind it: an emulator, or an engine. */
export interface Scenario {
  readonly speechToText: SpeechToText;
  /** Resolves once nothing is open behind the adapter any more, and what was under way has arrived. */
  allClosed(): Promise<void>;
  close(): Promise<void>;
}

/** A scenario that ends badly, always in the same way. */
export interface Misfortune {
  readonly name: string;
  readonly code: FailureCode;
  readonly retryable: boolean;
  start(): Promise<Scenario>;
}

export interface SpeechToTextContract {
  readonly vendor: string;
  /** One utterance, which the engine hears as `text`, and the silence that ends it: µ-law, 8 kHz. */
  readonly utterance: Uint8Array;
  readonly text: string;
  /** Must appear in no message. */
  readonly secret: string;
  /** Everything works. */
  start(): Promise<Scenario>;
  /** It cannot be opened. */
  readonly refusals: readonly Misfortune[];
  /** It opens, and is lost by the end of the utterance. */
  readonly losses: readonly Misfortune[];
}

/** What one session reports. */
class Line {
  readonly events: CallerEvent[] = [];
  readonly lost: Failure[] = [];
  readonly abort = new AbortController();
  readonly #waiting = new Set<() => void>();

  open(speechToText: SpeechToText, topic = 'anything'): Promise<SpeechToTextSession> {
    return speechToText.open({
      signal: this.abort.signal,
      topic,
      on: (event) => {
        this.events.push(event);
        this.#changed();
      },
      onLost: (failure) => {
        this.lost.push(failure);
        this.#changed();
      },
    });
  }

  get listeners(): number {
    return getEventListeners(this.abort.signal, 'abort').length;
  }

  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise<void>((resolve) => this.#waiting.add(resolve));
  }

  ended = (): boolean => this.events.at(-1)?.type === 'caller.endOfTurn';

  #changed(): void {
    for (const look of this.#waiting) look();
    this.#waiting.clear();
  }
}

const LETTERS = {
  'caller.speechStarted': 'S',
  'caller.interim': 'I',
  'caller.eagerEndOfTurn': 'E',
  'caller.turnResumed': 'R',
  'caller.endOfTurn': 'N',
} as const;
/** Utterances: a start, texts, guesses that are each taken back or confirmed, an end. */
const LEGAL = /^(S(I|ER)*E?N)*$/;

/** What every recogniser owes a call, whatever the vendor. */
export function describeSpeechToText(contract: SpeechToTextContract): void {
  const { vendor, utterance, text, secret, start, refusals, losses } = contract;
  const scenarios: Scenario[] = [];
  const started = async (begin: () => Promise<Scenario>): Promise<Scenario> => {
    const scenario = await begin();
    scenarios.push(scenario);
    return scenario;
  };
  afterEach(async () => {
    await Promise.all(scenarios.splice(0).map((scenario) => scenario.close()));
  });

  describe(`${vendor} as a speech to text`, () => {
    it('says the five words in a legal order, texts growing to the last one', async () => {
      const { speechToText } = await started(start);
      const line = new Line();
      (await line.open(speechToText)).write(utterance);
      await line.until(line.ended);
      expect(line.events.map(({ type }) => LETTERS[type]).join('')).toMatch(LEGAL);
      const end = line.events.at(-1);
      if (end?.type !== 'caller.endOfTurn') throw new Error('expected the end of the turn');
      expect(end.text).toBe(text);
      expect(end.confidence).toBeGreaterThan(0);
      expect(end.confidence).toBeLessThanOrEqual(1);
      const times = end.words.flatMap(({ startMs, endMs }) => [startMs, endMs]);
      expect(times).toEqual([...times].sort((a, b) => a - b));
      expect(times.at(-1) ?? 0).toBeLessThanOrEqual(utterance.length / 8);
      line.abort.abort();
    });

    it.each([1, 160, 999])('hears the same in chunks of %i bytes', async (length) => {
      const { speechToText } = await started(start);
      const line = new Line();
      const session = await line.open(speechToText);
      for (let at = 0; at < utterance.length; at += length) session.write(utterance.subarray(at, at + length));
      await line.until(line.ended);
      expect(line.events.at(-1)).toMatchObject({ type: 'caller.endOfTurn', text });
      line.abort.abort();
    });

    it('takes any topic at any time', async () => {
      const { speechToText } = await started(start);
      const line = new Line();
      const session = await line.open(speechToText, 'a topic that nobody knows');
      for (const topic of ['opening', '', '__proto__', 'toString']) session.expect(topic);
      session.write(utterance);
      await line.until(line.ended);
      expect(line.lost).toEqual([]);
      line.abort.abort();
    });

    it('is not opened for a call that is over', async () => {
      const { speechToText, allClosed } = await started(start);
      const line = new Line();
      line.abort.abort();
      await expect(line.open(speechToText)).rejects.toMatchObject({ code: 'cancelled' });
      await allClosed();
    });

    it('is silent when aborted while it opens', async () => {
      const { speechToText, allClosed } = await started(start);
      const line = new Line();
      const opening = line.open(speechToText);
      line.abort.abort();
      await expect(opening).rejects.toMatchObject({ code: 'cancelled', retryable: false });
      await allClosed();
      expect([line.events, line.lost, line.listeners]).toEqual([[], [], 0]);
    });

    it('is silent as soon as it is aborted, also in the middle of a report', async () => {
      const { speechToText, allClosed } = await started(start);
      const line = new Line();
      const session = await line.open(speechToText);
      const heard: CallerEvent[] = [];
      line.events.push = (...events) => {
        line.abort.abort();
        return heard.push(...events);
      };
      session.write(utterance);
      await line.until(() => line.abort.signal.aborted);
      await allClosed();
      expect(heard).toEqual([{ type: 'caller.speechStarted' }]);
      session.write(utterance);
      session.expect('opening');
      expect([line.lost, line.listeners, heard.length]).toEqual([[], 0, 1]);
    });

    it('leaves nothing behind', async () => {
      const { speechToText, allClosed } = await started(start);
      const lines = [1, 2, 3, 4].map(() => new Line());
      const sessions = await Promise.all(lines.map((line) => line.open(speechToText)));
      for (const session of sessions) session.write(utterance);
      await Promise.all(lines.map((line) => line.until(line.ended)));
      for (const line of lines) line.abort.abort();
      await allClosed();
      expect(lines.map((line) => [line.lost, line.listeners])).toEqual(lines.map(() => [[], 0]));
    });

    for (const { name, code, retryable, start: begin } of refusals)
      it(`says ${code} when ${name}`, async () => {
        const { speechToText, allClosed } = await started(begin);
        const line = new Line();
        const error: unknown = await line.open(speechToText).catch((reason: unknown) => reason);
        if (!ServiceError.is(error)) throw error;
        expect({ code: error.code, retryable: error.retryable }).toEqual({ code, retryable });
        expect(`${error.message} ${JSON.stringify(error)} ${error.stack} ${String(error.cause)}`).not.toContain(secret);
        await allClosed();
        expect([line.events, line.lost, line.listeners]).toEqual([[], [], 0]);
      });

    for (const { name, code, retryable, start: begin } of losses)
      it(`is lost once, with ${code}, when ${name}`, async () => {
        const { speechToText, allClosed } = await started(begin);
        const line = new Line();
        const session = await line.open(speechToText);
        session.write(utterance);
        await line.until(() => line.lost.length > 0);
        const reported = line.events.length;
        session.write(utterance);
        session.expect('opening');
        await allClosed();
        line.abort.abort();
        expect(line.lost).toEqual([{ code, retryable, message: expect.any(String) }]);
        expect(line.lost[0]?.message).not.toContain(secret);
        expect([line.events.length, line.listeners]).toEqual([reported, 0]);
      });
  });
}
