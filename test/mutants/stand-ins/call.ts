import { callMachine as original } from '../../../machines/call/machine.ts';
import { asChosen } from '../mutated.ts';

export const callMachine = asChosen(original);
