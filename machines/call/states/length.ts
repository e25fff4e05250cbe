import { call } from '../setup.ts';

/** How long the call may last. It is ended politely: when the agent would next listen. */
export const length = call.createStateConfig({
  id: 'length',
  initial: 'within',
  states: {
    within: { after: { 'maximum call': 'exceeded' } },
    exceeded: {},
  },
});
