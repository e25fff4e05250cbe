import { doorMachine as original } from '../../support/door-machine.ts';
import { asChosen } from '../mutated.ts';

export const doorMachine = asChosen(original);
