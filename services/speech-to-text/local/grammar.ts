import { ServiceError } from '../../errors.ts';
import { GARBAGE_PREFIX } from './phones.ts';
import { graphOf } from './rule-graph.ts';
import type { WordGraph } from './word-graph.ts';

const COMMENT = /\/\*[\s\S]*?\*\/|(?<!\S)\/\/.*/g;
const TAG = /\{[^}]*\}/g;
const WEIGHT = /\/[\d.eE+-]+\//g;
const RULE = /^(?:public\s+)?<([\w.-]+)>\s*=([\s\S]+)$/;
const NOT_WORDS = /<[^>]*>|[()[\]|*+]/g;

/** What one topic lets the caller say. */
export interface Grammar {
  /** All sentences of `<utterance>`. */
  readonly graph: WordGraph;
  /** All words of the rules, lower case, each once. */
  readonly words: readonly string[];
}

/**
 * Reads the rules of a topic: JSGF rule definitions without the header, of which `<utterance>` is what the caller says.
 * No rule may use itself; tags and weights are read over.
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
  return { graph: sentencesOf(topic, rules), words: [...words] };
}

function sentencesOf(topic: string, rules: ReadonlyMap<string, string>): WordGraph {
  try {
    return graphOf(rules, 'utterance');
  } catch (error) {
    throw error instanceof SyntaxError ? refused(topic, error.message) : error;
  }
}

function wordsOf(expansion: string): string[] {
  return expansion
    .replace(WEIGHT, ' ')
    .replace(NOT_WORDS, ' ')
    .split(/\s+/)
    .filter((word) => word !== '');
}

function refused(topic: string, problem: string): ServiceError {
  return new ServiceError(`grammar "${topic}": ${problem}`, { code: 'bad-request', vendor: 'local' });
}
