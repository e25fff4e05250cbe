import { loadProfile } from '../../../../agents/load-profile.ts';
import type { LanguageModel, Message } from '../../../../machines/call/ports.ts';
import { CONTROL_TOOLS } from '../../../../machines/reply/control-tools.ts';
import { createLocalLanguageModel } from '../../../../services/language-model/local/local-language-model.ts';
import { createToolbox } from '../../../../services/tools/toolbox.ts';

/** Friday the twentieth of November 2026, ten in the morning in New York. */
export const FRIDAY_MORNING = new Date('2026-11-20T15:00:00Z');

/** One call with the local brain, or another model, and a real toolbox: what the chart does, without sound. */
export class Conversation {
  readonly history: Message[] = [];
  readonly toolbox: ReturnType<typeof createToolbox>;
  /** Topic that the last answer expects. */
  expects: string | undefined;
  readonly #model: LanguageModel;

  constructor(agent: 'continental' | 'clinic' = 'continental', model?: LanguageModel) {
    const profile = loadProfile(agent);
    this.#model = model ?? createLocalLanguageModel(profile, { today: () => FRIDAY_MORNING });
    this.toolbox = createToolbox(profile, { callSid: 'CA00', now: () => FRIDAY_MORNING });
    this.history.push({ role: 'assistant', text: profile.script.greeting.join(' ') });
  }

  /** Says something to the agent. @returns what it answers, or `<tool>` for a control tool */
  async say(text: string): Promise<string> {
    this.history.push({ role: 'user', text });
    return this.answer();
  }

  /** Answers the history as it is; runs tools as long as the agent calls them. */
  async answer(toolsAllowed = true): Promise<string> {
    let said = '';
    for await (const part of this.#model.stream(
      { history: this.history, toolsAllowed },
      new AbortController().signal,
    )) {
      if (part.type === 'text') said += part.text;
      if (part.type === 'finish') this.expects = part.expects;
      if (part.type !== 'toolCall') continue;
      const { id, name } = part;
      if (name === CONTROL_TOOLS.endCall || name === CONTROL_TOOLS.transferToHuman) return `<${name}>`;
      this.history.push({ role: 'toolCall', id, name, arguments: part.arguments });
      const result = await this.toolbox.run(part, new AbortController().signal);
      this.history.push({ role: 'toolResult', id, result });
      return this.answer(toolsAllowed);
    }
    this.history.push({ role: 'assistant', text: said });
    return said;
  }

  /** The caller cut the last answer off: they heard only this much of it. Undefined: nothing. */
  cutAt(heard: string | undefined): void {
    this.history.pop();
    if (heard !== undefined) this.history.push({ role: 'assistant', text: heard, interrupted: true });
  }
}
