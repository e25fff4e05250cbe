import type { CallSnapshot, PhoneMessage, Seen } from './sight.ts';

/** What the caller may get of the agent in a state of the conversation. */
export interface Observable {
  /** Prefix of the state's path. The longest that fits counts. */
  readonly state: string;
  /** `sound`: the agent may be heard. `silence`: not one frame reaches the phone. */
  readonly line: 'sound' | 'silence';
  /** Whether the carrier is asked to take the caller away. */
  readonly carrier?: 'asked';
}

/** The whole promise. A state that is not here has none, and fails the test. */
export const OBSERVABLES: readonly Observable[] = [
  { state: 'disclosing', line: 'sound' },
  { state: 'greeting', line: 'sound' },
  { state: 'listening', line: 'silence' },
  { state: 'reprompting', line: 'sound' },
  // The first frame that is let out is what makes the agent speak.
  { state: 'responding.thinking', line: 'silence' },
  { state: 'responding.speaking', line: 'sound' },
  { state: 'interrupted', line: 'silence' },
  { state: 'repeating', line: 'sound' },
  { state: 'retelling', line: 'sound' },
  { state: 'resuming', line: 'sound' },
  { state: 'relaying', line: 'sound' },
  { state: 'apologising', line: 'sound' },
  { state: 'transferring.choosing', line: 'silence' },
  { state: 'transferring.announcing', line: 'sound' },
  { state: 'transferring.connecting', line: 'silence', carrier: 'asked' },
  { state: 'declining', line: 'sound' },
  { state: 'attended', line: 'silence' },
  { state: 'attended.saying', line: 'sound' },
  { state: 'closing', line: 'sound' },
  { state: 'ended', line: 'silence' },
];

/** The promise of a state by its path, for example `listening.quiet`. @throws RangeError when there is none */
export function observableIn(state: string): Observable {
  const fitting = OBSERVABLES.filter((row) => state === row.state || state.startsWith(`${row.state}.`));
  const [longest] = fitting.toSorted((one, other) => other.state.length - one.state.length);
  if (!longest) throw new RangeError(`nothing is promised about the state ${state}: add it to observables.ts`);
  return longest;
}

const pathOf = (value: unknown): string =>
  typeof value === 'string'
    ? value
    : Object.entries(value as object)
        .map(([state, inner]) => `${state}.${pathOf(inner)}`)
        .join('|');

/** The conversation's state, for example `responding.thinking.speculating`; `ended` behind the end. */
export const conversationOf = ({ value }: CallSnapshot): string =>
  typeof value === 'string' ? value : pathOf(value.active.conversation);

/** One step of a walk, as far as it can be seen from outside. */
export interface Step {
  /** State before it. */
  readonly before: CallSnapshot;
  readonly seen: readonly Seen[];
  /** What came to the phone. */
  readonly phone: readonly PhoneMessage[];
  /** What had come before. */
  readonly earlier: readonly PhoneMessage[];
}

/** How a step broke the promise; undefined when it did not. */
export function brokenPromise({ before, seen, phone, earlier }: Step): string | undefined {
  const snapshots = [before, ...seen.map(({ snapshot }) => snapshot)];
  const states = snapshots.map(conversationOf);
  const sounds = phone.filter((message) => message.startsWith('media'));
  if (sounds.length > 0 && states.every((state) => observableIn(state).line === 'silence'))
    return `${sounds.length} frames in ${states.join(' → ')}`;
  const cuts = seen.filter(({ snapshot }, at) => snapshot.context.epoch > (snapshots[at]?.context.epoch ?? 0)).length;
  const clears = phone.filter((message) => message === 'clear').length;
  if (clears > cuts) return `${clears} clears for ${cuts} cuts in ${states.join(' → ')}`;
  // Sound is numbered as it is made. Only an agent that goes on where it was cut plays older sound again.
  const cleared = phone.indexOf('clear');
  const stale = new Set([...earlier, ...phone.slice(0, cleared)].filter((message) => message.startsWith('media')));
  const again = phone.slice(cleared + 1).filter((message) => stale.has(message));
  if (cleared >= 0 && again.length > 0 && !states.some((state) => state.startsWith('resuming')))
    return `${again.length} frames of a speech that was cut in ${states.join(' → ')}`;
  return undefined;
}
