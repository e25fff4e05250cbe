import { replyMachine as original } from '../../../machines/reply/machine.ts';
import { asChosen } from '../mutated.ts';

export const replyMachine = asChosen(original);
