import { styleText } from 'node:util';

/** Every colour has one meaning, whatever is printed. */
const STYLES = {
  faint: 'gray',
  strong: 'bold',
  state: 'cyan',
  good: 'green',
  bad: 'red',
  caller: 'yellow',
  agent: 'green',
  other: 'magenta',
} as const;

export type Style = keyof typeof STYLES;

/** Sets a text in a style. */
export type Ink = (style: Style, text: string) => string;

export const plainInk: Ink = (_, text) => text;

/** ANSI colours, for a terminal. */
export const colouredInk: Ink = (style, text) => styleText(STYLES[style], text, { validateStream: false });

/** What a text is printed on. */
export interface Paper {
  /** Characters in a line. */
  readonly columns: number;
  readonly ink: Ink;
}

/** For files and pipes: no colours, and the same everywhere. */
export const PLAIN_PAPER: Paper = { columns: 120, ink: plainInk };
