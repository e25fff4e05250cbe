import { followEveryOrder, type OrdersFollowed, type ScriptLimits } from './every-order.ts';
import { illegalMoves } from './illegal-moves.ts';
import { LAWS_OF_ALL_ORDERS, LAWS_OF_LEGAL_ORDERS } from './laws.ts';
import { type BrokenOrder, OrderWatch } from './order-watch.ts';
import { followSample } from './sampled-orders.ts';

export interface OrderScriptOptions {
  readonly limits: ScriptLimits;
  /** How many longer scripts are drawn by lot, of each kind: legal ones, and such as no vendor should send. */
  readonly sample: number;
  readonly seed: number;
}

/** Takes seconds. */
export const SMOKE_ORDERS: OrderScriptOptions = {
  limits: { words: 8, keys: 1, losses: 0, tools: false },
  sample: 100,
  seed: 1,
};

/** Takes minutes. */
export const THOROUGH_ORDERS: OrderScriptOptions = {
  limits: { words: 12, keys: 1, losses: 1, tools: true },
  sample: 2000,
  seed: 1,
};

export interface OrderReport extends OrdersFollowed {
  /** Scripts drawn by lot. */
  readonly sampled: number;
  /** Events sent to the chart. */
  readonly events: number;
  readonly seconds: number;
  /** What should not be, each with the script that shows it. */
  readonly broken: readonly BrokenOrder[];
}

/** The most moves of a script that is drawn by lot. */
const MOVES = 40;

/** Follows scripts of turn-taking through the production chart on a virtual clock, and checks every law after every event. */
export function runOrderScripts({ limits, sample, seed }: OrderScriptOptions): OrderReport {
  const startedAt = performance.now();
  const legal = new OrderWatch([...LAWS_OF_ALL_ORDERS, ...LAWS_OF_LEGAL_ORDERS]);
  const illegal = new OrderWatch(LAWS_OF_ALL_ORDERS);
  const followed = followEveryOrder(limits, legal);
  followSample({ scripts: sample, moves: MOVES, seed }, legal);
  followSample({ scripts: sample, moves: MOVES, seed, besides: illegalMoves }, illegal);
  return {
    ...followed,
    sampled: 2 * sample,
    events: legal.events + illegal.events,
    seconds: (performance.now() - startedAt) / 1000,
    broken: [...legal.broken, ...illegal.broken],
  };
}

/** A run in one line. */
export function orderLine({ orders, scripts, worlds, sampled, events, seconds, broken }: OrderReport): string {
  const grouped = (count: number | bigint): string => count.toLocaleString('en-US');
  return [
    `orders: ${grouped(orders)} of the recogniser, ${grouped(scripts)} scripts through ${grouped(worlds)} worlds`,
    `${grouped(sampled)} by lot`,
    `${grouped(events)} events`,
    `${broken.length === 0 ? 'all laws kept' : `${broken.length} laws BROKEN`}`,
    `${seconds.toFixed(1)} s`,
  ].join(', ');
}
