import { recogniserMachine as original } from '../../../machines/recogniser/machine.ts';
import { asChosen } from './as-chosen.ts';

export const recogniserMachine = asChosen(original);
