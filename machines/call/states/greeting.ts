import { recital } from './recital.ts';

/** The agent's first words. */
export const greeting = recital({
  script: ({ brief }) => brief.script.greeting,
  next: '#listening',
  interrupted: 'barges into the greeting',
});
