import { Turn, type TurnStep } from './turn.ts';

/** What goes wrong once `atMs` of audio was heard. Each is something that integrators have met. */
export type FaultStep = { readonly atMs: number } & (
  | {
      /**
       * `drop`: the connection breaks (1006). `stall`: it stays open and says nothing any more. `garbage`: text that is no
       * JSON. `duplicate`: the last message again. `late`: the end of the turn before, again.
       */
      readonly fault: 'drop' | 'stall' | 'garbage' | 'duplicate' | 'late';
    }
  /** A close that nobody asked for. Default code: none (1005). */
  | { readonly fault: 'close'; readonly code?: number }
  /** The fatal `Error`, and a close. */
  | { readonly fault: 'error'; readonly code?: string; readonly description?: string }
  /** Any message, however illegal; `request_id` and `sequence_id` are added. */
  | { readonly fault: 'message'; readonly message: Readonly<Record<string, unknown>> }
);

export type ScriptStep = TurnStep | FaultStep;

/**
 * Checks that a script is something Flux could say: in the order of time, and of its state machine.
 *
 * @throws RangeError naming the step
 */
export function checkScript(script: readonly ScriptStep[]): void {
  const turn = new Turn();
  let before = 0;
  for (const [index, step] of script.entries()) {
    const wrong = (why: string) => new RangeError(`step ${index} of the script (${JSON.stringify(step)}): ${why}`);
    if (!(step.atMs >= before)) throw wrong(`comes before ${before} ms`);
    before = step.atMs;
    if ('fault' in step) {
      if (step.fault === 'close' && !isSendable(step.code)) throw wrong('no close frame can carry this code');
      continue;
    }
    const problem = turn.problemWith(step);
    if (problem) throw wrong(problem);
    turn.apply(step);
  }
}

/** Codes that an endpoint may send (RFC 6455 §7.4); none is sent as an empty frame. */
const isSendable = (code = 1000): boolean =>
  (code >= 1000 && code <= 1014 && code !== 1004 && code !== 1005 && code !== 1006) || (code >= 3000 && code <= 4999);
