import type { SlotValue } from '../../../agents/slot.ts';
import { bind } from './binding.ts';
import type { Talk } from './dialogue.ts';
import type { Draft, Move } from './dialogue-state.ts';
import type { Mention } from './mentions.ts';
import { join, pick } from './wording.ts';

/** After this many misunderstandings in a row the agent offers a person. */
const PATIENCE = 3;

/** Asks to say it again, in other words each time, and comes back to the question. */
export function sayNotUnderstood(talk: Talk): Move {
  const { focus, misunderstood } = talk.state;
  const again = talk.with({ misunderstood: misunderstood + 1 });
  if (misunderstood + 1 >= PATIENCE) {
    return again.say(talk.lines.offerHuman, { kind: 'offerHuman', before: focus });
  }
  const line = pick(talk.lines.unintelligible, misunderstood);
  const open = focus.kind === 'open' || focus.kind === 'anythingElse';
  return open ? again.say(line, focus) : again.resume(focus, line);
}

/** Says honestly what the agent can help with. */
export function sayOutOfScope(talk: Talk): Move {
  const { talk: counted, line } = talk.vary('outOfScope');
  const { focus } = talk.state;
  const open = focus.kind === 'open' || focus.kind === 'anythingElse';
  return open ? counted.say(join(line, talk.lines.openQuestion), { kind: 'open' }) : counted.resume(focus, line);
}

/** Begins a task, or goes on with it when it is the one in focus; a name given for another task is kept. */
export function startTask(talk: Talk, name: string, mentions: readonly Mention[]): Move {
  const task = talk.task(name);
  const { focus } = talk.state;
  const current = 'draft' in focus ? focus.draft : undefined;
  const kept: Record<string, SlotValue> = {};
  for (const { slot } of task.slots) {
    const value = current?.values[slot];
    const kind = talk.kit.profile.slots[slot]?.kind;
    if (value !== undefined && (current?.task === name || kind === 'name')) kept[slot] = value;
  }
  const values = bind(talk.kit.profile, task, mentions, kept);
  const draft: Draft = { task: name, values: { ...kept, ...values } };
  const begin = Object.keys(values).length === 0 && current?.task !== name ? task.begin : undefined;
  return talk.pursue(draft, begin);
}
