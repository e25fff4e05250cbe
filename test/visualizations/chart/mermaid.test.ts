import { describe, expect, it } from '@jest/globals';
import { describeChart } from '../../../visualizations/chart/describe-chart.ts';
import { toMermaid } from '../../../visualizations/chart/mermaid.ts';
import { doorMachine } from '../../support/door-machine.ts';

describe('Mermaid', () => {
  it('draws regions, children, initial and final states, guards', () => {
    expect(toMermaid(describeChart(doorMachine)).split('\n')).toEqual([
      'stateDiagram-v2',
      '  [*] --> door_closed',
      '  state "closed" as door_closed {',
      '    state "bell" as door_closed_bell {',
      '      [*] --> door_closed_bell_silent',
      '      state "silent" as door_closed_bell_silent',
      '      state "ringing ⚙ chime" as door_closed_bell_ringing',
      '    }',
      '    --',
      '    state "porch" as door_closed_porch {',
      '      [*] --> door_closed_porch_dark',
      '      state "dark" as door_closed_porch_dark',
      '      state "lit" as door_closed_porch_lit',
      '    }',
      '  }',
      '  state "open" as door_open',
      '  door_open --> [*]',
      '  state "locked" as door_locked',
      '  door_locked --> [*]',
      '  door_closed --> door_open : door.opened [has a key]',
      '  door_closed_bell_silent --> door_closed_bell_ringing : bell.pressed',
      '  door_closed_bell_ringing --> door_closed_bell_silent : error chime',
      '  door_closed_bell_ringing --> door_closed_bell_silent : after chime time',
      '  door_closed_porch_dark --> door_closed_porch_lit : bell.pressed',
      '  door_closed_porch_lit --> door_closed_porch_dark : bell.annoyed',
      '  door_closed_porch_lit --> door_closed_porch_dark : after light time',
      '  door_closed_porch_lit --> door_locked : always [is at the limit]',
      '',
    ]);
  });
});
