/** One thing that the caller of the demonstration says. */
export interface CallerLine {
  readonly says: string;
  /** Shown beside the line. */
  readonly shows: string;
  /**
   * When it is said. `turn`: after the agent has finished. A number: that many milliseconds into the agent's answer to the
   * line before, while the agent is still speaking.
   */
  readonly when: 'turn' | { readonly intoAnswerMs: number };
  /** What must come of it. */
  readonly becomes: 'turn' | 'interruption' | 'back-channel';
}

const turn = (shows: string, says: string): CallerLine => ({ says, shows, when: 'turn', becomes: 'turn' });

const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;

/** A day soon on which the restaurant is open: three days from now, but never a Sunday. */
const bookingDay = (today: Date): string => WEEKDAYS[(today.getDay() + 3) % 7 || 1] ?? 'monday';

/** The whole conversation, in the order in which it is said. */
export const scriptFor = (today: Date): readonly CallerLine[] => [
  turn('a question', 'what time is breakfast'),
  turn('a booking', `i would like to book a table for two on ${bookingDay(today)} at seven`),
  turn('a missing detail', 'my name is john smith'),
  turn('a confirmation', 'yes please'),
  turn('a question with a long answer', 'tell me about the history of the hotel'),
  {
    says: 'i see',
    shows: 'a back-channel that must not interrupt',
    when: { intoAnswerMs: 2500 },
    becomes: 'back-channel',
  },
  { says: 'where can i park my car', shows: 'a barge-in', when: { intoAnswerMs: 6000 }, becomes: 'interruption' },
  turn('a request out of scope', 'can you book me a flight please'),
  turn('a goodbye', 'thank you goodbye'),
];
