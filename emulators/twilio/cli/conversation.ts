import type { Clock } from '../clock.ts';
import type { PhoneCall } from '../phone-call.ts';

/** What a turn of the agent came to. */
export type AgentTurn = 'spoke' | 'said nothing' | 'call over';

/** How the caller listens. */
export interface Manners {
  readonly clock: Clock;
  /** Silence after the phone's `agentSilent` that means: the agent has finished (ms). */
  readonly pauseMs: number;
  /** How long the caller waits for the agent's first sound (ms). */
  readonly patienceMs: number;
}

/**
 * Listens until the agent has begun to speak and has finished. The rest of what it was saying already does not count.
 */
export function hearAgentOut(call: PhoneCall, { clock, pauseMs, patienceMs }: Manners): Promise<AgentTurn> {
  return new Promise((resolve) => {
    let speaking = false;
    let timer = clock.setTimeout(() => finish('said nothing'), patienceMs);
    const subscriptions = [
      call.on('agentAudio', () => {
        speaking = true;
        clock.clearTimeout(timer);
      }),
      call.on('agentSilent', () => {
        if (speaking) timer = clock.setTimeout(() => finish('spoke'), pauseMs);
      }),
      call.on('ended', () => finish('call over')),
    ];
    const finish = (turn: AgentTurn): void => {
      clock.clearTimeout(timer);
      for (const unsubscribe of subscriptions) unsubscribe();
      resolve(turn);
    };
    if (call.facts.endedAt !== undefined) finish('call over');
  });
}

/** Says each line after the agent has finished; afterwards the agent has answered the last one. */
export async function converse(
  call: PhoneCall,
  lines: readonly (() => Promise<Uint8Array>)[],
  manners: Manners,
  { atOnce }: { readonly atOnce: boolean },
): Promise<AgentTurn> {
  let turn: AgentTurn = atOnce ? 'spoke' : await hearAgentOut(call, manners);
  for (const line of lines) {
    if (turn === 'call over') return turn;
    const audio = await line();
    if ((await call.sendAudio(audio)) === 'dropped') return 'call over';
    turn = await hearAgentOut(call, manners);
  }
  return turn;
}
