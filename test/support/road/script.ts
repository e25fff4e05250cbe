/** Which answer a text belongs to; both are counted from 0. */
export interface Place {
  readonly caller: number;
  readonly turn: number;
}

/** What a caller asks. */
export const questionOf = ({ caller, turn }: Place): string => `Caller-${caller} asks for answer-${turn}`;

/**
 * What the model answers: a short sentence, and one that is long enough to be cut off. Both of long words, so that a word
 * more or less heard is more than half a second.
 */
export const answerOf = ({ caller, turn }: Place): readonly [string, string] => [
  `Caller-${caller}, answer-${turn}.`,
  `Caller-${caller} appreciates extraordinarily comprehensive explanations concerning answer-${turn}, notwithstanding interruptions.`,
];

/** @returns whose text it is, question or answer; undefined for the lines of the agent's profile */
export function placeOf(text: string): Place | undefined {
  const [caller, turn] = /Caller-(\d+)\D+answer-(\d+)\D*$/.exec(text)?.slice(1).map(Number) ?? [];
  return caller === undefined || turn === undefined ? undefined : { caller, turn };
}
