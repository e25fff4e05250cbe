import type { Toolbox } from '../../machines/call/ports.ts';

/** What the walks' only tool returns. */
const TOOL_RESULT = '{"found":"it"}';

/** A tool that is at work until it is told to return. The same on paper and on the wire: tools run in the server. */
export class HeldToolbox implements Toolbox {
  /** How often a tool was called. */
  runs = 0;
  #return: (() => void) | undefined;

  get isAtWork(): boolean {
    return this.#return !== undefined;
  }

  run(_call: unknown, signal: AbortSignal): Promise<string> {
    this.runs += 1;
    return new Promise((resolve) => {
      const held = (): void => resolve(TOOL_RESULT);
      this.#return = held;
      signal.addEventListener('abort', () => {
        if (this.#return === held) this.#return = undefined;
      });
    });
  }

  giveBack(): void {
    const held = this.#return;
    this.#return = undefined;
    held?.();
  }
}
