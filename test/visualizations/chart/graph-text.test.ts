import { describe, expect, it } from '@jest/globals';
import { createMachine } from 'xstate';
import { describeChart } from '../../../visualizations/chart/describe-chart.ts';
import { toGraphText } from '../../../visualizations/chart/graph-text.ts';
import { doorMachine } from '../../support/door-machine.ts';

describe('graph text', () => {
  it('is one line per state and per transition', () => {
    expect(toGraphText(describeChart(doorMachine)).split('\n')).toEqual([
      '# door: 10 states, 9 transitions',
      '',
      'closed : parallel',
      'closed.bell : compound; begins in closed.bell.silent',
      'closed.bell.ringing : invokes chime',
      'closed.bell.silent',
      'closed.porch : compound; begins in closed.porch.dark',
      'closed.porch.dark',
      'closed.porch.lit',
      'door : compound; begins in closed',
      'locked : final',
      'open : final',
      '',
      'closed --door.opened [has a key]--> open',
      'closed.bell.ringing --after chime time--> closed.bell.silent',
      'closed.bell.ringing --bell.pressed / raise bell.annoyed--> (stay)',
      'closed.bell.ringing --error chime--> closed.bell.silent',
      'closed.bell.silent --bell.pressed / count the ring--> closed.bell.ringing',
      'closed.porch.dark --bell.pressed--> closed.porch.lit',
      'closed.porch.lit --after light time--> closed.porch.dark',
      'closed.porch.lit --always [is at the limit]--> locked',
      'closed.porch.lit --bell.annoyed--> closed.porch.dark',
      '',
    ]);
  });

  it('keeps alternatives in the order in which they are tried', () => {
    const machine = createMachine({ id: 'm', on: { go: [{ guard: 'z' }, { guard: 'a' }, { actions: 'last' }] } });
    expect(toGraphText(describeChart(machine)).split('\n').slice(4, 7)).toEqual([
      'm --go [z]--> (stay)',
      'm --go [a]--> (stay)',
      'm --go [otherwise] / last--> (stay)',
    ]);
  });
});
