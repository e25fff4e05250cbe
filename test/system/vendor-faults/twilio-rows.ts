import type { RestFault } from '../../../emulators/twilio/rest/faults.ts';
import type { Outcome, Row } from './row.ts';
import type { World } from './world.ts';

const twilio = (fault: string, outcome: Outcome, arm?: (world: World) => void | Promise<void>): Row => ({
  hop: 'Twilio',
  fault,
  state: 'transferring',
  outcome,
  ...(arm && { arm }),
});
const rest = (fault: RestFault, outcome: Outcome, count = 1): Row =>
  twilio(count > 1 ? `${fault} for ever` : fault, outcome, (world) => world.rest.inject(fault, count));

/** What can go wrong with the carrier's REST API. */
export const TWILIO_ROWS: readonly Row[] = [
  rest('rate limit', 'human'),
  rest('rate limit', 'apology', 20),
  rest('server error', 'apology'),
  rest('bad gateway', 'apology'),
  rest('hang', 'apology'),
  rest('disconnect', 'apology'),
  { ...twilio('401', 'apology'), password: 'another-real-looking-password' },
  twilio('refuses connections', 'apology', (world) => world.rest.close()),
];
