import { createActor, transition } from 'xstate';
import { type Journal, parseJournal } from '../../journal/entry.ts';
import { recordCall } from '../../journal/recorder.ts';
import { callMachine } from '../../machines/call/machine.ts';
import { callStimuli } from '../model/call-stimuli.ts';
import { BRIEF } from '../support/call-on-paper.ts';
import { withInertChildren } from '../support/pure-against-live.ts';
import { VirtualClock } from '../support/virtual-clock.ts';
import { HEADER } from './recorded.ts';

/** Numbers in [0, 1) that look random and are the same for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const machine = withInertChildren(callMachine);
/** How often an event that would end the call, or lead to its end, is put off for another one. */
const PATIENCE = 8;
const NEAR_THE_END = /^"ended|"closing"|"transferring"|"dropped"|"failed"/;
/** Where the next timer ends the call: no voice for a script. */
const WAITS_FOR_A_VOICE = /"preparing"/;
/** How often time passes instead of an event. */
const TIME = 0.2;
/** How often so little time passes that no timer is due. */
const BEFORE_NEXT_TIMER = 0.5;
/** The same where a timer would end the call. */
const CAREFUL = 0.95;

/**
 * A call in which anything happens that may happen, in any order, written down by the production recorder from a live actor.
 * An event that would end it is put off as long as others can be found, so most calls last as long as they are meant to.
 *
 * @param events about how many entries its journal has
 */
export function randomCall(seed: number, events: number): { journal: Journal; text: string; context: unknown } {
  const random = randomFrom(seed);
  const clock = new VirtualClock();
  const lines = [JSON.stringify(HEADER)];
  const call = createActor(machine, { clock, id: BRIEF.callSid, input: BRIEF });
  recordCall(call, {
    now: () => clock.now,
    write: (line) => lines.push(line),
    onError: (error) => {
      throw error;
    },
  });
  call.start();
  const oneOf = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)];
  const nextEvent = () => {
    const snapshot = call.getSnapshot();
    const stimuli = callStimuli({ snapshot } as never);
    let event = oneOf(stimuli);
    for (let tries = 0; tries < PATIENCE; tries++) {
      const [after] = transition(callMachine, snapshot as never, event as never);
      if (!NEAR_THE_END.test(JSON.stringify(after.value))) break;
      event = oneOf(stimuli);
    }
    return event;
  };
  while (call.getSnapshot().status === 'active' && lines.length <= events) {
    const careful = WAITS_FOR_A_VOICE.test(JSON.stringify(call.getSnapshot().value));
    if (random() >= TIME) call.send(nextEvent() as never);
    else if (random() < (careful ? CAREFUL : BEFORE_NEXT_TIMER))
      clock.advance(Math.floor(random() * (clock.remaining[0] ?? 0)));
    else clock.next();
  }
  const text = `${lines.join('\n')}\n`;
  return { journal: parseJournal(text), text, context: call.getSnapshot().context };
}
