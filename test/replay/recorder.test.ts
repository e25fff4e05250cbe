import { describe, expect, it } from '@jest/globals';
import { recordCall } from '../../journal/recorder.ts';
import { callOnPaper } from '../support/call-on-paper.ts';

/** A call on paper with two recorders: one writes at once, the other when it is told to. */
function recordedTwice(write: (line: string) => void) {
  const atOnce: string[] = [];
  const due: (() => void)[] = [];
  const failures: unknown[] = [];
  let detach = (): void => {};
  const call = callOnPaper({}, (actor, clock) => {
    const now = () => clock.now;
    const onError = (error: unknown): void => void failures.push(error);
    recordCall(actor, { now, write: (line) => atOnce.push(line), onError });
    detach = recordCall(actor, { now, write, later: (work) => due.push(work), onError });
  });
  return { call, atOnce, due, failures, detach };
}

describe('a recorder that writes later', () => {
  it('makes up the entries of many events in one go, the same as if each had been written at once', () => {
    const lines: string[] = [];
    const { call, atOnce, due } = recordedTwice((line) => lines.push(line));
    call.listening().caller('when is breakfast');
    expect([lines, due.length]).toEqual([[], 1]);
    due.pop()?.();
    expect(lines).toEqual(atOnce);
    call.sentence('From seven.');
    due.pop()?.();
    expect(lines).toEqual(atOnce);
    expect(lines.length).toBeGreaterThan(5);
  });

  it('writes what is left as it is detached, and nothing afterwards', () => {
    const lines: string[] = [];
    const { call, atOnce, due, detach } = recordedTwice((line) => lines.push(line));
    call.listening();
    detach();
    expect(lines).toEqual(atOnce);
    const before = lines.length;
    call.caller('when is breakfast');
    for (const work of due) work();
    expect([lines.length, atOnce.length > before]).toEqual([before, true]);
  });

  it('tells once that writing fails, and the call goes on', () => {
    const { call, due, failures, detach } = recordedTwice(() => {
      throw new Error('no room');
    });
    call.listening();
    due.pop()?.();
    call.caller('when is breakfast');
    detach();
    expect([failures.map(String), due, call.state]).toEqual([
      ['Error: no room'],
      [],
      'responding.thinking.committed.drafting.writing',
    ]);
  });
});
