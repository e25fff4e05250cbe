import { doorMachine as original } from '../../support/door-machine.ts';
import { asChosen } from './as-chosen.ts';

export const doorMachine = asChosen(original);
