import { ENDINGS } from './endings.ts';
import type { Scenario } from './scenario.ts';
import { TURNS } from './turns.ts';

/** One call of each kind that matters. Their journals are the fixtures of the replay. */
export const CONVERSATIONS: readonly Scenario[] = [...TURNS, ...ENDINGS];
