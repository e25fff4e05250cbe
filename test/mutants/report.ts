import type { Verdict } from './examine.ts';
import { KINDS } from './mutation.ts';

/** The share of mutants that tests must kill, whatever the reasons of the others. */
export const LEAST_KILLED = 0.95;

/** What a run of mutants has shown. */
export interface Report {
  /** Killed, excused and unexplained mutants by kind, as a table. */
  readonly table: string;
  /** What must be put right, one line each; empty when all is well. */
  readonly problems: readonly string[];
}

type Fate = 'killed' | 'excused' | 'survived';

/**
 * Judges the verdicts of a run.
 *
 * @param excuses why a mutant may survive, by id: it changes nothing that anybody could notice
 * @param whole whether every mutant was examined: only then can an excuse be known to be of no mutant
 */
export function reportOn(
  verdicts: readonly Verdict[],
  excuses: Readonly<Record<string, string>>,
  whole: boolean,
): Report {
  const fateOf = ({ killedBy, mutation }: Verdict): Fate =>
    killedBy !== undefined ? 'killed' : Object.hasOwn(excuses, mutation.id) ? 'excused' : 'survived';
  const count = (of: readonly Verdict[], fate: Fate): number => of.filter((one) => fateOf(one) === fate).length;
  const ids = new Set(verdicts.map(({ mutation }) => mutation.id));
  const row = (name: string, of: readonly Verdict[]): string =>
    [
      name.padEnd(18),
      ...[of.length, count(of, 'killed'), count(of, 'excused'), count(of, 'survived')].map((n) =>
        String(n).padStart(9),
      ),
      `${((100 * count(of, 'killed')) / Math.max(1, of.length)).toFixed(1)} %`.padStart(9),
    ].join('');
  const kinds = Object.keys(KINDS)
    .map((kind) => ({ kind, of: verdicts.filter(({ mutation }) => mutation.kind === kind) }))
    .filter(({ of }) => of.length > 0);
  const killed = count(verdicts, 'killed') / Math.max(1, verdicts.length);
  return {
    table: [
      `${''.padEnd(18)}${['mutants', 'killed', 'excused', 'survived', 'killed'].map((head) => head.padStart(9)).join('')}`,
      ...kinds.map(({ kind, of }) => row(kind, of)),
      row('all', verdicts),
    ].join('\n'),
    problems: [
      ...verdicts.filter((one) => fateOf(one) === 'survived').map(({ mutation }) => `survived: ${mutation.id}`),
      ...verdicts
        .filter(({ killedBy, mutation }) => killedBy !== undefined && Object.hasOwn(excuses, mutation.id))
        .map(({ killedBy, mutation }) => `excused, but killed by ${killedBy}: ${mutation.id}`),
      ...(whole
        ? Object.keys(excuses)
            .filter((id) => !ids.has(id))
            .map((id) => `excused, but no such mutant: ${id}`)
        : []),
      ...(killed < LEAST_KILLED
        ? [`only ${(100 * killed).toFixed(1)} % were killed, and ${100 * LEAST_KILLED} % must be`]
        : []),
    ],
  };
}
