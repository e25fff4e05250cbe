import type { Card } from './card.ts';
import type { ChartTransition } from './describe-chart.ts';

/** A place in a picture (px). */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Width and height (px). */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The box of one state, with everything in it. Coordinates are relative to the box around it. */
export interface Box extends Point, Size {
  readonly card: Card;
  readonly children: readonly Box[];
  readonly arrows: readonly Arrow[];
}

/** A line between two boxes side by side; it stands for all transitions from anywhere in one to anywhere in the other. */
export interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly transitions: readonly ChartTransition[];
  readonly points: readonly Point[];
  /** What triggers it, in few words; only where the boxes do not say it. */
  readonly label: ArrowLabel | undefined;
}

export interface ArrowLabel extends Point {
  readonly lines: readonly string[];
  readonly width: number;
}

/** Font size and line height of the words on an arrow (px), and how many lines there may be. */
export const LABEL = { text: 11, lineHeight: 13, lines: 3 } as const;
