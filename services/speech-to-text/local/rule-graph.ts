import { type Expansion, parseExpansion } from './expansion.ts';
import { smallestGraph, type WordGraph } from './word-graph.ts';

/**
 * Joins the rules of a grammar into the graph of all sentences of one of them.
 *
 * @param rules expansions by name; every rule that is used is there
 * @throws SyntaxError naming a rule that cannot be read, or that uses itself
 */
export function graphOf(rules: ReadonlyMap<string, string>, name: string): WordGraph {
  const graphs = new Map<string, WordGraph | 'in progress'>();

  function ruleGraph(rule: string): WordGraph {
    const known = graphs.get(rule);
    if (known === 'in progress') throw new SyntaxError(`<${rule}> uses itself`);
    if (known !== undefined) return known;
    graphs.set(rule, 'in progress');
    const graph = build(expansionOf(rule));
    graphs.set(rule, graph);
    return graph;
  }

  function expansionOf(rule: string): Expansion {
    try {
      return parseExpansion(rules.get(rule) ?? '');
    } catch (error) {
      throw error instanceof SyntaxError ? new SyntaxError(`<${rule}>: ${error.message}`, { cause: error }) : error;
    }
  }

  function build(expansion: Expansion): WordGraph {
    const arcs: Map<string, Set<number>>[] = [];
    const free: number[][] = [];
    const state = (): number => {
      arcs.push(new Map());
      return free.push([]) - 1;
    };
    const link = (from: number, word: string, to: number): void => {
      const nexts = arcs[from]?.get(word) ?? new Set();
      arcs[from]?.set(word, nexts.add(to));
    };
    /** Adds all ways from a state through an expansion. @returns where they end */
    const add = (from: number, part: Expansion): number => {
      switch (part.kind) {
        case 'word': {
          const to = state();
          link(from, part.word, to);
          return to;
        }
        case 'sequence':
          return part.parts.reduce(add, from);
        case 'choice': {
          const to = state();
          for (const option of part.options) free[add(from, option)]?.push(to);
          return to;
        }
        case 'repeated': {
          const begin = state();
          free[from]?.push(begin);
          const to = add(begin, part.part);
          free[to]?.push(begin);
          return to;
        }
        case 'rule': {
          const inner = ruleGraph(part.name);
          const states = inner.arcs.map(state);
          const to = state();
          inner.arcs.forEach((nexts, index) => {
            for (const [word, next] of nexts) link(states[index] ?? 0, word, states[next] ?? 0);
          });
          for (const last of inner.ends) free[states[last] ?? 0]?.push(to);
          free[from]?.push(states[0] ?? 0);
          return to;
        }
      }
    };
    const start = state();
    return smallestGraph(arcs, free, start, add(start, expansion));
  }

  return ruleGraph(name);
}
