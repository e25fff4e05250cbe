/** Longest JSON of a value in one line of a table. */
const LONGEST = 80;

/** A value in few words: its JSON, or the beginning of it. */
export function brief(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}

/** What became of a list or a value: what was added to a list, or the new value beside the old one. */
export function changeOf(was: unknown, is: unknown): string {
  if (Array.isArray(was) && Array.isArray(is) && is.length > was.length && was.every((item, at) => item === is[at]))
    return `+ ${is.slice(was.length).map(brief).join(' + ')}`;
  return was === undefined ? brief(is) : `${brief(was)} → ${brief(is)}`;
}
