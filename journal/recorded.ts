import type { JournalEntry } from './entry.ts';
import { CallFacts, type Difference } from './facts.ts';
import { fingerprint } from './fingerprint.ts';
import type { CallSnapshot } from './replay.ts';
import { subsets } from './subsets.ts';

/** So many parts may the context have gained since a fingerprint was taken, for it still to be read. */
const MOST_GAINED = 3;

/** What a journal says of its call, up to one entry; compared with the call that today's chart makes of it. */
export class Recorded {
  readonly #facts = new CallFacts();
  #fingerprint: string | undefined;
  #gained: readonly string[] | undefined;

  /** Takes over what an entry says. */
  learn(after: JournalEntry['after']): void {
    this.#fingerprint = typeof after === 'string' ? after : undefined;
    if (typeof after !== 'string') this.#facts.learn(after);
  }

  /**
   * Parts of today's context that the chart of then did not have, known after the first comparison. They are not compared.
   */
  get gained(): readonly string[] {
    return this.#gained ?? [];
  }

  /**
   * @param facts has looked at that call before, or has not looked at any
   * @returns where the call is otherwise than recorded
   */
  differencesTo(call: CallSnapshot, facts = new CallFacts()): readonly Difference[] {
    if (this.#fingerprint !== undefined) return this.#fingerprintDiffers(call, this.#fingerprint);
    facts.look(call);
    this.#gained ??= facts.lackedBy(this.#facts);
    return facts.differences(this.#facts);
  }

  #fingerprintDiffers(call: CallSnapshot, other: string): readonly Difference[] {
    this.#gained ??= gainedSince(call, other);
    const mine = fingerprint(without(call, this.#gained));
    return mine === other ? [] : [{ kind: 'fingerprint', name: 'fingerprint', mine, other }];
  }
}

/** The call as a chart without these parts of the context would have it. */
function without(call: CallSnapshot, parts: readonly string[]): CallSnapshot {
  if (parts.length === 0) return call;
  const kept = Object.entries(call.context).filter(([name]) => !parts.includes(name));
  return { ...call, context: Object.fromEntries(kept) } as unknown as CallSnapshot;
}

/**
 * A fingerprint stands for all of the context, so that a part more makes another one of every state. The few parts without
 * which the very first state has the fingerprint that was recorded are those that came later.
 */
function gainedSince(call: CallSnapshot, other: string): readonly string[] {
  const isSo = (parts: readonly string[]): boolean => fingerprint(without(call, parts)) === other;
  return isSo([]) ? [] : (subsets(Object.keys(call.context), MOST_GAINED).find(isSo) ?? []);
}
