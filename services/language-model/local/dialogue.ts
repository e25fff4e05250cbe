import type { Profile, Task } from '../../../agents/profile.ts';
import type { SlotValue } from '../../../agents/slot.ts';
import { createKnowledge, type Knowledge } from '../../knowledge/knowledge.ts';
import type { Booking } from '../../tools/booking.ts';
import { problemOf } from '../../tools/booking-rules.ts';
import type { CivilTime } from '../../tools/civil-time.ts';
import { type Classifier, createClassifier } from './classifier.ts';
import type { DialogueState, Draft, Focus, Move } from './dialogue-state.ts';
import { type Mentions, mentionFinder } from './mentions.ts';
import { fill, join, pick, summaryOf } from './wording.ts';

/** What every move of one profile's dialogue needs; built once, shared by all calls. */
export interface DialogueKit {
  readonly profile: Profile;
  readonly classifier: Classifier;
  readonly knowledge: Knowledge;
  readonly mentions: (text: string, today: string) => Mentions;
}

export function createDialogueKit(profile: Profile): DialogueKit {
  return {
    profile,
    classifier: createClassifier(profile),
    knowledge: createKnowledge(profile),
    mentions: mentionFinder(profile),
  };
}

type Lines = Profile['lines'];
type Varied = { [Name in keyof Lines]: Lines[Name] extends readonly string[] ? Name : never }[keyof Lines];

/**
 * One move in the making: a state, and the sentences that go with it. Each method gives the next state of the talk; the
 * receiver never changes.
 */
export class Talk {
  readonly kit: DialogueKit;
  readonly now: CivilTime;
  readonly state: DialogueState;

  constructor(kit: DialogueKit, now: CivilTime, state: DialogueState) {
    this.kit = kit;
    this.now = now;
    this.state = state;
  }

  get lines(): Lines {
    return this.kit.profile.lines;
  }

  task(name: string): Task {
    const task = this.kit.profile.tasks.find((one) => one.name === name);
    if (task === undefined) throw new RangeError(`no task "${name}" in profile "${this.kit.profile.name}"`);
    return task;
  }

  summary({ task, values }: Draft): string {
    return summaryOf(this.kit.profile, this.task(task), values, this.now.date);
  }

  summaryOfBooking({ task, details }: Booking): string {
    return this.summary({ task, values: details });
  }

  /** A line that varies by how often it was said. */
  vary(name: Varied): { readonly talk: Talk; readonly line: string } {
    return { talk: this.counted(name), line: pick(this.lines[name], this.times(name)) };
  }

  times(name: string): number {
    return this.state.said[name] ?? 0;
  }

  counted(name: string): Talk {
    return this.with({ said: { ...this.state.said, [name]: this.times(name) + 1 } });
  }

  with(changes: Partial<DialogueState>): Talk {
    return new Talk(this.kit, this.now, { ...this.state, ...changes });
  }

  /** Says something and leaves the talk at a focus. */
  say(text: string, focus: Focus): Move {
    return { state: { ...this.state, focus, lastAnswer: text }, say: text };
  }

  /** Calls a tool; the focus stays until its result is known. */
  call(name: string, args: Readonly<Record<string, SlotValue>> = {}): Move {
    return { state: this.state, say: '', call: { name, arguments: args } };
  }

  /** Says something and asks whether there is more to do. */
  sayAndAskForMore(text: string): Move {
    const { talk, line } = this.vary('anythingElse');
    return talk.say(join(text, line), { kind: 'anythingElse' });
  }

  /** Asks for the next thing that a draft lacks, or reads it back. */
  pursue(draft: Draft, before?: string): Move {
    const task = this.task(draft.task);
    const problem = problemOf(this.kit.profile, task, draft.values, this.now);
    if (problem !== undefined) {
      const { [problem.slot ?? '']: _, ...values } = draft.values;
      const wrong = task.slots.find(({ slot }) => slot === problem.slot)?.slot;
      const said = join(before, problem.message);
      return wrong === undefined
        ? this.say(join(said, this.lines.whatToChange), { kind: 'change', draft })
        : this.ask({ ...draft, values }, wrong, said);
    }
    const missing = task.slots.find(({ slot }) => draft.values[slot] === undefined);
    if (missing !== undefined) return this.ask(draft, missing.slot, before);
    const question = draft.changes === undefined ? task.confirm : this.lines.changeQuestion;
    return this.say(join(before, this.readBack(draft), question), { kind: 'confirm', draft });
  }

  /** The sentence that the caller must have heard before a yes counts. */
  readBack(draft: Draft): string {
    return fill(this.lines.readBack, { summary: this.summary(draft) });
  }

  ask(draft: Draft, slot: string, before?: string): Move {
    const key = `${draft.task}.${slot}`;
    const questions = this.task(draft.task).slots.find((one) => one.slot === slot)?.ask ?? [];
    const question = pick(questions, this.times(key));
    return this.counted(key).say(join(before, question), { kind: 'slot', draft, slot });
  }

  /** Says something in between and comes back to what was being asked. */
  resume(focus: Focus, before: string): Move {
    switch (focus.kind) {
      case 'open':
      case 'anythingElse':
        return this.sayAndAskForMore(before);
      case 'slot':
        return this.ask(focus.draft, focus.slot, before);
      case 'confirm':
        return this.pursue(focus.draft, before);
      case 'change':
        return this.say(join(before, this.lines.whatToChange), focus);
      case 'cancel':
        return this.say(join(before, this.cancelQuestion(focus.booking)), focus);
      case 'clarify':
      case 'offerHuman':
        return this.resume(focus.before, before);
    }
  }

  cancelQuestion(booking: Booking): string {
    return fill(this.lines.cancelQuestion, { summary: this.summaryOfBooking(booking) });
  }
}
