import type { Chart, ChartState, ChartTransition } from './describe-chart.ts';

/**
 * A chart as a Mermaid `stateDiagram-v2`.
 *
 * Labels hold the trigger and the guard; actions are left to the graph text. Transitions that stay are notes of what a
 * state listens to, not arrows, so they are left out as well.
 */
export function toMermaid({ states, transitions }: Chart): string {
  const childrenOf = (parent: string): ChartState[] => states.filter((state) => state.parent === parent);
  const draw = (state: ChartState, pad: string): string[] => {
    const opening = `${pad}state "${title(state)}" as ${name(state.id)}`;
    const children = childrenOf(state.id);
    if (children.length === 0) return [opening, ...(state.kind === 'final' ? [`${pad}${name(state.id)} --> [*]`] : [])];
    return [
      `${opening} {`,
      ...(state.initial ? [`${pad}  [*] --> ${name(state.initial)}`] : []),
      ...children.flatMap((child, index) => [
        ...(index > 0 && state.kind === 'parallel' ? [`${pad}  --`] : []),
        ...draw(child, `${pad}  `),
      ]),
      `${pad}}`,
    ];
  };
  const [root, ...others] = states;
  if (!root) throw new Error('a chart has at least its root state');
  return [
    'stateDiagram-v2',
    ...(root.initial ? [`  [*] --> ${name(root.initial)}`] : []),
    ...others.filter(({ parent }) => parent === root.id).flatMap((state) => draw(state, '  ')),
    ...transitions.flatMap((transition) => arrows(transition, root.id)),
    '',
  ].join('\n');
}

/** Mermaid identifiers are words. */
const name = (id: string): string => id.replace(/\W/g, '_');

const title = ({ key, invokes }: ChartState): string =>
  plain(invokes.length ? `${key} ⚙ ${invokes.map(({ id }) => id).join(', ')}` : key);

const arrows = ({ from, to, trigger, guard, otherwise }: ChartTransition, root: string): string[] =>
  // The root is the diagram itself: Mermaid can not draw an arrow from it.
  from === root
    ? []
    : to.map((target) => {
        const label = plain(`${trigger}${guard ? ` [${guard}]` : otherwise ? ' [otherwise]' : ''}`);
        return `  ${name(from)} --> ${name(target)} : ${label}`;
      });

/** Colons, semicolons, quotes and hashes mean something in Mermaid. */
const plain = (text: string): string => text.replaceAll('#', '').replaceAll('"', "'").replaceAll(/[:;]/g, ',');
