import type { Stopped } from './interruptions.ts';
import { spread } from './spread.ts';

/** How quickly things stopped, in one line. */
export function describeStops(stops: readonly Stopped[]): string {
  if (stops.length === 0) return 'none was interrupted';
  const after = stops.flatMap((stop) => (stop.how === 'stopped' ? [stop.afterMs] : []));
  const count = (how: Stopped['how']): number => stops.filter((stop) => stop.how === how).length;
  return [
    ...(after.length > 0 ? [spread(after)] : []),
    ...(count('complete') > 0 ? [`${count('complete')} were complete before`] : []),
    ...(count('not') > 0 ? [`${count('not')} went on`] : []),
  ].join('; ');
}
