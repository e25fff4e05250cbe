import { recogniserMachine as original } from '../../../machines/recogniser/machine.ts';
import { asChosen } from '../mutated.ts';

export const recogniserMachine = asChosen(original);
