import { PAPER_ONLY } from '../wire/paper-only.ts';
import type { WireResult } from '../wire/run.ts';

/** What became of the walks over real sockets, as the command prints it. */
export interface WireVerdict {
  readonly text: string;
  /** Whether the server did what the chart does, and reached all that can be reached from outside. */
  readonly well: boolean;
}

/** Tells the walks over real sockets: what went otherwise, what was missed, then one line of figures. */
export function wireVerdict({ walks, steps, reached, missed, divergences }: WireResult, seconds: number): WireVerdict {
  const lacking = missed.filter((goal) => !PAPER_ONLY.some(({ covers }) => covers(goal)));
  const lines = [
    ...divergences.flatMap(({ walk, what, steps: taken }) => [
      `wire: ${walk}: ${what}`,
      ...taken.map((step) => `  ${step}`),
    ]),
    ...lacking.map((goal) => `wire: never reached: ${goal}`),
    [
      'wire'.padEnd(11),
      `${`${reached.size}/${reached.size + lacking.length}`.padStart(7)} goals`,
      `${walks.toLocaleString('en-US').padStart(7)} walks`,
      `${steps.toLocaleString('en-US').padStart(9)} steps`,
      `${String(missed.length - lacking.length).padStart(3)} on paper only`,
      `${seconds.toFixed(1).padStart(6)} s`,
    ].join(' '),
  ];
  return { text: `${lines.join('\n')}\n`, well: divergences.length === 0 && lacking.length === 0 };
}
