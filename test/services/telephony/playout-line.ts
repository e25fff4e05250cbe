import type { PlayoutEvent } from '../../../machines/call/events.ts';
import { CarrierPlayout } from '../../../services/telephony/playout.ts';
import { FakeCarrier } from './fake-carrier.ts';

/** Sound of one byte only; the low ones are loud. */
export const sound = (ms: number, byte = 1): Uint8Array => new Uint8Array(ms * 8).fill(byte);

/** A playout on a {@link FakeCarrier}, and all that it tells. The stream's audio clock is 7 ms ahead of the other. */
export function playoutLine() {
  const carrier = new FakeCarrier();
  const playout = new CarrierPlayout({ wire: carrier, now: () => carrier.now, audioClock: () => carrier.now + 7 });
  const events: PlayoutEvent[] = [];
  playout.subscribe((event) => events.push(event));
  /** The marks under way arrive. */
  const deliver = (): void => {
    for (const { name } of carrier.returns.splice(0)) playout.markReturned(name);
  };
  /** Time goes by on the line: frames of the caller come in, marks come back. */
  const pass = (ms: number): void => {
    for (let gone = 0; gone < ms; gone += 20) {
      carrier.advance(20);
      deliver();
      playout.tick();
    }
  };
  return { carrier, playout, events, deliver, pass };
}
