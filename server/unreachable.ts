import type { Profile } from '../agents/profile.ts';
import type { Settings } from './settings.ts';

/**
 * Promises of an agent that nobody will keep with these settings, one sentence each: said at the start, because a caller
 * would be the first to notice.
 */
export function unreachable(
  { name, emergencyPhrases, numbers }: Pick<Profile, 'name' | 'emergencyPhrases' | 'numbers'>,
  settings: Settings,
): string[] {
  const human = numbers.human ?? settings.HUMAN_NUMBER;
  const emergency = numbers.emergency ?? settings.EMERGENCY_FALLBACK_NUMBER;
  const warnings: string[] = [];
  if (emergencyPhrases.length > 0 && emergency === undefined) {
    const who = human === undefined ? 'NOBODY' : 'HUMAN_NUMBER';
    warnings.push(`“${name}” promises help in an emergency, and connects to ${who}: set EMERGENCY_FALLBACK_NUMBER`);
  }
  if (human !== undefined && (settings.TWILIO_ACCOUNT_SID === undefined || settings.TWILIO_AUTH_TOKEN === undefined))
    warnings.push(
      'no caller can be handed to HUMAN_NUMBER while the agent talks: set TWILIO_ACCOUNT_SID and _AUTH_TOKEN',
    );
  return warnings;
}
