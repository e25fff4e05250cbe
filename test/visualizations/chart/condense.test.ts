import { describe, expect, it } from '@jest/globals';
import { createMachine } from 'xstate';
import { condense } from '../../../visualizations/chart/condense.ts';
import { describeChart } from '../../../visualizations/chart/describe-chart.ts';

const machine = createMachine({
  id: 'call',
  initial: 'greeting',
  states: {
    greeting: {
      tags: 'recital',
      initial: 'preparing',
      on: { finished: 'listening' },
      states: { preparing: { on: { started: 'sounding' } }, sounding: { on: { stalled: '#call.listening' } } },
    },
    listening: {},
  },
});

describe('condense', () => {
  it('closes the tagged box: what happens within is left out, what leads out begins at the box', () => {
    const chart = condense(describeChart(machine), 'recital');
    expect(chart.states.map(({ id, kind }) => [id, kind])).toEqual([
      ['call', 'compound'],
      ['call.greeting', 'atomic'],
      ['call.listening', 'atomic'],
    ]);
    expect(chart.transitions.map(({ from, trigger, to }) => [from, trigger, ...to])).toEqual([
      ['call.greeting', 'finished', 'call.listening'],
      ['call.greeting', 'stalled', 'call.listening'],
    ]);
  });

  it('changes nothing where nothing is tagged', () => {
    const chart = describeChart(machine);
    expect(condense(chart, 'other')).toEqual(chart);
  });
});
