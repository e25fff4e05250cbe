/** How actions and guards are referred to inside a machine: by name, by name and parameters, or inline. */
type Reference = unknown;

const fieldsOf = (value: Reference): Readonly<Record<string, unknown>> =>
  (typeof value === 'object' && value !== null) || typeof value === 'function'
    ? (value as Record<string, unknown>)
    : {};

/** Longest text shown of one parameter. */
const LONGEST_VALUE = 40;

/** A parameter in few words: nested objects show their first entry, long texts their beginning. */
const valuePhrase = (value: unknown): string => {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    const [first, ...others] = Object.entries(value);
    return first ? `{${first[0]}: ${valuePhrase(first[1])}${others.length > 0 ? ', …' : ''}}` : '{}';
  }
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'undefined');
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE - 1)}…` : text;
};

/** `{ line: 'apology' }` becomes ` (line: apology)`; parameters computed at run time are not shown. */
const parametersOf = (params: unknown): string => {
  const entries = typeof params === 'object' && params !== null ? Object.entries(params) : [];
  return entries.length > 0 ? ` (${entries.map(([key, value]) => `${key}: ${valuePhrase(value)}`).join(', ')})` : '';
};

const eventTypeOf = (event: unknown): string => {
  const type = fieldsOf(event).type;
  return typeof type === 'string' ? type : '…';
};

/**
 * A guard in words: its name, or `and(…)`, `or(…)`, `not(…)` and `in <state>` for XState's combinators.
 *
 * @example guardPhrase(and(['barges in', not('is protected')])) // 'barges in and not(is protected)'
 */
export function guardPhrase(guard: Reference): string {
  if (typeof guard === 'string') return guard;
  const { type, params, guards, stateValue, name } = fieldsOf(guard);
  if (stateValue !== undefined)
    return `in ${typeof stateValue === 'string' ? stateValue.replace(/^#/, '') : JSON.stringify(stateValue)}`;
  if (Array.isArray(guards)) {
    if (name === 'not') return `not(${guardPhrase(guards[0])})`;
    return guards
      .map((part) =>
        Array.isArray(fieldsOf(part).guards) && fieldsOf(part).name !== 'not'
          ? `(${guardPhrase(part)})`
          : guardPhrase(part),
      )
      .join(` ${String(name)} `);
  }
  if (typeof type === 'string') return type + parametersOf(params);
  return typeof name === 'string' && name !== '' ? name : 'inline guard';
}

/**
 * An action in words: its name with fixed parameters, or what XState's own action does (`raise turn.over`,
 * `send voice.cut`, `assign`).
 */
export function actionPhrase(action: Reference): string {
  if (typeof action === 'string') return action;
  const { type, params, event, to, name, actorId, src } = fieldsOf(action);
  switch (type) {
    case 'xstate.raise':
      return `raise ${eventTypeOf(event)}`;
    case 'xstate.sendTo':
      return `send ${eventTypeOf(event)}${typeof to === 'string' ? ` to ${to}` : ''}`;
    case 'xstate.emit':
      return `emit ${eventTypeOf(event)}`;
    case 'xstate.stopChild':
      return `stop ${typeof actorId === 'string' ? actorId : 'child'}`;
    case 'xstate.spawnChild':
      return `spawn ${typeof src === 'string' ? src : 'child'}`;
    default:
  }
  if (typeof type === 'string') return type.replace(/^xstate\./, '') + parametersOf(params);
  return typeof name === 'string' && name !== '' ? name : 'inline action';
}

/** Whether an action only arms or disarms the timer of an `after`: XState adds these to entry and exit by itself. */
export function isTimerBookkeeping(action: Reference): boolean {
  const { type, id, sendId } = fieldsOf(action);
  const timer = type === 'xstate.raise' ? id : type === 'xstate.cancel' ? sendId : undefined;
  return typeof timer === 'string' && timer.startsWith('xstate.after.');
}
