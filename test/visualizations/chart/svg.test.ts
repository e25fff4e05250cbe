import { describe, expect, it } from '@jest/globals';
import { XMLParser } from 'fast-xml-parser';
import { createMachine } from 'xstate';
import type { Box } from '../../../visualizations/chart/box.ts';
import { MACHINES } from '../../../visualizations/chart/charts.ts';
import { describeChart } from '../../../visualizations/chart/describe-chart.ts';
import { layOut } from '../../../visualizations/chart/lay-out.ts';
import { toSvg } from '../../../visualizations/chart/svg.ts';
import { doorMachine } from '../../support/door-machine.ts';

const attributes = (svg: string, name: string): string[] =>
  [...svg.matchAll(new RegExp(` ${name}="([^"]*)"`, 'g'))].map(([, value = '']) =>
    value.replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&'),
  );

const boxesIn = (box: Box): Box[] => [box, ...box.children.flatMap(boxesIn)];

describe('SVG', () => {
  it.each(
    MACHINES.map((machine) => [machine.id, machine] as const),
  )('of %s gives every state one box and every transition one mark', async (_, machine) => {
    const chart = describeChart(machine);
    const svg = await toSvg(chart, 'full');
    expect(attributes(svg, 'data-state').sort()).toEqual(chart.states.map(({ id }) => id).sort());
    expect(attributes(svg, 'data-edge').sort()).toEqual(chart.transitions.map(({ id }) => id).sort());
    expect(attributes(await toSvg(chart, 'overview'), 'data-state')).toHaveLength(chart.states.length);
  });

  it('draws an arrow for every transition between boxes', async () => {
    const arrows = attributes(await toSvg(describeChart(doorMachine), 'full'), 'data-edges');
    expect(arrows.flatMap((ids) => ids.split(' | ')).sort()).toEqual([
      'door.closed --door.opened--> door.open',
      'door.closed.bell.ringing --after chime time--> door.closed.bell.silent',
      'door.closed.bell.ringing --error chime--> door.closed.bell.silent',
      'door.closed.bell.silent --bell.pressed--> door.closed.bell.ringing',
      'door.closed.porch.dark --bell.pressed--> door.closed.porch.lit',
      'door.closed.porch.lit --after light time--> door.closed.porch.dark',
      'door.closed.porch.lit --always--> door.locked',
      'door.closed.porch.lit --bell.annoyed--> door.closed.porch.dark',
    ]);
  });

  it.each(
    MACHINES.map((machine) => [machine.id, machine] as const),
  )('of %s fits a page, with boxes inside each other and none on another', async (_, machine) => {
    const root = await layOut(describeChart(machine), 'overview');
    expect(root.width).toBeLessThanOrEqual(1160);
    for (const { card, children, width, height } of boxesIn(root)) {
      for (const [index, a] of children.entries()) {
        expect([card.state.id, a.x >= 0, a.y >= card.height, a.x + a.width <= width, a.y + a.height <= height]).toEqual(
          [card.state.id, true, true, true, true],
        );
        for (const b of children.slice(index + 1)) {
          const apart = a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
          expect([a.card.state.id, b.card.state.id, apart]).toEqual([a.card.state.id, b.card.state.id, true]);
        }
      }
    }
  });

  it('is well-formed XML without a script, whatever the names are', async () => {
    const machine = createMachine({
      id: 'm',
      initial: 'a < "b" & c',
      states: { 'a < "b" & c': { on: { '<script>': { guard: 'x > y', target: 'd' } } }, d: {} },
    });
    for (const level of ['overview', 'full'] as const) {
      const svg = await toSvg(describeChart(machine), level);
      const parsed = new XMLParser({ ignoreAttributes: false }).parse(svg, true) as Record<string, object>;
      expect(Object.keys(parsed)).toEqual(['svg']);
      expect(svg).not.toMatch(/<script|\son\w+=|href/);
    }
  });
});
