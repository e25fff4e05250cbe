import type { Handshake, World } from './world.ts';

/**
 * What the caller gets of a fault.
 *
 * - `recovered`: nothing but perhaps a pause; the next question is answered
 * - `apology`: the agent says that something went wrong; the next question is answered
 * - `human`: the carrier puts the caller through
 * - `carrier`: the carrier's own voice says that the line is broken
 * - `goodbye`: the agent ends the call politely
 */
export type Outcome = 'recovered' | 'apology' | 'human' | 'carrier' | 'goodbye';

export type State = 'greeting' | 'listening' | 'hearing' | 'thinking' | 'speaking' | 'interrupted' | 'transferring';

/** One cell of the matrix. */
export interface Row {
  readonly hop: 'Flux' | 'OpenAI' | 'Aura' | 'Twilio';
  readonly fault: string;
  readonly state: State;
  readonly outcome: Outcome;
  /** Whether there is a human to go to. Default true. */
  readonly human?: false;
  /** The password that Twilio's REST API expects, if not ours. */
  readonly password?: string;
  /** Arms faults of requests to come: before the call for the greeting, else behind the greeting. */
  readonly arm?: (world: World) => void | Promise<void>;
  /** Strikes in the state. */
  readonly strike?: (world: World) => void | Promise<void>;
  /** All that the caller said, as the history has it; for faults that might double or lose words. */
  readonly said?: readonly string[];
}

/** The same for so many handshakes in a row. */
export const times = (count: number, handshake: Handshake): Handshake[] => Array<Handshake>(count).fill(handshake);
