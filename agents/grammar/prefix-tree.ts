import { parsePhrase, sentencesOf, withSlots } from '../phrase.ts';

/** What may follow a prefix: by next word (or `<slot>`), and whether a sentence may end here. */
interface PrefixNode {
  readonly next: Map<string, PrefixNode>;
  ends: boolean;
}

const emptyNode = (): PrefixNode => ({ next: new Map(), ends: false });

/**
 * Joins phrases by their common beginnings into one JSGF group: `do you (have (a pool | parking) | allow pets)`.
 *
 * A recogniser follows every branch at once and shares the probability of a group among its branches: without this it
 * would follow "i would like to" twenty times, and short answers such as "yes" would be pruned among hundreds of phrases.
 */
export function prefixTree(phrases: readonly string[]): string {
  const root = emptyNode();
  for (const phrase of phrases) {
    for (const sentence of sentencesOf(parsePhrase(phrase), withSlots)) {
      let node = root;
      for (const word of sentence.split(' ').filter((part) => part !== '')) {
        const found = node.next.get(word) ?? emptyNode();
        node.next.set(word, found);
        node = found;
      }
      node.ends = true;
    }
  }
  return expansion(root);
}

function expansion(node: PrefixNode): string {
  const branches = [...node.next].map(([word, next]) => (next.next.size === 0 ? word : `${word} ${expansion(next)}`));
  const [only] = branches;
  if (node.ends) return `[${branches.join(' | ')}]`;
  return branches.length === 1 && only !== undefined ? only : `(${branches.join(' | ')})`;
}
