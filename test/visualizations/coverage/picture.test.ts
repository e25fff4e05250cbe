import { describe, expect, it } from '@jest/globals';
import { XMLValidator } from 'fast-xml-parser';
import { describeChart } from '../../../visualizations/chart/describe-chart.ts';
import { toSvg } from '../../../visualizations/chart/svg.ts';
import { pictureOf } from '../../../visualizations/coverage/picture.ts';
import { DOOR_MODEL } from '../../paths/door-model.ts';
import { walkChart } from '../../paths/walk-chart.ts';

describe('a coloured chart that stands alone', () => {
  it('brings its colours and its legend, and room for it', async () => {
    const drawing = await toSvg(describeChart(DOOR_MODEL.machine), 'full');
    const picture = pictureOf(drawing, walkChart(DOOR_MODEL, { set: 'smoke' }));
    expect(XMLValidator.validate(picture)).toBe(true);
    expect(picture).toContain('--heat0:');
    const words = [...picture.matchAll(/<text class="label legend"[^>]*>([^<]*)</g)].map(([, text]) => text);
    expect(words).toEqual(['never', '1–9 times', '10–99', '100–999', '1,000 and more']);
    const heightOf = (svg: string) => Number(/viewBox="0 0 \d+ (\d+)"/.exec(svg)?.[1]);
    expect(heightOf(picture)).toBe(heightOf(drawing) + 34);
  });
});
