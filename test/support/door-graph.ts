import { doorMachine } from './door-machine.ts';
import { childFailures, type ExploreOptions, explore, type Graph } from './explore.ts';
import { remaining } from './timed-model.ts';

type Door = typeof doorMachine;

/** The exploration that the tests of the tools share: every stimulus, the ring counter reduced to "at the limit or not". */
export const doorOptions: ExploreOptions<Door> = {
  input: { rings: 0 },
  stimuli: (state) => [
    { type: 'bell.pressed' },
    { type: 'door.opened', by: 'key' },
    { type: 'door.opened', by: 'force' },
    ...childFailures(state),
  ],
  key: (state) =>
    JSON.stringify([
      state.snapshot.status,
      state.snapshot.value,
      Math.min(state.snapshot.context.rings, 2),
      remaining(state).map(({ ms }) => ms),
    ]),
};

/** Everything that can happen at the door. */
export const doorGraph = (): Graph<Door> => explore(doorMachine, doorOptions);
