import { statePath } from './facts.ts';
import type { CallSnapshot } from './replay.ts';

/** The conversation's state as a path, for example `responding.thinking`; `ended` at the end. */
export const conversationState = ({ value }: CallSnapshot): string =>
  typeof value === 'string' ? value : statePath(value.active.conversation);
