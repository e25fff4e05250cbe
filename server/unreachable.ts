import { humanOf } from '../agents/brief-of.ts';
import type { Profile } from '../agents/profile.ts';
import type { Settings } from './settings.ts';

/**
 * Promises of an agent that nobody will keep with these settings, one sentence each: said at the start, because a caller
 * would be the first to notice.
 */
export function unreachable(
  { name, emergencyPhrases, numbers, queues }: Pick<Profile, 'name' | 'emergencyPhrases' | 'numbers' | 'queues'>,
  settings: Settings,
): string[] {
  const human = humanOf({ numbers, queues }, { human: settings.HUMAN_NUMBER, queue: settings.HUMAN_QUEUE });
  const emergency = numbers.emergency ?? settings.EMERGENCY_FALLBACK_NUMBER;
  const warnings: string[] = [];
  if (emergencyPhrases.length > 0 && emergency === undefined) {
    const who = human && 'number' in human ? 'HUMAN_NUMBER' : 'NOBODY';
    warnings.push(`“${name}” promises help in an emergency, and connects to ${who}: set EMERGENCY_FALLBACK_NUMBER`);
  }
  if (human !== undefined && (settings.TWILIO_ACCOUNT_SID === undefined || settings.TWILIO_AUTH_TOKEN === undefined))
    warnings.push(
      `no caller can be handed to ${'number' in human ? 'HUMAN_NUMBER' : 'HUMAN_QUEUE'} while the agent talks: set TWILIO_ACCOUNT_SID and _AUTH_TOKEN`,
    );
  return warnings;
}
