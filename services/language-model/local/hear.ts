import { slotNames } from '../../../agents/slot.ts';
import { UNINTELLIGIBLE } from '../../../machines/call/events.ts';
import { plainWords } from '../../knowledge/plain-words.ts';
import { act } from './act.ts';
import { bind } from './binding.ts';
import type { Meaning } from './classifier.ts';
import { sayNotUnderstood, sayOutOfScope, startTask } from './common-moves.ts';
import type { Talk } from './dialogue.ts';
import type { Draft, Focus, Move } from './dialogue-state.ts';
import { looksLikeName, type Mention, nameCase } from './mentions.ts';
import { spokenDigits } from './spoken-digits.ts';
import { fill, join } from './wording.ts';

/** Two candidates closer than this cannot be told apart. */
const TOO_CLOSE = 0.08;

/** What an utterance tells about the draft under discussion. */
interface Told {
  readonly draft: Draft;
  readonly values: Draft['values'];
  readonly answersQuestion: boolean;
}

/** Decides what to do about what the caller said. */
export function hear(talk: Talk, text: string): Move {
  const words = spokenDigits(plainWords(text.replaceAll(UNINTELLIGIBLE, ' ')));
  if (words === '') return sayNotUnderstood(talk);
  const { found, rest } = talk.kit.mentions(words, talk.now.date);
  const { sure, unsure } = talk.kit.classifier.classify(words, rest);
  const core = talk.kit.classifier.core(rest);
  const understood = talk.with({ misunderstood: 0 });
  const meanings = sure.map(({ label }) => label);
  const answers = meanings.filter(({ does }) => 'answer' in does);
  const others = meanings.filter(({ does }) => !('answer' in does));

  if (sure.some(({ label }) => label.emergency)) {
    // Nothing is asked: the chart hands the call over while this is being said.
    const [answered, answer] = tellFacts(understood, meanings);
    return answered.say(answer, { kind: 'open' });
  }
  const told = tellsAbout(talk, found, core, sure[0]?.score ?? 0);
  if (told !== undefined && (answers.length === 0 || told.answersQuestion) && others.every(goesWithDetails)) {
    return correct(understood, told, answers, others);
  }
  if (answers.length > 0) {
    const [answered, answer] = tellFacts(understood, answers);
    const [other] = others;
    return other === undefined
      ? answered.resume(talk.state.focus, answer)
      : prefixed(answer, meaningOf(answered, other, found));
  }
  const [other] = others;
  if (other !== undefined) return meaningOf(understood, other, found);
  const slot = slotCalled(talk, core);
  return slot === undefined ? clarify(talk, unsure, found, core) : understood.ask(slot.draft, slot.name);
}

/** The values said for the draft in focus; undefined when there are none. */
function tellsAbout(talk: Talk, found: readonly Mention[], core: string, certainty: number): Told | undefined {
  const { focus } = talk.state;
  if (focus.kind !== 'slot' && focus.kind !== 'confirm' && focus.kind !== 'change') return undefined;
  const asked = focus.kind === 'slot' ? focus.slot : undefined;
  const { draft } = focus;
  const values = bind(talk.kit.profile, talk.task(draft.task), found, draft.values, asked);
  const askedSlot = asked === undefined ? undefined : talk.kit.profile.slots[asked];
  if (asked !== undefined && askedSlot?.kind === 'name' && values[asked] === undefined && certainty < 0.8) {
    const name = core.replace(/^(it is|this is|i am|yes|the name is) /, '').split(' ');
    if (looksLikeName(name)) values[asked] = nameCase(name.join(' '));
  }
  if (Object.keys(values).length === 0) return undefined;
  return { draft, values, answersQuestion: asked !== undefined && values[asked] !== undefined };
}

/** The slot that the caller names instead of its value: "the time" as something to change. */
function slotCalled(talk: Talk, core: string): { readonly draft: Draft; readonly name: string } | undefined {
  const { focus } = talk.state;
  if (focus.kind !== 'change' && focus.kind !== 'confirm') return undefined;
  const called = talk.task(focus.draft.task).slots.find(({ slot: name }) => {
    const slot = talk.kit.profile.slots[name];
    return slot !== undefined && slotNames(slot).some((words) => ` ${core} `.includes(` ${words} `));
  });
  return called === undefined ? undefined : { draft: focus.draft, name: called.slot };
}

/** Meanings that add nothing to new details: "no, for four people". A request of another kind does. */
function goesWithDetails({ does }: Meaning): boolean {
  if ('task' in does) return false;
  return (
    'act' in does &&
    ['affirm', 'deny', 'acknowledge', 'hesitate', 'thanks', 'changeBooking', 'greet', 'wait'].includes(does.act)
  );
}

function correct(talk: Talk, told: Told, answers: readonly Meaning[], others: readonly Meaning[]): Move {
  const { draft, values } = told;
  const changed = Object.entries(values).some(([slot, value]) => draft.values[slot] !== value);
  const [answered, answer] = tellFacts(talk, answers);
  if (!changed && talk.state.focus.kind === 'confirm') {
    const agrees = others.some(({ does }) => 'act' in does && does.act === 'affirm');
    if (agrees) return act(talk, 'affirm', []);
  }
  return answered.pursue({ ...draft, values: { ...draft.values, ...values } }, answer);
}

function tellFacts(talk: Talk, answers: readonly Meaning[]): readonly [Talk, string] {
  let told = talk;
  const sentences: (string | undefined)[] = [];
  for (const { does } of answers) {
    if (!('answer' in does)) continue;
    const key = `fact.${does.answer}`;
    sentences.push(talk.kit.knowledge.tell(does.answer, told.times(key)));
    told = told.counted(key);
  }
  return [told, join(...sentences)];
}

function meaningOf(talk: Talk, { does }: Meaning, found: readonly Mention[]): Move {
  if ('task' in does) return startTask(talk, does.task, found);
  if ('act' in does) return act(talk, does.act, found, (option, mentions) => meaningOf(talk, option, mentions));
  const [told, answer] = tellFacts(talk, [{ name: '', does, emergency: false }]);
  return told.resume(talk.state.focus, answer);
}

/** One question when it is unclear what is meant; out of scope when that did not help either. */
function clarify(
  talk: Talk,
  unsure: readonly { readonly label: Meaning; readonly score: number }[],
  mentions: readonly Mention[],
  core: string,
): Move {
  const { focus } = talk.state;
  if (focus.kind === 'clarify') return sayOutOfScope(talk.with({ misunderstood: 0, focus: focus.before }));
  if (focus.kind !== 'open' && focus.kind !== 'anythingElse') return sayNotUnderstood(talk);
  const candidates = unsure.filter(({ label }) => aboutOf(talk, label) !== undefined);
  const [first, second] = candidates;
  if (first !== undefined) {
    const close = second !== undefined && first.score - second.score < TOO_CLOSE;
    return askWhichOf(talk, close ? [first.label, second.label] : [first.label], mentions);
  }
  const task = talk.kit.profile.tasks.find((one) => Object.keys(bind(talk.kit.profile, one, mentions, {})).length > 0);
  if (task !== undefined && core === '') {
    return askWhichOf(talk, [{ name: task.name, does: { task: task.name }, emergency: false }], mentions);
  }
  return sayOutOfScope(talk.with({ misunderstood: 0 }));
}

function askWhichOf(talk: Talk, options: readonly Meaning[], mentions: readonly Mention[]): Move {
  const [first, second] = options;
  const [about = '', orAbout = ''] = [first, second].map((one) => (one === undefined ? undefined : aboutOf(talk, one)));
  const focus: Focus = { kind: 'clarify', options, mentions, before: talk.state.focus };
  if (second !== undefined) return talk.say(fill(talk.lines.clarifyEither, { first: about, second: orAbout }), focus);
  const line = first !== undefined && 'task' in first.does ? talk.lines.clarifyTask : talk.lines.clarify;
  return talk.say(fill(line, { about }), focus);
}

function aboutOf(talk: Talk, { does, about }: Meaning): string | undefined {
  return 'task' in does ? talk.task(does.task).about : about;
}

function prefixed(text: string, move: Move): Move {
  return move.call === undefined ? { ...move, say: join(text, move.say) } : move;
}
