import type { Profile, Task } from '../../../agents/profile.ts';
import type { SlotValue } from '../../../agents/slot.ts';
import { speakValue } from './spoken-forms.ts';

/** The first line for the first time (0), the last for every time after the list is used up. */
export function pick(lines: readonly string[], times: number): string {
  return lines[Math.min(times, lines.length - 1)] ?? '';
}

/** Puts values in for `{name}`. A name without a value stays as it is. */
export function fill(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (placeholder, name: string) => values[name] ?? placeholder);
}

/** Sentences one after the other, empty ones left out. */
export function join(...sentences: readonly (string | undefined)[]): string {
  return sentences.filter((sentence) => sentence !== undefined && sentence !== '').join(' ');
}

/**
 * What was or will be arranged, as part of a sentence: `a table for two people on Friday the twentieth at seven in the
 * evening, under the name John Smith`. `{on date}` takes a preposition where the day needs one.
 */
export function summaryOf(
  profile: Profile,
  task: Task,
  values: Readonly<Record<string, SlotValue>>,
  today: string,
): string {
  return task.summary.replace(/\{(on )?(\w+)\}/g, (placeholder, on: string | undefined, name: string) => {
    const slot = profile.slots[name];
    const value = values[name];
    if (slot === undefined || value === undefined) return placeholder;
    const spoken = speakValue(slot, value, today);
    return on === undefined || spoken === 'today' || spoken === 'tomorrow' ? spoken : `${on}${spoken}`;
  });
}
