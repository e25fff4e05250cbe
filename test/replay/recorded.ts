import { JOURNAL_VERSION, type Journal, type JournalHeader, parseJournal } from '../../journal/entry.ts';
import { chartFingerprint } from '../../journal/fingerprint.ts';
import { recordCall } from '../../journal/recorder.ts';
import type { CallBrief } from '../../machines/call/brief.ts';
import { BRIEF, callOnPaper } from '../support/call-on-paper.ts';

/** The header of every journal that a test writes. */
export const HEADER: JournalHeader = {
  journal: JOURNAL_VERSION,
  callSid: BRIEF.callSid,
  agent: BRIEF.agent,
  startedAt: '2026-11-20T10:00:00.000Z',
  chart: chartFingerprint(),
};

/** A call on paper that the production recorder writes down from its first moment. */
export function recorded(changes: Partial<CallBrief> = {}) {
  const lines = [JSON.stringify(HEADER)];
  const call = callOnPaper(changes, (actor, clock) => {
    recordCall(actor, {
      now: () => clock.now,
      write: (line) => lines.push(line),
      onError: (error) => {
        throw error;
      },
    });
  });
  const text = (): string => `${lines.join('\n')}\n`;
  return { call, text, journal: (): Journal => parseJournal(text()) };
}
