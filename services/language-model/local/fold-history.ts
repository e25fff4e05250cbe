import type { Message } from '../../../machines/call/ports.ts';
import type { CivilTime } from '../../tools/civil-time.ts';
import { type DialogueKit, Talk } from './dialogue.ts';
import { type DialogueState, type Move, START } from './dialogue-state.ts';
import { hear } from './hear.ts';
import { takeResult } from './take-result.ts';

/**
 * Works out where a conversation stands, from nothing but its history, and what to do next.
 *
 * Each caller turn and each tool result is answered again in thought, as it was answered then; what the caller really
 * heard of the answer comes from the assistant's messages, which may be cut.
 */
export function foldHistory(kit: DialogueKit, now: CivilTime, history: readonly Message[]): Move {
  let state: DialogueState = START;
  let move: Move | undefined;
  const tools = new Map<string, string>();
  for (const message of history) {
    const talk = new Talk(kit, now, state);
    switch (message.role) {
      case 'user':
        move = hear(talk, message.text);
        state = { ...move.state, heard: undefined };
        break;
      case 'assistant':
        state = { ...state, heard: hearMore(state.heard, message) };
        move = undefined;
        break;
      case 'toolCall':
        tools.set(message.id, message.name);
        break;
      case 'toolResult':
        move = takeResult(talk, tools.get(message.id) ?? '', message.result);
        state = { ...move.state, heard: undefined };
        break;
    }
  }
  return move ?? new Talk(kit, now, state).resume(state.focus, '');
}

function hearMore(
  before: DialogueState['heard'],
  { text, interrupted }: Extract<Message, { role: 'assistant' }>,
): DialogueState['heard'] {
  return { text: before === undefined ? text : `${before.text} ${text}`, interrupted: interrupted === true };
}
