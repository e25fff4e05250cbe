import type { AnyStateMachine } from 'xstate';
import type { Edge, Graph } from './explore.ts';

const NONE: ReadonlySet<never> = new Set();

/** The goals of a graph that are still to be reached, and the edges that lead to them. */
export class OpenGoals<M extends AnyStateMachine> {
  readonly #edgesTo = new Map<unknown, Edge<M>[]>();
  readonly #goalsLeft = new Map<Edge<M>, number>();
  readonly #openAt = new Map<string, Set<Edge<M>>>();
  #leadingOn = 0;

  /** @param goalsOf the goals that one edge reaches */
  constructor({ nodes }: Graph<M>, goalsOf: (edge: Edge<M>) => Iterable<unknown>) {
    for (const [key, { edges }] of nodes) {
      const open = new Set<Edge<M>>();
      this.#openAt.set(key, open);
      for (const edge of edges) {
        const goals = new Set(goalsOf(edge));
        if (goals.size === 0) continue;
        open.add(edge);
        if (!edge.ends) this.#leadingOn++;
        this.#goalsLeft.set(edge, goals.size);
        for (const goal of goals) {
          const others = this.#edgesTo.get(goal);
          if (others) others.push(edge);
          else this.#edgesTo.set(goal, [edge]);
        }
      }
    }
  }

  /** How many goals are left. */
  get size(): number {
    return this.#edgesTo.size;
  }

  /** How many open edges do not end the machine. */
  get leadingOn(): number {
    return this.#leadingOn;
  }

  /** The edges from one state that lead to a goal nobody has reached yet. */
  at(key: string): ReadonlySet<Edge<M>> {
    return this.#openAt.get(key) ?? NONE;
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
    if (this.#openAt.get(edge.from)?.delete(edge) && !edge.ends) this.#leadingOn--;
  }

  /** Opens edges again that were set aside, if they still lead to a goal. */
  takeBack(edges: readonly Edge<M>[]): void {
    for (const edge of edges.filter((one) => this.leadsOn(one))) {
      this.#openAt.get(edge.from)?.add(edge);
      if (!edge.ends) this.#leadingOn++;
    }
  }
}
