import type { ChartModel } from '../model/chart-model.ts';
import { COMMON_LAWS } from '../model/chart-model.ts';
import { doorOptions } from '../support/door-graph.ts';
import { doorMachine } from '../support/door-machine.ts';

type Door = typeof doorMachine;

/** The chart on which the command and the report are tested. */
export const DOOR_MODEL: ChartModel<Door> = {
  machine: doorMachine,
  laws: COMMON_LAWS,
  mayWait: {
    'door.closed.bell.silent': 'a house may be quiet',
    'door.closed.porch.dark': 'a house may be dark',
  },
  views: [{ ...doorOptions, name: 'front' }],
};
