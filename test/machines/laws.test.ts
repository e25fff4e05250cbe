import { describe, expect, it } from '@jest/globals';
import { MODELS } from '../model/views.ts';
import { lintMachine } from '../support/lint-machine.ts';

describe('every name is implemented, every child may fail, every wait ends', () => {
  it.each(MODELS.map(({ machine, mayWait }) => ({ id: machine.id, machine, mayWait })))('in the $id chart', ({
    machine,
    mayWait,
  }) => {
    expect(lintMachine(machine, { mayWait })).toEqual([]);
  });
});
