import { describe, expect, it } from '@jest/globals';
import { createActor, fromCallback, setup } from 'xstate';
import { supervise } from '../../server/supervise.ts';

describe('a supervised call', () => {
  it('that crashes releases its children, from the leaves up, and is reported once', () => {
    const log: string[] = [];
    const leaf = fromCallback(() => () => void log.push('leaf released'));
    const child = setup({ actors: { leaf } }).createMachine({ invoke: { id: 'leaf', src: 'leaf' } });
    const machine = setup({ actors: { child } }).createMachine({
      invoke: { id: 'child', src: 'child' },
      on: {
        crash: {
          actions: () => {
            throw new Error('a bug');
          },
        },
      },
    });
    const actor = supervise(createActor(machine), (error) => log.push(`crashed: ${(error as Error).message}`)).start();
    actor.send({ type: 'crash' });
    expect(log).toEqual(['leaf released', 'crashed: a bug']);
    expect(actor.getSnapshot().status).toBe('error');
  });
});
