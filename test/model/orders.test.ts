import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { countOrders, ordersOf } from './orders/flux-orders.ts';
import { type OrderReport, orderLine, runOrderScripts, SMOKE_ORDERS } from './orders/run-order-scripts.ts';

/** Seconds, and several times as long on a busy machine. */
const PATIENCE_MS = 240_000;

describe('every order of start, update, eager, resumed and end that Flux may send, up to eight words', () => {
  let report: OrderReport;
  beforeAll(() => {
    report = runOrderScripts(SMOKE_ORDERS);
  }, PATIENCE_MS);
  afterAll(() => {
    process.stdout.write(`${orderLine(report)}\n`);
  });

  it('keeps every law, whatever model, voice, carrier, keys and timers do meanwhile; so does what no vendor should send', () => {
    expect(report.broken).toEqual([]);
  });

  it('is followed', () => {
    expect([report.orders, report.sampled]).toEqual([2583, 200]);
    // Billions of scripts, since most of them differ only in who was first.
    expect(report.scripts).toBeGreaterThan(1_000_000_000n);
    expect(report.events).toBeGreaterThan(report.worlds);
  });
});

describe('the orders', () => {
  it('are counted as they are listed', () => {
    const listed = [1, 2, 3, 4, 5, 6].map((length) => [...ordersOf(length)].length);
    expect(listed).toEqual([2, 5, 13, 34, 89, 233]);
    expect(countOrders(6)).toBe(2 + 5 + 13 + 34 + 89 + 233);
  });

  it('begin, resume and end as the contract says', () => {
    expect([...ordersOf(3)].map((words) => words.join(' '))).toEqual([
      'start update update',
      'start update eager',
      'start update end',
      'start eager update',
      'start eager resumed',
      'start eager end',
      'start end start',
      'start end update',
      'update start update',
      'update start eager',
      'update start end',
      'update update start',
      'update update update',
    ]);
  });
});
