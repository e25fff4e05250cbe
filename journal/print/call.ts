import { callRecord } from '../call-record.ts';
import { describeRecord, titleOf } from '../describe-record.ts';
import { explainDivergence } from '../divergence.ts';
import type { Journal } from '../entry.ts';
import { chartFingerprint } from '../fingerprint.ts';
import { type ReplayStep, replay } from '../replay.ts';
import { describeDivergence } from './divergence.ts';
import type { Paper } from './ink.ts';
import { stepLine, stepTitles } from './step-line.ts';

/** Whether a chart of another structure wrote it. */
export const isOfAnotherChart = ({ header }: Journal): boolean => header.chart !== chartFingerprint();

/** What is to be known before the first step. */
export function notesOn(journal: Journal): readonly string[] {
  return [
    ...(isOfAnotherChart(journal)
      ? [
          `Note: recorded by another chart (${journal.header.chart}) than today’s (${chartFingerprint()}); the first entry at which they part is named.`,
        ]
      : []),
    ...(journal.cutOffLine === undefined
      ? []
      : [
          `Note: line ${journal.cutOffLine}, the last one, is cut off and left out: the server ended while it wrote it.`,
        ]),
  ];
}

/** Why a step parts from what was recorded; undefined when it does not. */
export const partingOf = (step: ReplayStep | undefined, journal: Journal, paper: Paper): string | undefined =>
  step?.diverged ? describeDivergence(explainDivergence(step), isOfAnotherChart(journal), paper) : undefined;

/** A whole call in words: its events and states, and then its record, or why today's chart parts from it. */
export function describeCall(journal: Journal, paper: Paper): string {
  const lines = [paper.ink('strong', titleOf(journal.header)), '', stepTitles(paper)];
  let last: ReplayStep | undefined;
  for (const step of replay(journal)) {
    lines.push(stepLine(step, last?.entry.atMs ?? 0, paper));
    last = step;
  }
  return [...lines, '', partingOf(last, journal, paper) ?? describeRecord(callRecord(journal), paper)].join('\n');
}
