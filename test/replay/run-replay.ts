import { parseJournal } from '../../journal/entry.ts';
import { CallFacts } from '../../journal/facts.ts';
import { fingerprint } from '../../journal/fingerprint.ts';
import { textOf } from '../../journal/fixture/fixture.ts';
import { PLAIN_PAPER } from '../../journal/print/ink.ts';
import { replay } from '../../journal/replay.ts';
import { type Reader, replayCommand } from '../../journal/replay-command.ts';
import type { Key } from '../../journal/step-through.ts';
import { callMachine } from '../../machines/call/machine.ts';
import { recorded } from './recorded.ts';

/** A greeting, a question of many words, an answer that is interrupted. */
export function aCall(): string {
  const { call, text } = recorded();
  call.say({ type: 'playout.started', epoch: call.epoch(), atMs: 0 });
  call.clock.advance(1500);
  call.played();
  call.starts();
  call.clock.advance(2345);
  call.ends('please tell me when breakfast is served and whether there is coffee without milk for my aunt');
  call.sentence('Breakfast is from seven.');
  call.clock.advance(500);
  call.started();
  call.clock.advance(700);
  call.willHaveHeard({ sentences: 0, partial: { sentence: 0, playedMs: 700, lengthMs: 1400, complete: true } });
  call.interim('stop please');
  call.say({ type: 'operator.hangUp' });
  call.say({ type: 'playout.finished', epoch: 1 });
  call.played();
  return text();
}

/** Runs the command, and hands back what it printed. */
export async function run(
  args: readonly string[],
  { keys, paper = PLAIN_PAPER }: { keys?: readonly Key[]; paper?: Reader['paper'] } = {},
) {
  const printed: string[] = [];
  const complaints: string[] = [];
  const left = [...(keys ?? [])];
  const exitCode = await replayCommand(args, {
    paper,
    print: (text) => printed.push(text),
    complain: (text) => complaints.push(text),
    nextKey: keys && (async () => left.shift() ?? 'quit'),
  });
  return { exitCode, out: printed.join('\n'), complaints: complaints.join('\n') };
}

/** As if the chart of then had understood nothing: the words that interrupt the answer today did not then. */
const THEN = callMachine.provide({ guards: { 'meant something': () => false } });

/** The same call as the chart of then would have written it down, up to where it does otherwise. */
export function ofThen(text: string, form: 'facts' | 'fingerprint' = 'facts'): string {
  const journal = parseJournal(text);
  const facts = new CallFacts();
  const entries = [...replay(journal, THEN)].map(({ entry, after }) => ({
    ...entry,
    after: form === 'facts' ? facts.look(after) : fingerprint(after),
  }));
  return textOf({ header: journal.header, entries });
}

/** Which entry of it that is. */
export const INTERRUPTION = parseJournal(aCall()).entries.findIndex(({ event }) => event.type === 'caller.interim');
