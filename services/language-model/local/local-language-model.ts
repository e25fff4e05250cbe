import type { Profile } from '../../../agents/profile.ts';
import { CHANGE_TOPIC, CONFIRM_TOPIC, OPENING_TOPIC } from '../../../agents/topics.ts';
import type { LanguageModel, ReplyPart } from '../../../machines/call/ports.ts';
import { civilTime } from '../../tools/civil-time.ts';
import { createDialogueKit } from './dialogue.ts';
import type { Focus } from './dialogue-state.ts';
import { foldHistory } from './fold-history.ts';

export interface LocalLanguageModelOptions {
  /** Now. Read once per request; the profile's time zone says which day that is. */
  today(): Date;
}

/**
 * A language model's place taken by rules: answers from the profile's facts, fills the slots of its tasks over several
 * turns, reads back, calls tools. Needs no key and no network, and the same history always gives the same answer.
 *
 * It keeps nothing between requests; one instance serves any number of calls.
 *
 * @example createLocalLanguageModel(loadProfile('continental'), { today: () => new Date() })
 */
export function createLocalLanguageModel(profile: Profile, { today }: LocalLanguageModelOptions): LanguageModel {
  const kit = createDialogueKit(profile);
  return {
    async *stream({ history, toolsAllowed }, signal): AsyncGenerator<ReplyPart> {
      const move = foldHistory(kit, civilTime(today(), profile.timeZone), history);
      if (move.call !== undefined && toolsAllowed) {
        if (signal.aborted) return;
        const id = `call_${history.filter(({ role }) => role === 'toolCall').length + 1}`;
        yield { type: 'toolCall', id, name: move.call.name, arguments: JSON.stringify(move.call.arguments) };
        yield { type: 'finish', reason: 'toolCalls', expects: topicOf(move.state.focus) };
        return;
      }
      for (const text of pieces(move.call === undefined ? move.say : profile.lines.toolsOff)) {
        if (signal.aborted) return;
        yield { type: 'text', text };
      }
      if (signal.aborted) return;
      yield { type: 'finish', reason: 'stop', expects: topicOf(move.state.focus) };
    },
  };
}

/** Words with the space behind them, as a model streams. */
const pieces = (text: string): string[] => text.match(/\S+\s*/g) ?? [];

/** What the caller is likely to say next: the topic that a recogniser listens for. */
function topicOf(focus: Focus): string {
  switch (focus.kind) {
    case 'open':
    case 'anythingElse':
      return OPENING_TOPIC;
    case 'slot':
      return focus.slot;
    case 'change':
      return CHANGE_TOPIC;
    case 'clarify':
      return focus.options.length > 1 ? OPENING_TOPIC : CONFIRM_TOPIC;
    case 'confirm':
    case 'cancel':
    case 'offerHuman':
      return CONFIRM_TOPIC;
  }
}
