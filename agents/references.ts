import { parsePhrase, rulesOf } from './phrase.ts';
import type { Facts, Profile } from './profile.ts';

/** One thing that a profile names and does not define. */
export interface BrokenReference {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** Names in a profile that lead nowhere: facts, tasks, slots, placeholders, emergency answers without their phrase. */
export function brokenReferences(profile: Omit<Profile, 'facts'>, facts: Facts): BrokenReference[] {
  const slots = Object.keys(profile.slots);
  const broken: BrokenReference[] = [];
  const report = (path: BrokenReference['path'], message: string): void => {
    broken.push({ path, message });
  };
  profile.intents.forEach((intent, index) => {
    const path = ['intents', index];
    if ('answer' in intent.does && !(intent.does.answer in facts)) {
      report([...path, 'does', 'answer'], `no fact "${intent.does.answer}" in ${profile.knowledge}`);
    }
    const wanted = 'task' in intent.does ? intent.does.task : undefined;
    if (wanted !== undefined && !profile.tasks.some((task) => task.name === wanted)) {
      report([...path, 'does', 'task'], `no task "${wanted}"`);
    }
    if (intent.emergency) {
      const answer = 'answer' in intent.does ? (facts[intent.does.answer]?.answer.toLowerCase() ?? '') : '';
      if (!profile.emergencyPhrases.some((phrase) => answer.includes(phrase))) {
        report([...path, 'emergency'], 'its answer says none of the emergencyPhrases');
      }
    }
    intent.phrases.forEach((phrase, at) => {
      for (const rule of rulesOf(parsePhrase(phrase))) {
        if (!slots.includes(rule)) report([...path, 'phrases', at], `no slot "${rule}" in phrase "${phrase}"`);
      }
    });
  });
  profile.tasks.forEach((task, index) => {
    const own = task.slots.map(({ slot }) => slot);
    own.forEach((slot, at) => {
      if (!slots.includes(slot)) report(['tasks', index, 'slots', at], `no slot "${slot}"`);
    });
    for (const [, name] of task.summary.matchAll(/\{(?:on )?(\w+)\}/g)) {
      if (name !== undefined && !own.includes(name))
        report(['tasks', index, 'summary'], `no slot "${name}" in this task`);
    }
    if (task.hours !== undefined && task.closed === undefined) report(['tasks', index, 'closed'], 'needed with hours');
  });
  return broken;
}
