import { beforeAll, describe, expect, it } from '@jest/globals';
import { describeChart } from '../../../visualizations/chart/describe-chart.ts';
import { toSvg } from '../../../visualizations/chart/svg.ts';
import { heatOf } from '../../../visualizations/coverage/hits.ts';
import { escaped } from '../../../visualizations/coverage/markup.ts';
import { anchorOf, paintChart } from '../../../visualizations/coverage/paint-chart.ts';
import { MODELS } from '../../model/views.ts';
import { DOOR_MODEL } from '../../paths/door-model.ts';
import { walkChart } from '../../paths/walk-chart.ts';
import { doorOptions } from '../../support/door-graph.ts';

/** Laying out the call takes a second, and many times that on a machine that is busy. */
const PATIENCE_MS = 120_000;

describe('a painted chart', () => {
  const coverage = walkChart(DOOR_MODEL, { set: 'smoke' });
  let drawing: string;
  beforeAll(async () => {
    drawing = await toSvg(describeChart(DOOR_MODEL.machine), 'full');
  });

  it('links each line of a card to its entry, with the counts in its tooltip', () => {
    const painted = paintChart(drawing, coverage);
    expect(painted).not.toContain('data-edge="');
    for (const [index, { id, taken }] of coverage.transitions.entries()) {
      const link = `href="#${anchorOf(coverage, index)}" data-edges="${escaped(id)}"`;
      expect(painted).toContain(`<a class="hit heat${heatOf(taken.count)}" ${link}><title>`);
      expect(painted).toContain(`taken ${taken.count} times`);
    }
    expect([...painted.matchAll(/<rect class="ground"/g)]).toHaveLength(coverage.transitions.length);
    expect([...painted.matchAll(/<g[ >]/g)]).toHaveLength([...painted.matchAll(/<\/g>/g)].length);
  });

  it('paints what was never reached, arrows as well as lines', () => {
    const views = [{ ...doorOptions, name: 'bell alone', stimuli: () => [{ type: 'bell.pressed' }] }];
    const missed = walkChart({ ...DOOR_MODEL, views }, { set: 'smoke' });
    const painted = paintChart(drawing, missed);
    expect(painted).toMatch(
      /<a class="hit heat0" href="#door-\d+" data-edges="door.closed --door.opened--&gt; door.open">/,
    );
    expect(painted).toMatch(/<path class="arrow heat0" data-edges="door.closed --door.opened--&gt; door.open"/);
  });

  it('can stand beside another on one page', () => {
    const painted = paintChart(drawing, coverage);
    expect(painted).toContain('<marker id="head-door"');
    expect(painted).not.toContain('url(#head)');
  });

  it('refuses a drawing of another chart', () => {
    expect(() => paintChart(drawing, { ...coverage, transitions: [] })).toThrow(
      /^the drawing of door has a transition that was not walked: door.closed/,
    );
  });

  it.each(MODELS.map(({ machine }) => ({ id: machine.id, machine })))(
    'shows every transition of $id',
    async ({ machine }) => {
      const chart = describeChart(machine);
      const never = { count: 0, shortest: undefined };
      const transitions = chart.transitions.map((transition) => ({ ...transition, taken: never, refused: undefined }));
      const painted = paintChart(await toSvg(chart, 'full'), {
        id: chart.id,
        seconds: 0,
        views: [],
        states: [],
        laws: [],
        transitions,
      });
      const linked = [...painted.matchAll(/<a class="hit heat0" href="#[^"]*" data-edges="([^"]*)"/g)];
      const ids = linked.flatMap(([, list = '']) => list.split(' | '));
      expect(ids.toSorted()).toEqual(transitions.map(({ id }) => escaped(id)).toSorted());
    },
    PATIENCE_MS,
  );
});

describe('heat', () => {
  it('rises with the order of magnitude', () => {
    expect([0, 1, 9, 10, 99, 100, 999, 1000, 50_000].map(heatOf)).toEqual([0, 1, 1, 2, 2, 3, 3, 4, 4]);
  });
});
