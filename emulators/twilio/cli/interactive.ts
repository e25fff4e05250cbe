import { isKey } from '../dtmf-tone.ts';
import type { PhoneCall } from '../phone-call.ts';
import { type AgentTurn, hearAgentOut, type Manners } from './conversation.ts';

const HELP = 'type what the caller says; /dtmf <key> presses a key, /hangup ends the call';

export interface TalkOptions {
  /** What the user types, until the signal aborts. */
  readonly lines: (signal: AbortSignal) => AsyncIterable<string>;
  readonly speak: (text: string) => Promise<Uint8Array>;
  readonly print: (line: string) => void;
}

/**
 * Speaks what is typed, at once, also into the agent's words. Ends with `/hangup`, with the call, or, when the input
 * ends, after the agent's answer to the last line.
 */
export async function talk(
  call: PhoneCall,
  { lines, speak, print }: TalkOptions,
  manners: Manners,
): Promise<AgentTurn> {
  const over = new AbortController();
  const stop = call.on('ended', () => over.abort());
  let answer: Promise<AgentTurn> = Promise.resolve('spoke');
  print(HELP);
  await Promise.race([call.ended, call.waitFor('streamStarted')]);
  for await (const line of lines(over.signal)) {
    const [command, argument = ''] = line.trim().split(/\s+/, 2);
    if (command === '/hangup') return 'spoke';
    if (command === undefined || command === '') continue;
    if (command === '/dtmf' && isKey(argument)) call.dtmf(argument);
    else if (command.startsWith('/')) print(HELP);
    else answer = call.sendAudio(await speak(line)).then(() => hearAgentOut(call, manners));
  }
  stop();
  return answer;
}
