import type { BenchRow } from './suite.ts';

/**
 * Lays rows of one group out as text.
 *
 * @example
 * µ-law decode                           Msamples/s
 *   g711 package                              232.1    1.00 x   ±0.4 %
 *   table                                     505.3    2.18 x   ±0.3 %
 */
export function table(rows: readonly BenchRow[]): string {
  const lines = rows.map(({ name, rate, ratio, uncertainty }) => {
    const compared = ratio === undefined ? '' : `${ratio.toFixed(2)} x`;
    return `  ${name.padEnd(38)}${number(rate).padStart(10)}${compared.padStart(10)}   ±${uncertainty.toFixed(1)} %`;
  });
  const [first] = rows;
  return [`${(first?.group ?? '').padEnd(38)}${(first?.unit ?? '').padStart(12)}`, ...lines, ''].join('\n');
}

/** Four figures are more than any benchmark knows. */
function number(value: number): string {
  return value >= 1000 ? Math.round(value).toLocaleString('en-US') : value.toPrecision(4);
}
