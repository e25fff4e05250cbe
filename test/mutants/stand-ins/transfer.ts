import { transferMachine as original } from '../../../machines/transfer/machine.ts';
import { asChosen } from '../mutated.ts';

export const transferMachine = asChosen(original);
