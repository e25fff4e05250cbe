import { replyMachine as original } from '../../../machines/reply/machine.ts';
import { asChosen } from './as-chosen.ts';

export const replyMachine = asChosen(original);
