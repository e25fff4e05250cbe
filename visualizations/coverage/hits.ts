/** How often something was reached, as the picture shows it: 0 is never, 1 to 4 are ever more often. */
export type Heat = 0 | 1 | 2 | 3 | 4;

const BOUNDS = [1, 10, 100, 1000] as const;

/** The heat of a count. */
export const heatOf = (count: number): Heat => BOUNDS.filter((bound) => count >= bound).length as Heat;

/** What each heat means, for the legend. */
export const HEATS: readonly { readonly heat: Heat; readonly meaning: string }[] = [
  { heat: 0, meaning: 'never' },
  { heat: 1, meaning: '1–9 times' },
  { heat: 2, meaning: '10–99' },
  { heat: 3, meaning: '100–999' },
  { heat: 4, meaning: '1,000 and more' },
];

/** 1,234 */
export const grouped = (count: number): string => count.toLocaleString('en-US');
