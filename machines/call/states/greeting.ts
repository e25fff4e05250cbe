import { recital } from './recital.ts';

/** The agent's first words. */
export const greeting = recital({
  id: 'greeting',
  script: ({ brief }) => brief.script.greeting,
  next: '#listening',
  floor: 'greeting',
});
