/**
 * What the caller is likely to talk about next: names of grammars for a recogniser, said by the brain at the end of
 * each reply. Beside these three, each slot's name is the topic of its answer.
 */
export const OPENING_TOPIC = 'opening';
/** Yes or no, or a correction of what was read back. */
export const CONFIRM_TOPIC = 'confirm';
/** Which part of a booking to change. */
export const CHANGE_TOPIC = 'change';
