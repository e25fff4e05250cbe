import elkjs from 'elkjs/lib/elk.bundled.js';
import type { ELK, ElkExtendedEdge, ElkNode } from 'elkjs/lib/elk-api.js';
import { type Arrow, type ArrowLabel, LABEL, type Point, type Size } from './box.ts';
import type { Chart, ChartTransition } from './describe-chart.ts';
import { textWidth } from './text-width.ts';

/** The bundle is CommonJS: its default export is the class, whatever its types say. */
const Elk = elkjs as unknown as new () => ELK;

const OPTIONS = {
  'elk.algorithm': 'layered',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.edgeLabels.placement': 'CENTER',
  'elk.spacing.edgeLabel': '3',
  'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
  'elk.layered.cycleBreaking.strategy': 'MODEL_ORDER',
  'elk.spacing.nodeNode': '26',
  'elk.layered.spacing.nodeNodeBetweenLayers': '22',
  'elk.layered.spacing.edgeNodeBetweenLayers': '12',
  'elk.spacing.edgeNode': '12',
  'elk.spacing.edgeEdge': '7',
  'elk.layered.spacing.edgeEdgeBetweenLayers': '7',
  'elk.padding': '[top=0,left=0,bottom=0,right=0]',
};

/** Where the states inside a compound state lie, and the arrows between them. */
export interface Arrangement extends Size {
  /** In the order in which the states were given. */
  readonly places: readonly Point[];
  readonly arrows: readonly Arrow[];
}

/** The state with this id, as large as its inside needs. */
export interface Tile extends Size {
  readonly id: string;
}

export type Arrange = (tiles: readonly Tile[], direction: 'DOWN' | 'RIGHT') => Promise<Arrangement>;

/**
 * Makes the function that arranges states side by side with ELK's layered algorithm. It remembers what it did: trying
 * other sizes for one state brings up the same inside of another again and again.
 *
 * @param labelled whether arrows have words on them
 */
export function arranger(chart: Chart, labelled: boolean): Arrange {
  const elk = new Elk();
  const done = new Map<string, Promise<Arrangement>>();
  return (tiles, direction) => {
    const key = JSON.stringify([direction, tiles]);
    const arrangement = done.get(key) ?? arrange(elk, chart, labelled, tiles, direction);
    done.set(key, arrangement);
    return arrangement;
  };
}

async function arrange(
  elk: ELK,
  chart: Chart,
  labelled: boolean,
  tiles: readonly Tile[],
  direction: 'DOWN' | 'RIGHT',
): Promise<Arrangement> {
  const pairs = siblingPairs(
    tiles.map(({ id }) => id),
    chart.transitions,
  );
  const result: ElkNode = await elk.layout({
    id: 'inside',
    layoutOptions: { ...OPTIONS, 'elk.direction': direction },
    children: tiles.map(({ id, width, height }) => ({ id, width, height })),
    edges: [...pairs].map(([id, { from, to, transitions }]) => ({
      id,
      sources: [from],
      targets: [to],
      labels: labelled ? [labelOf(transitions)] : [],
    })),
  });
  const places = new Map(result.children?.map(({ id, x = 0, y = 0 }) => [id, { x: Math.round(x), y: Math.round(y) }]));
  return {
    places: tiles.map(({ id }) => places.get(id) ?? { x: 0, y: 0 }),
    arrows: (result.edges ?? []).flatMap((edge) => {
      const pair = pairs.get(edge.id);
      return pair ? [{ ...pair, label: placedLabel(edge), points: pointsOf(edge) }] : [];
    }),
    width: Math.ceil(result.width ?? 0),
    height: Math.ceil(result.height ?? 0),
  };
}

/** The transitions that lead from one of these states (or its inside) to another, by pair of states. */
function siblingPairs(siblings: readonly string[], transitions: readonly ChartTransition[]) {
  const pairs = new Map<string, { from: string; to: string; transitions: ChartTransition[] }>();
  const holderOf = (id: string) => siblings.find((sibling) => id === sibling || id.startsWith(`${sibling}.`));
  for (const transition of transitions) {
    const [from, to] = [holderOf(transition.from), transition.to[0] && holderOf(transition.to[0])];
    if (!from || !to || from === to) continue;
    const pair = pairs.get(`${from} ${to}`) ?? { from, to, transitions: [] };
    pairs.set(`${from} ${to}`, { ...pair, transitions: [...pair.transitions, transition] });
  }
  return pairs;
}

/** The triggers of an arrow. Failures of children are left out where anything else leads the same way. */
function labelOf(transitions: readonly ChartTransition[]): Size & { readonly text: string } {
  const triggers = [...new Set(transitions.map(({ trigger }) => trigger))];
  const main = triggers.filter((trigger) => !trigger.startsWith('error '));
  const all = main.length > 0 ? main : triggers;
  const rest = all.length - LABEL.lines + 1;
  const lines = rest > 1 ? [...all.slice(0, LABEL.lines - 1), `and ${rest} more`] : all;
  return {
    text: lines.join('\n'),
    width: Math.max(...lines.map((line) => textWidth(line, LABEL.text))) + 8,
    height: lines.length * LABEL.lineHeight,
  };
}

function placedLabel({ labels: [label] = [] }: ElkExtendedEdge): ArrowLabel | undefined {
  if (!label?.text) return undefined;
  const { x = 0, y = 0, width = 0, text } = label;
  return { ...rounded({ x, y }), width: Math.round(width), lines: text.split('\n') };
}

const pointsOf = ({ sections: [section] = [] }: ElkExtendedEdge): readonly Point[] =>
  section ? [section.startPoint, ...(section.bendPoints ?? []), section.endPoint].map(rounded) : [];

const rounded = ({ x, y }: Point): Point => ({ x: Math.round(x * 2) / 2, y: Math.round(y * 2) / 2 });
