import { expect, it } from '@jest/globals';
import { replay } from '../../journal/replay.ts';
import { randomCall } from './random-call.ts';

/** `RANDOM_CALLS=1000 npm run jest -- test/replay/random-calls` takes all of them. */
const CALLS = Number(process.env.RANDOM_CALLS ?? 100);
const EVENTS = 100;

it(`${CALLS} random calls replay as they went`, () => {
  const parted: string[] = [];
  let events = 0;
  for (let seed = 1; seed <= CALLS; seed++) {
    const { journal, context } = randomCall(seed, EVENTS);
    const last = [...replay(journal)].at(-1);
    events += journal.entries.length;
    if (last?.diverged || last?.entry.seq !== journal.entries.length - 1)
      parted.push(`seed ${seed} at entry ${last?.entry.seq}: ${JSON.stringify(last?.differences)}`);
    else expect(last.after.context).toEqual(context);
  }
  expect(parted).toEqual([]);
  // Few of them end early.
  expect(events / CALLS).toBeGreaterThan(EVENTS / 3);
}, 120_000);

it('is the same call for the same seed', () => {
  expect(randomCall(7, EVENTS).text).toBe(randomCall(7, EVENTS).text);
  expect(randomCall(7, EVENTS).text).not.toBe(randomCall(8, EVENTS).text);
});
