import { ServiceError } from '../../errors.ts';
import { GARBAGE_PREFIX, GARBAGE_WORDS } from './phones.ts';

/**
 * How likely speech is that fits no rule. Measured with a grammar of 270 words, four voices, 208 sentences that fit and
 * 100 that do not, together with the check of `hypothesis.ts`: 1e-15 loses 23 of the 208 and lets 1 of the 100 through,
 * 1e-18 loses 19 and lets 2 through, 1e-21 15 and 3; without the check 1e-15 lets 27 through. Since silence is made
 * digital silence (`listener.ts`), 1e-18 loses 12 and lets 1 through.
 */
const GARBAGE_WEIGHT = '1e-18';

const COMMENT = /\/\*[\s\S]*?\*\/|(?<!\S)\/\/.*/g;
const TAG = /\{[^}]*\}/g;
const WEIGHT = /\/[\d.eE+-]+\//g;
const RULE = /^(?:public\s+)?<([\w.-]+)>\s*=([\s\S]+)$/;
const NOT_WORDS = /<[^>]*>|[()[\]|*+]/g;

/** What one topic lets the caller say. */
export interface Grammar {
  /** JSGF, with the branch for speech that fits nothing. */
  readonly jsgf: string;
  /** All words of the rules, lower case, each once. */
  readonly words: readonly string[];
}

/**
 * Reads the rules of a topic: JSGF rule definitions without the header, of which `<utterance>` is what the caller says.
 *
 * @throws ServiceError `bad-request` naming the topic and the rule
 * @example readGrammar('confirm', '<utterance> = [oh] <answer>; <answer> = yes | no [thanks];')
 */
export function readGrammar(topic: string, text: string): Grammar {
  const rules = new Map<string, string>();
  for (const definition of text.replace(COMMENT, ' ').replace(TAG, ' ').split(';')) {
    if (definition.trim() === '') continue;
    const [, name, expansion] = RULE.exec(definition.trim()) ?? [];
    if (name === undefined || expansion === undefined) {
      throw refused(topic, `expected "<rule> = …;", received "${definition.trim().slice(0, 60)}"`);
    }
    if (rules.has(name)) throw refused(topic, `<${name}> is defined twice`);
    rules.set(name, expansion.trim());
  }
  if (!rules.has('utterance')) throw refused(topic, 'the rule <utterance> is missing');
  for (const [name, expansion] of rules) {
    for (const [reference, used = ''] of expansion.matchAll(/<([^>]*)>/g)) {
      if (!rules.has(used) && used !== 'NULL')
        throw refused(topic, `<${name}> uses ${reference}, which is not defined`);
    }
  }
  const words = new Set([...rules.values()].flatMap(wordsOf));
  for (const word of words) {
    if (word.startsWith(GARBAGE_PREFIX) || word !== word.toLowerCase()) {
      throw refused(topic, `"${word}" is no word: expected lower case, not beginning with "${GARBAGE_PREFIX}"`);
    }
  }
  return { jsgf: jsgfOf(rules), words: [...words] };
}

function wordsOf(expansion: string): string[] {
  return expansion
    .replace(WEIGHT, ' ')
    .replace(NOT_WORDS, ' ')
    .split(/\s+/)
    .filter((word) => word !== '');
}

function jsgfOf(rules: ReadonlyMap<string, string>): string {
  const phones = GARBAGE_WORDS.map(([word]) => word).join(' | ');
  return [
    '#JSGF V1.0;',
    'grammar callchart;',
    `public <heard> = /1/ <utterance> | /${GARBAGE_WEIGHT}/ <garbage>;`,
    `<garbage> = (${phones})+;`,
    ...[...rules].map(([name, expansion]) => `<${name}> = ${expansion};`),
  ].join('\n');
}

function refused(topic: string, problem: string): ServiceError {
  return new ServiceError(`grammar "${topic}": ${problem}`, { code: 'bad-request', vendor: 'local' });
}
