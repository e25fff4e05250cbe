import { transferMachine as original } from '../../../machines/transfer/machine.ts';
import { asChosen } from './as-chosen.ts';

export const transferMachine = asChosen(original);
