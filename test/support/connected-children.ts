import { connectedChart } from '../../machines/call/connect-call.ts';
import type { recogniserMachine } from '../../machines/recogniser/machine.ts';
import type { replyMachine } from '../../machines/reply/machine.ts';
import type { transferMachine } from '../../machines/transfer/machine.ts';

/** The charts of a connected call's children, for a call whose children are changed as well. XState does not say which they are. */
export const connectedChildren = connectedChart.implementations.actors as unknown as {
  readonly recogniser: typeof recogniserMachine;
  readonly reply: typeof replyMachine;
  readonly transfer: typeof transferMachine;
};
