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

/** What is to be known before a call is read. */
export function notesOn(journal: Journal, [first]: readonly ReplayStep[]): readonly string[] {
  const { header, cutOffLine } = journal;
  const gained = first?.recorded.gained ?? [];
  return [
    isOfAnotherChart(journal) &&
      `Note: recorded by another chart (${header.chart}) than today’s (${chartFingerprint()}); the first entry at which they part is named.`,
    gained.length > 0 && `Note: what the chart of then did not remember is not compared: ${gained.join(', ')}.`,
    cutOffLine !== undefined &&
      `Note: line ${cutOffLine}, the last one, is cut off and left out: the server ended while it wrote it.`,
  ].filter((note) => note !== false);
}

/** Why a step parts from what was recorded; undefined when it does not. */
export const partingOf = (last: ReplayStep | undefined, journal: Journal, paper: Paper): string | undefined =>
  last?.diverged ? describeDivergence(explainDivergence(last), isOfAnotherChart(journal), paper) : undefined;

/** A whole call in words: its events and states, and then its record, or why today's chart parts from it. */
export function describeCall(
  journal: Journal,
  paper: Paper,
  steps: readonly ReplayStep[] = [...replay(journal)],
): string {
  return [
    paper.ink('strong', titleOf(journal.header)),
    '',
    stepTitles(paper),
    ...steps.map((step, index) => stepLine(step, steps[index - 1]?.entry.atMs ?? 0, paper)),
    '',
    partingOf(steps.at(-1), journal, paper) ?? describeRecord(callRecord(journal), paper),
  ].join('\n');
}
