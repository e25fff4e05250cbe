import { asset } from './assets.ts';
import type { ChartCoverage } from './coverage.ts';
import { HEATS } from './hits.ts';
import { paintChart } from './paint-chart.ts';

const LEGEND_HEIGHT = 34;
/** Between the beginnings of two entries of the legend. */
const LEGEND_STEP = 98;

/**
 * The coloured drawing of a chart with its legend, as a picture that stands alone: for a page of text, or a wiki.
 *
 * @param svg of the same chart, drawn by `toSvg`
 */
export function pictureOf(svg: string, chart: ChartCoverage): string {
  const [, width = '0', height = '0'] = /viewBox="0 0 (\d+) (\d+)"/.exec(svg) ?? [];
  const [wide, high] = [Math.max(Number(width), LEGEND_STEP * HEATS.length + 28), Number(height) + LEGEND_HEIGHT];
  const legend = HEATS.map(({ heat, meaning }, index) => {
    const x = 18 + index * LEGEND_STEP;
    return `<g class="hit heat${heat}"><rect class="ground" x="${x}" y="${high - 28}" width="18" height="12" rx="3"/></g><text class="label legend" x="${x + 24}" y="${high - 18}">${meaning}</text>`;
  });
  return paintChart(svg, chart)
    .replace(
      /viewBox="0 0 \d+ \d+" width="\d+" height="\d+"/,
      `viewBox="0 0 ${wide} ${high}" width="${wide}" height="${high}"`,
    )
    .replace(/<rect class="page" width="\d+" height="\d+"/, `<rect class="page" width="${wide}" height="${high}"`)
    .replace('</style>', `\n${asset('heat.css').text}.callchart .legend{text-anchor:start}</style>`)
    .replace('</svg>', `${legend.join('\n')}\n</svg>`);
}
