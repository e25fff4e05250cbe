import { type BargeInPolicy, type CallBrief, DEFAULT_BARGE_IN, DEFAULT_DEADLINES } from '../machines/call/brief.ts';
import type { Destination } from '../machines/call/ports.ts';
import type { Profile } from './profile.ts';
import { OPENING_TOPIC } from './topics.ts';

/** Where the settings send callers; it gives way to the profile's own. */
export interface HandOverOptions {
  /** E.164. */
  readonly human?: string | undefined;
  /** A queue at the carrier, where there is no `human`. */
  readonly queue?: string | undefined;
  /** E.164. */
  readonly emergency?: string | undefined;
}

/** What a call knows about itself beside the profile. */
export interface BriefOptions extends HandOverOptions {
  readonly callSid: string;
}

/** Makes the brief of one call from its agent's profile. Called by the server. */
export function briefOf(profile: Profile, options: BriefOptions): CallBrief {
  const human = humanOf(profile, options);
  const emergency = profile.numbers.emergency ?? options.emergency;
  return {
    callSid: options.callSid,
    agent: profile.name,
    script: profile.script,
    deadlines: { ...DEFAULT_DEADLINES, ...defined(profile.policy.deadlines) },
    bargeIn: bargeInOf(profile.policy.bargeIn),
    openingTopic: OPENING_TOPIC,
    emergencyPhrases: profile.emergencyPhrases,
    ...(human && { human }),
    ...(emergency === undefined ? {} : { emergency: { kind: 'emergency', number: emergency } }),
  };
}

/** Who takes over from the agent, if anybody does. */
export function humanOf(
  { numbers, queues }: Pick<Profile, 'numbers' | 'queues'>,
  options: HandOverOptions,
): Destination | undefined {
  const own = numbers.human !== undefined || queues.human !== undefined;
  const { human: number, queue } = own ? { human: numbers.human, queue: queues.human } : options;
  if (number !== undefined) return { kind: 'human', number };
  return queue === undefined ? undefined : { kind: 'human', queue };
}

/** Each floor of the policy is merged by itself: a profile that closes one switch leaves the others alone. */
function bargeInOf({ greeting, prompts, speaking, ...rest }: Profile['policy']['bargeIn']): BargeInPolicy {
  return {
    ...DEFAULT_BARGE_IN,
    ...defined(rest),
    greeting: { ...DEFAULT_BARGE_IN.greeting, ...defined(greeting ?? {}) },
    prompts: { ...DEFAULT_BARGE_IN.prompts, ...defined(prompts ?? {}) },
    speaking: { ...DEFAULT_BARGE_IN.speaking, ...defined(speaking ?? {}) },
  };
}

/** The fields of a partial that are really there: an undefined one must not hide a default. */
function defined<Fields extends object>(fields: Fields): { [Name in keyof Fields]: Exclude<Fields[Name], undefined> } {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [Name in keyof Fields]: Exclude<Fields[Name], undefined> };
}
