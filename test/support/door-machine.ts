import { assign, fromCallback, raise, setup } from 'xstate';

const door = setup({
  types: {} as {
    context: { rings: number };
    events: { type: 'bell.pressed' } | { type: 'bell.annoyed' } | { type: 'door.opened'; by: 'key' | 'force' };
    input: { rings: number };
  },
  actors: { chime: fromCallback(() => {}) },
  delays: { 'chime time': 1000, 'light time': 3000 },
  guards: {
    'is at the limit': ({ context }) => context.rings >= 2,
    'has a key': ({ event }) => event.type === 'door.opened' && event.by === 'key',
  },
  actions: { 'count the ring': assign({ rings: ({ context }) => context.rings + 1 }) },
});

/**
 * The chart on which the test tools are tested: a front door, whose bell and porch light live side by side. Small, but it
 * has all that matters: regions, a child, named delays, guards, a raised event and an eventless transition.
 */
export const doorMachine = door.createMachine({
  id: 'door',
  context: ({ input }) => ({ rings: input.rings }),
  initial: 'closed',
  states: {
    closed: {
      type: 'parallel',
      on: { 'door.opened': { guard: 'has a key', target: 'open' } },
      states: {
        bell: {
          initial: 'silent',
          states: {
            silent: { on: { 'bell.pressed': { target: 'ringing', actions: 'count the ring' } } },
            ringing: {
              invoke: { id: 'chime', src: 'chime', onError: 'silent' },
              after: { 'chime time': 'silent' },
              on: { 'bell.pressed': { actions: raise({ type: 'bell.annoyed' }) } },
            },
          },
        },
        porch: {
          initial: 'dark',
          states: {
            dark: { on: { 'bell.pressed': 'lit' } },
            lit: {
              always: { guard: 'is at the limit', target: '#door.locked' },
              on: { 'bell.annoyed': 'dark' },
              after: { 'light time': 'dark' },
            },
          },
        },
      },
    },
    open: { type: 'final' },
    locked: { type: 'final' },
  },
});
