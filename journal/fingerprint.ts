import { createHash } from 'node:crypto';
import type { AnyMachineSnapshot } from 'xstate';
import { callMachine } from '../machines/call/machine.ts';

const hash = (value: unknown): string => createHash('sha1').update(JSON.stringify(value)).digest('hex').slice(0, 12);

/** Twelve hex digits that stand for a state: status, state value and context. Two equal states have equal ones. */
export const fingerprint = ({ status, value, context }: AnyMachineSnapshot): string => hash([status, value, context]);

/** The same for the structure of the call chart: states, transitions, guards, actions, delays by name. */
export const chartFingerprint = (): string => hash(callMachine.definition);
