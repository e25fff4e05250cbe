import { createHash } from 'node:crypto';
import type { AnyMachineSnapshot, StateValue } from 'xstate';
import { z } from 'zod';

/** A number, a short text, or `#` and eight hex digits that stand for something longer; null for nothing. */
const Fact = z.union([z.string(), z.number(), z.boolean(), z.null()]);
export type Fact = z.infer<typeof Fact>;

/** What an event changed, by name. What is not named stayed as it was. */
export const Changes = z.strictObject({
  /** By region of the chart, for example `conversation: 'listening.quiet'`; `call` holds the status of the whole. */
  state: z.record(z.string(), z.string().nullable()).optional(),
  /** By part of the chart's context, for example `epoch: 3` or `history: '#5f2c81aa'`. */
  context: z.record(z.string(), Fact).optional(),
});
export type Changes = z.infer<typeof Changes>;

/** Two calls that should be alike, and are not. */
export interface Difference {
  /** A region's state, a part of the context, or the whole that a fingerprint stands for. */
  readonly kind: keyof Changes | 'fingerprint';
  /** Of the region or the part. */
  readonly name: string;
  readonly mine: Fact;
  readonly other: Fact;
}

/** Longest text that is written as it is. */
const LONGEST_TEXT = 24;

const factOf = (value: unknown): Fact => {
  if (value === undefined || value === null) return null;
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  if (typeof value === 'string' && value.length <= LONGEST_TEXT) return value;
  return `#${createHash('sha1').update(JSON.stringify(value)).digest('hex').slice(0, 8)}`;
};

/** A state value as words: `responding.thinking`; parallel parts stand side by side: `latch.open debounce.ready`. */
export const statePath = (value: StateValue): string =>
  typeof value === 'string'
    ? value
    : Object.entries(value)
        .map(([key, child]) => (child === undefined ? key : `${key}.${statePath(child)}`))
        .join(' ');

/** The state of a call by region; a call that is over has none but `call`. */
export function regionsOf({ status, value }: Pick<AnyMachineSnapshot, 'status' | 'value'>): Record<string, string> {
  const { active = {} }: { active?: StateValue } = typeof value === 'string' ? {} : value;
  const regions: [string, StateValue | undefined][] = typeof active === 'string' ? [] : Object.entries(active);
  return {
    call: status,
    ...Object.fromEntries(regions.flatMap(([name, inner]) => (inner === undefined ? [] : [[name, statePath(inner)]]))),
  };
}

/**
 * What is known of one call at one moment, small enough to be written behind each of its events.
 *
 * The recorder looks at the live call after each event and writes what changed; a replay learns that from the journal, looks at
 * the call that it runs again, and compares. Parts of the context are told apart by identity first: only what an event
 * replaced is hashed.
 */
export class CallFacts {
  readonly #facts = { state: new Map<string, Fact>(), context: new Map<string, Fact>() };
  #value: unknown;
  #context: Readonly<Record<string, unknown>> = {};

  /** Looks at the call. @returns what changed since the last look */
  look(snapshot: AnyMachineSnapshot): Changes {
    const state: Record<string, string | null> = {};
    const context: Record<string, Fact> = {};
    if (snapshot.value !== this.#value || this.#facts.state.get('call') !== snapshot.status) {
      const now = regionsOf(snapshot);
      for (const name of this.#facts.state.keys()) if (!(name in now)) this.#note('state', name, null, state);
      for (const [name, path] of Object.entries(now)) this.#note('state', name, path, state);
      this.#value = snapshot.value;
    }
    if (snapshot.context !== this.#context) {
      for (const name in snapshot.context) {
        const part: unknown = snapshot.context[name];
        if (part !== this.#context[name] || !this.#facts.context.has(name))
          this.#note('context', name, factOf(part), context);
      }
      this.#context = snapshot.context;
    }
    return { ...(isFull(state) && { state }), ...(isFull(context) && { context }) };
  }

  /** Takes over what an entry says. */
  learn({ state = {}, context = {} }: Changes): void {
    for (const [name, fact] of Object.entries(state)) this.#facts.state.set(name, fact);
    for (const [name, fact] of Object.entries(context)) this.#facts.context.set(name, fact);
  }

  /** What both know, and know differently. A part that only one of two charts has says nothing. */
  differences(other: CallFacts): readonly Difference[] {
    return (['state', 'context'] as const).flatMap((kind) =>
      [...this.#facts[kind]].flatMap(([name, mine]) => {
        const theirs = other.#facts[kind].get(name);
        return theirs === undefined || theirs === mine ? [] : [{ kind, name, mine, other: theirs }];
      }),
    );
  }

  /** Parts of the context that this one knows of and the other does not. */
  lackedBy(other: CallFacts): readonly string[] {
    return [...this.#facts.context.keys()].filter((name) => !other.#facts.context.has(name));
  }

  #note<T extends Fact>(kind: keyof Changes, name: string, fact: T, changes: Record<string, T>): void {
    if (this.#facts[kind].get(name) === fact) return;
    this.#facts[kind].set(name, fact);
    changes[name] = fact;
  }
}

const isFull = (changes: object): boolean => Object.keys(changes).length > 0;
