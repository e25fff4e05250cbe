import type { Chart } from './describe-chart.ts';

/**
 * The chart for a page: states with this tag are drawn as one box, whatever is inside. A transition that leaves such a state
 * from within begins at its box; one that stays within is left out.
 */
export function condense(chart: Chart, tag: string): Chart {
  const closed = chart.states.filter(({ tags }) => tags.includes(tag)).map(({ id }) => id);
  const boxOf = (id: string): string => closed.find((box) => id.startsWith(`${box}.`)) ?? id;
  return {
    ...chart,
    states: chart.states
      .filter(({ id }) => boxOf(id) === id)
      .map((state) => (closed.includes(state.id) ? { ...state, kind: 'atomic', initial: undefined } : state)),
    transitions: chart.transitions
      .map((transition) => ({ ...transition, from: boxOf(transition.from), to: transition.to.map(boxOf) }))
      .filter(({ from, to, id }) => !(closed.includes(from) && to[0] === from && !id.startsWith(`${from} `))),
  };
}
