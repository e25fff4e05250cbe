import { callKey } from '../call-stimuli.ts';
import { countOrders } from './flux-orders.ts';
import { make, movesFrom } from './moves.ts';
import type { OrderWatch } from './order-watch.ts';
import { beginning, conversationOf, INPUT, type World } from './world.ts';

/** How much may happen in one script. */
export interface ScriptLimits {
  /** Words of the recogniser. */
  readonly words: number;
  /** How often a key is pressed. */
  readonly keys: number;
  /** How often the recogniser is lost, and back at once. */
  readonly losses: number;
  /** Whether the model uses tools. */
  readonly tools: boolean;
}

/** How much was followed. */
export interface OrdersFollowed {
  /** Orders of the recogniser's words. */
  readonly orders: number;
  /** The same, interleaved in every way with what model, voice, carrier, keys and timers may do. */
  readonly scripts: bigint;
  /** Worlds that were told apart. */
  readonly worlds: number;
}

/** A world that was followed on; of it only the ways are kept. */
interface Place {
  readonly way: Way | undefined;
  readonly edges: { readonly to: string; readonly words: 0 | 1 }[];
}

interface Way {
  readonly from: Place;
  readonly name: string;
}

/** A world that is still to be followed on. */
interface Open {
  readonly key: string;
  readonly world: World;
  readonly way: Way | undefined;
}

/** Two worlds with the same key have the same future, as far as the laws can tell. */
function keyOf({ state, caller, agent, keys, losses, memory }: World): string {
  const { context } = state.snapshot;
  return JSON.stringify([
    callKey(state),
    conversationOf(state).includes('interrupted') && context.unheard.sentences.length,
    caller.phase,
    [caller.text === '', /t\d/.test(caller.text)],
    agent.reply && [
      agent.reply.epoch === context.epoch,
      agent.reply.guess,
      agent.reply.sentences,
      agent.reply.tool,
      agent.reply.finished,
    ],
    agent.speech && { ...agent.speech, epoch: agent.speech.epoch === context.epoch },
    [keys, losses],
    [memory.requests, memory.restarts, memory.owed, memory.listensTo],
  ]);
}

/**
 * Follows every order of start, update, eager, resumed and end that the vendor's contract allows, over any number of turns,
 * interleaved in every way with what model, voice, carrier, keys and timers may do.
 *
 * Scripts share their beginnings, and worlds with the same future are visited once: that makes a few thousand of them out of
 * more scripts than could ever be run.
 */
export function followEveryOrder(limits: ScriptLimits, watch: OrderWatch): OrdersFollowed {
  const first = beginning(INPUT);
  watch.check([first], () => []);
  const start = keyOf(first.after);
  const places = new Map<string, Place>();
  // By the words of the recogniser on the way, fewest first: whoever comes to a world later has no more words left.
  const open: Open[][] = [[{ key: start, world: first.after, way: undefined }]];
  const fewest = new Map([[start, 0]]);
  for (let words = 0; words <= limits.words; words += 1)
    for (let next = open[words]?.shift(); next; next = open[words]?.shift()) {
      if (places.has(next.key)) continue;
      const place: Place = { way: next.way, edges: [] };
      places.set(next.key, place);
      for (const move of movesFrom(next.world, limits)) {
        const spent = words + move.words;
        if (spent > limits.words) continue;
        const way = { from: place, name: move.name };
        const taken = make(move);
        watch.check(taken, () => scriptOf(way));
        const world = taken.at(-1)?.after ?? move.acted;
        const key = keyOf(world);
        place.edges.push({ to: key, words: move.words });
        if ((fewest.get(key) ?? Number.POSITIVE_INFINITY) <= spent) continue;
        fewest.set(key, spent);
        open[spent] ??= [];
        open[spent].push({ key, world, way });
      }
    }
  return {
    orders: countOrders(limits.words),
    scripts: countScripts(places, start, limits.words),
    worlds: places.size,
  };
}

function scriptOf(way: Way | undefined): readonly string[] {
  const script: string[] = [];
  for (let at = way; at; at = at.from.way) script.unshift(at.name);
  return script;
}

/** How many ways lead from the start with at most so many words; none of them can go on for ever without a word. */
function countScripts(places: ReadonlyMap<string, Place>, start: string, words: number): bigint {
  const counted = new Map<string, (bigint | undefined)[]>();
  const from = (key: string, left: number): bigint => {
    const known = counted.get(key)?.[left];
    if (known !== undefined) return known;
    const edges = (places.get(key)?.edges ?? []).filter((edge) => edge.words <= left);
    const sum = edges.reduce((total, edge) => total + 1n + from(edge.to, left - edge.words), 0n);
    const counts = counted.get(key) ?? [];
    counts[left] = sum;
    counted.set(key, counts);
    return sum;
  };
  return from(start, words);
}
