import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type CallRecord, callRecord } from '../../../journal/call-record.ts';
import { type Journal, parseJournal } from '../../../journal/entry.ts';
import type { CallerLine } from '../script.ts';
import { type Finding, judge, understoodLines } from '../verdict.ts';
import type { CallWire } from './call-wire.ts';
import type { RoadVerdict } from './vendors-road.ts';

/** A call that is over, with what its server wrote down. */
export interface FinishedCall {
  readonly wire: CallWire;
  /** Why the conversation did not come to its end; undefined when it did. */
  readonly failure: string | undefined;
  readonly journal: Journal;
  readonly record: CallRecord;
}

/** How one of the calls went. */
export interface CallResult {
  readonly caller: number;
  readonly callSid: string;
  readonly record: CallRecord;
  readonly understood: number;
  readonly lines: number;
  readonly clears: number;
  /** Frames of the agent's sound that the phone got. */
  readonly frames: number;
  readonly findings: readonly Finding[];
  /** As the vendors saw them; none with the local engines. */
  readonly interruptions: RoadVerdict['interruptions'];
}

/** Reads the journal of a call. @param directory where its server has written it */
export async function finishedCall(
  wire: CallWire,
  failure: string | undefined,
  directory: string,
): Promise<FinishedCall> {
  const journal = parseJournal(await readFile(join(directory, `${wire.phone.callSid}.jsonl`), 'utf8'));
  return { wire, failure, journal, record: callRecord(journal) };
}

/** Judges a call. @param road what the vendors saw; undefined with the local engines */
export function callResult(
  { wire: { caller, phone, sounds }, failure, journal, record }: FinishedCall,
  script: readonly CallerLine[],
  road: RoadVerdict | undefined,
): CallResult {
  const count = (type: 'media' | 'clear'): number => sounds.filter((sound) => sound.type === type).length;
  const cameToItsEnd: Finding = {
    what: 'the conversation came to its end',
    holds: failure === undefined,
    seen: failure ?? 'it did',
  };
  return {
    caller,
    callSid: phone.callSid,
    record,
    understood: understoodLines(script, journal),
    lines: script.length,
    clears: count('clear'),
    frames: count('media'),
    findings: [cameToItsEnd, ...judge(script, journal, record, phone), ...(road?.findings ?? [])],
    interruptions: road?.interruptions ?? [],
  };
}

/** Whether all was as it should be. */
export const wentWell = ({ findings }: CallResult): boolean => findings.every(({ holds }) => holds);

/** Keeps what was to be heard of a call. */
export async function keepRecording({ phone }: CallWire, directory: string): Promise<void> {
  await writeFile(join(directory, `${phone.callSid}.wav`), phone.recording.toWav(), { mode: 0o600 });
}
