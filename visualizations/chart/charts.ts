import type { AnyStateMachine } from 'xstate';
import { callMachine } from '../../machines/call/machine.ts';
import { recogniserMachine } from '../../machines/recogniser/machine.ts';
import { replyMachine } from '../../machines/reply/machine.ts';
import { transferMachine } from '../../machines/transfer/machine.ts';

/** The machines of the product, of which pictures and texts are kept in `docs/charts/`. */
export const MACHINES: readonly AnyStateMachine[] = [callMachine, replyMachine, recogniserMachine, transferMachine];
