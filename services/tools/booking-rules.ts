import type { Profile, Task } from '../../agents/profile.ts';
import type { SlotValue } from '../../agents/slot.ts';
import type { Problem } from './booking.ts';
import { type CivilTime, weekdayOf } from './civil-time.ts';

/**
 * What is wrong with the details of a task, as far as they are known: the first problem, or undefined.
 *
 * The toolbox refuses a booking by these rules, and the local brain asks again by the same, before it reads anything back.
 *
 * @param details by slot name; missing ones are not checked
 */
export function problemOf(
  profile: Profile,
  task: Task,
  details: Readonly<Record<string, SlotValue>>,
  now: CivilTime,
): Problem | undefined {
  const known = task.slots.flatMap(({ slot: name }) => {
    const slot = profile.slots[name];
    const value = details[name];
    return slot === undefined || value === undefined ? [] : [{ name, slot, value }];
  });
  for (const { name, slot, value } of known) {
    if (slot.kind === 'number' && (Number(value) < slot.min || Number(value) > slot.max)) {
      return { problem: 'outside', slot: name, message: slot.outside };
    }
  }
  const date = known.find(({ slot }) => slot.kind === 'date');
  const time = known.find(({ slot }) => slot.kind === 'time');
  if (date !== undefined && String(date.value) < now.date) {
    return { problem: 'past', slot: date.name, message: profile.lines.past };
  }
  return isClosed(task, date?.value, time?.value, now) ?? isPast();

  function isPast(): Problem | undefined {
    if (date?.value !== now.date || time === undefined || String(time.value) > now.time) return undefined;
    return { problem: 'past', slot: time.name, message: profile.lines.past };
  }

  function isClosed(
    { hours, closed }: Task,
    day: SlotValue | undefined,
    clock: SlotValue | undefined,
    { date: today }: CivilTime,
  ): Problem | undefined {
    if (hours === undefined) return undefined;
    const open = hours.filter(({ days }) => day === undefined || days.includes(weekdayOf(String(day ?? today))));
    const message = closed ?? '';
    if (open.length === 0) return { problem: 'closed', slot: date?.name, message };
    if (clock === undefined || open.some(({ from, to }) => from <= String(clock) && String(clock) < to))
      return undefined;
    return { problem: 'closed', slot: time?.name, message };
  }
}
