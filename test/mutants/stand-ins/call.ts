import { callMachine as original } from '../../../machines/call/machine.ts';
import { asChosen } from './as-chosen.ts';

export const callMachine = asChosen(original);
