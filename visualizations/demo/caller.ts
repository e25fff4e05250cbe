import type { Clock } from '../../emulators/twilio/clock.ts';
import type { PhoneCall } from '../../emulators/twilio/phone-call.ts';
import type { CallerLine } from './script.ts';

export interface CallerOptions {
  readonly call: PhoneCall;
  readonly lines: readonly CallerLine[];
  /** Makes the caller's speech: µ-law, 8 kHz. The only thing that the line carries is this sound. */
  readonly speak: (text: string) => Promise<Uint8Array>;
  readonly clock: Clock;
  readonly onSaying: (line: CallerLine) => void;
}

/** Plays the caller: says each line at its moment, and waits in between for what the agent does. */
export async function playCaller({ call, lines, speak, clock, onSaying }: CallerOptions): Promise<void> {
  // All lines are made before the first is needed, so that none comes late.
  const spoken = await Promise.all(lines.map(({ says }) => speak(says)));
  let answerBegan = clock.now();
  let agentDone = endOfTurn(call);
  for (const [index, line] of lines.entries()) {
    if (line.when === 'turn') await agentDone;
    else await sleepUntil(clock, answerBegan + line.when.intoAnswerMs);
    onSaying(line);
    if (line.becomes !== 'back-channel') {
      agentDone = endOfTurn(call);
      const answer = line.becomes === 'turn' ? call.next('agentAudio') : undefined;
      await call.sendAudio(spoken[index] ?? new Uint8Array(0));
      await answer;
      answerBegan = clock.now();
    } else await call.sendAudio(spoken[index] ?? new Uint8Array(0));
  }
  await call.ended;
}

/** The agent has finished when the mark behind its whole turn was played; a goodbye ends the call instead. */
const endOfTurn = (call: PhoneCall): Promise<unknown> =>
  call.next('mark', ({ name, played }) => played && name.endsWith('.end')).catch(() => call.ended);

const sleepUntil = (clock: Clock, at: number): Promise<void> =>
  new Promise((resolve) => {
    clock.setTimeout(resolve, Math.max(0, at - clock.now()));
  });
