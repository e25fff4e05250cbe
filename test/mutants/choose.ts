import { createHash } from 'node:crypto';
import type { Mutation } from './mutation.ts';

/** Which mutants of a chart are run. */
export interface Choice {
  /** Part of the id, or a regular expression for it. */
  readonly only?: RegExp;
  /** How many of those; all by default. */
  readonly sample?: number;
  /** Another seed takes another sample; the same seed takes the same one on every machine. */
  readonly seed: number;
}

export function choose(mutations: readonly Mutation[], { only, sample, seed }: Choice): readonly Mutation[] {
  const wanted = mutations.filter(({ id }) => only?.test(id) ?? true);
  if (sample === undefined || sample >= wanted.length) return wanted;
  const lot = ({ id }: Mutation): string => createHash('sha1').update(`${seed} ${id}`).digest('hex');
  const drawn = new Set(wanted.toSorted((a, b) => (lot(a) < lot(b) ? -1 : 1)).slice(0, sample));
  return wanted.filter((mutation) => drawn.has(mutation));
}
