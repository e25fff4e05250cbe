import type { Profile, Task } from '../../../agents/profile.ts';
import type { SlotValue } from '../../../agents/slot.ts';
import { weekdayOf } from '../../tools/civil-time.ts';
import type { Mention } from './mentions.ts';
import { resolveClock } from './spoken-clock.ts';

/**
 * Gives each mention to the slot of the task that it is meant for.
 *
 * A bare number belongs to the slot that was asked for, or else to a time ("make it eight"); `for four` belongs to the
 * slot that says so. Mentions that fit no slot are left out. A later mention of the same slot wins.
 *
 * @param known values so far: the date decides which opening hours settle morning or evening
 */
export function bind(
  profile: Profile,
  task: Task,
  mentions: readonly Mention[],
  known: Readonly<Record<string, SlotValue>>,
  asked?: string,
): Record<string, SlotValue> {
  const slots = task.slots.flatMap(({ slot }) => {
    const definition = profile.slots[slot];
    return definition === undefined ? [] : [{ name: slot, definition }];
  });
  const ofKind = (kind: string): string | undefined => {
    const fitting = slots.filter(({ definition }) => definition.kind === kind);
    return (fitting.find(({ name }) => name === asked) ?? fitting[0])?.name;
  };
  const values: Record<string, SlotValue> = {};
  const setTime = (name: string, hour: number, minute: number, half?: 'am' | 'pm'): void => {
    const day = ofKind('date');
    const date = day === undefined ? undefined : (values[day] ?? known[day]);
    const open = (task.hours ?? []).filter(({ days }) => date === undefined || days.includes(weekdayOf(String(date))));
    values[name] = resolveClock({ kind: 'time', hour, minute, half }, open.length > 0 ? open : (task.hours ?? []));
  };
  for (const mention of [...mentions].sort((one, other) => rankOf(one) - rankOf(other))) {
    switch (mention.kind) {
      case 'date': {
        const slot = ofKind('date');
        if (slot !== undefined) values[slot] = mention.date;
        break;
      }
      case 'time': {
        const slot = ofKind('time');
        if (slot !== undefined) setTime(slot, mention.hour, mention.minute, mention.half);
        break;
      }
      case 'name': {
        const slot = ofKind('name');
        if (slot !== undefined) values[slot] = mention.name;
        break;
      }
      case 'choice':
        if (slots.some(({ name }) => name === mention.slot)) values[mention.slot] = mention.value;
        break;
      case 'number': {
        const slot = numberSlot(mention.counts);
        const kind = slots.find(({ name }) => name === slot)?.definition.kind;
        if (slot === undefined) break;
        if (kind === 'number') values[slot] = mention.value;
        else if (mention.value <= 23) setTime(slot, mention.value, 0);
        break;
      }
    }
  }
  return values;

  function numberSlot(counts: Extract<Mention, { kind: 'number' }>['counts']): string | undefined {
    if (typeof counts === 'object') return slots.find(({ name }) => name === counts.slot)?.name;
    const askedKind = slots.find(({ name }) => name === asked)?.definition.kind;
    if (askedKind === 'number' || askedKind === 'time') return asked;
    const afterFor = slots.find(({ definition }) => definition.kind === 'number' && definition.afterFor)?.name;
    // "for two for tomorrow for seven": the second is the time.
    if (counts === 'for') return afterFor !== undefined && values[afterFor] !== undefined ? ofKind('time') : afterFor;
    return asked === undefined ? (ofKind('time') ?? ofKind('number')) : undefined;
  }
}

/** Dates first: the day decides what a time means. */
const rankOf = (mention: Mention): number => (mention.kind === 'date' ? 0 : 1);
