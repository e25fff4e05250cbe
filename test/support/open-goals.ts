import type { AnyStateMachine } from 'xstate';
import type { Edge, Graph } from './explore.ts';

/** The open edges from one state, by what they do to a walk. */
interface OpenEdges<M extends AnyStateMachine> {
  readonly staying: Set<Edge<M>>;
  readonly leading: Set<Edge<M>>;
  readonly ending: Set<Edge<M>>;
}

/** The goals of a graph that are still to be reached, and the edges that lead to them. */
export class OpenGoals<M extends AnyStateMachine> {
  readonly #edgesTo = new Map<unknown, Edge<M>[]>();
  readonly #goalsLeft = new Map<Edge<M>, number>();
  readonly #openAt = new Map<string, OpenEdges<M>>();
  /** How many open edges lead on. */
  #leading = 0;

  /** @param goalsOf the goals that one edge reaches */
  constructor({ nodes }: Graph<M>, goalsOf: (edge: Edge<M>) => Iterable<unknown>) {
    for (const [key, { edges }] of nodes) {
      this.#openAt.set(key, { staying: new Set(), leading: new Set(), ending: new Set() });
      for (const edge of edges) {
        const goals = new Set(goalsOf(edge));
        if (goals.size === 0) continue;
        this.#goalsLeft.set(edge, goals.size);
        for (const goal of goals) {
          const others = this.#edgesTo.get(goal);
          if (others) others.push(edge);
          else this.#edgesTo.set(goal, [edge]);
        }
        this.#open(edge);
      }
    }
  }

  /** How many goals are left. */
  get size(): number {
    return this.#edgesTo.size;
  }

  /** Whether anything is left that neither stays where it is nor ends the machine. */
  get leadSomewhere(): boolean {
    return this.#leading > 0;
  }

  /** An open edge from a state that stays in it; undefined when there is none. */
  staying(key: string): Edge<M> | undefined {
    return first(this.#openAt.get(key)?.staying);
  }

  /** An open edge from a state to another one. */
  leading(key: string): Edge<M> | undefined {
    return first(this.#openAt.get(key)?.leading);
  }

  /** An open edge from a state that ends the machine. */
  ending(key: string): Edge<M> | undefined {
    return first(this.#openAt.get(key)?.ending);
  }

  /** Closes a goal: edges that lead to no other are no longer open. */
  reach(goal: unknown): void {
    for (const edge of this.#edgesTo.get(goal) ?? []) {
      const left = (this.#goalsLeft.get(edge) ?? 0) - 1;
      this.#goalsLeft.set(edge, left);
      if (left === 0) this.setAside(edge);
    }
    this.#edgesTo.delete(goal);
  }

  /** Whether an edge still leads to a goal. */
  leadsOn(edge: Edge<M>): boolean {
    return (this.#goalsLeft.get(edge) ?? 0) > 0;
  }

  /** Takes an edge out of what is open; its goals stay. */
  setAside(edge: Edge<M>): void {
    const kind = kindOf(edge);
    if (this.#openAt.get(edge.from)?.[kind].delete(edge) && kind === 'leading') this.#leading--;
  }

  /** Opens edges again that were set aside, if they still lead to a goal. */
  takeBack(edges: readonly Edge<M>[]): void {
    for (const edge of edges) if (this.leadsOn(edge)) this.#open(edge);
  }

  #open(edge: Edge<M>): void {
    const kind = kindOf(edge);
    this.#openAt.get(edge.from)?.[kind].add(edge);
    if (kind === 'leading') this.#leading++;
  }
}

const kindOf = ({ ends, from, to }: Edge<AnyStateMachine>): keyof OpenEdges<AnyStateMachine> =>
  ends ? 'ending' : to === from ? 'staying' : 'leading';

const first = <T>(set: ReadonlySet<T> | undefined): T | undefined => set?.values().next().value;
