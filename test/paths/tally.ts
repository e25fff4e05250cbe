import type { AnyStateMachine } from 'xstate';
import { stateId } from '../../statechart/names.ts';
import type { Tour } from '../support/covering-walks.ts';
import { remembered } from '../support/remembered.ts';
import type { TimedState } from '../support/timed-model.ts';

/** Counts how often walks reach each goal, and how often they are in each state. */
export class Tally {
  readonly #goals = new Map<string, number>();
  readonly #states = new Map<string, number>();

  count({ first, edges }: Tour<AnyStateMachine>): void {
    this.#step(first.state, first.goals);
    for (const { state, goals } of edges) this.#step(state, goals);
  }

  /** How often a transition was taken, or a guard said no. */
  goal(name: string): number {
    return this.#goals.get(name) ?? 0;
  }

  /** By id, after how many steps a state was active. */
  get visits(): ReadonlyMap<string, number> {
    return this.#states;
  }

  #step({ snapshot: { _nodes } }: TimedState<AnyStateMachine>, goals: Iterable<string>): void {
    for (const goal of goals) this.#goals.set(goal, this.goal(goal) + 1);
    for (const node of _nodes) this.#states.set(idOf(node), (this.#states.get(idOf(node)) ?? 0) + 1);
  }
}

const idOf = remembered(stateId);
