import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { ServerOverrides } from '../../server/create-server.ts';
import { dribbles, upgrades, webhooks } from './hostile-requests.ts';
import { messages, tokens } from './hostile-streams.ts';
import {
  FRAME_BYTES,
  HALF_SECOND,
  HEALTHY,
  healthyTurn,
  heard,
  type Row,
  said,
  start,
  target,
} from './hostile-target.ts';

/**
 * What strangers send, on both planes of a server as it runs in production. Each row is one input, its defined answer, and
 * everything that the log says about it. Beside each a call is live that must not notice: what its caller hears is compared
 * with a call that was alone.
 */

/** What the healthy caller hears of a server that nobody attacks. */
let alone: unknown[];
beforeAll(async () => {
  await start();
  await healthyTurn();
  alone = heard(target.healthy);
  target.healthy.hangUp();
  await target.healthy.closed;
  await target.server.stop();
});
afterEach(async () => {
  target.healthy.socket.terminate();
  await target.server.stop();
});

describe.each([
  ['a webhook', webhooks],
  ['a slow webhook', dribbles, { requestTimeoutMs: 1000 }],
  ['the upgrade of a socket', upgrades],
  ['a stream begun', tokens],
  ['a live stream', messages],
] satisfies [string, Row[], ServerOverrides?][])('%s with', (_where, rows, overrides?: ServerOverrides) => {
  beforeEach(() => start(overrides));

  it.each(rows)('%s', async (_input, attack, answer, lines) => {
    target.healthy.frames(HALF_SECOND);
    expect(await attack()).toBe(answer);
    await healthyTurn();
    await target.server.scripted.heard(HEALTHY, (1 + 3 * HALF_SECOND) * FRAME_BYTES);
    expect(heard(target.healthy)).toEqual(alone);
    expect(said()).toEqual(lines);
    target.healthy.hangUp();
    await target.healthy.closed;
  });
});
