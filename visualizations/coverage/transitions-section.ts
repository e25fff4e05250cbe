import type { ChartCoverage, Tally, TransitionCoverage } from './coverage.ts';
import { grouped, heatOf } from './hits.ts';
import { html, type Markup } from './markup.ts';
import { anchorOf } from './paint-chart.ts';
import { storyList } from './story.ts';

/** Every transition of a chart by the state that it leaves, with the shortest ways to take it and to refuse it. */
export function transitionsSection(chart: ChartCoverage): Markup {
  const places = chart.transitions.map((transition, index) => ({ transition, anchor: anchorOf(chart, index) }));
  const states = chart.states
    .map(({ id, visits }) => ({ id, visits, own: places.filter(({ transition }) => transition.from === id) }))
    .filter(({ own }) => own.length > 0);
  return html`<section class="transitions" aria-labelledby="${chart.id}-transitions">
<h3 id="${chart.id}-transitions">Transitions</h3>
<p class="find"><label>Find <input type="search" data-find placeholder="state, event or guard" autocomplete="off"></label><label><input type="checkbox" data-missed> only what is missing</label></p>
${states.map(
  ({
    id,
    visits,
    own,
  }) => html`<section class="state"><h4>${shortened(id, chart.id)} <small>active after ${grouped(visits)} steps</small></h4>
${own.map(({ transition, anchor }) => entry(transition, anchor, chart.id))}</section>
`,
)}</section>`;
}

function entry(transition: TransitionCoverage, anchor: string, chart: string): Markup {
  const { trigger, guard, otherwise, to, actions, reenter, taken, refused } = transition;
  const missed = taken.count === 0 || refused?.count === 0;
  return html`<details class="entry${missed ? ' missed' : ''}" id="${anchor}"><summary>
<span class="what"><b>${trigger}</b>${guard ? html` <em>${guard}</em>` : otherwise ? html` <em>otherwise</em>` : undefined}</span>
<span class="to">${to.length === 0 ? 'stays' : html`→ ${to.map((id) => shortened(id, chart)).join(' + ')}${reenter ? ' (anew)' : ''}`}</span>
<span class="counts"><span class="count heat${heatOf(taken.count)}" title="taken"><i>taken</i> ${grouped(taken.count)}</span>${
    refused
      ? html`<span class="count heat${heatOf(refused.count)}" title="refused"><i>refused</i> ${grouped(refused.count)}</span>`
      : undefined
  }</span></summary>
<div class="ways">${actions.length > 0 ? html`<p class="actions">On the way: ${actions.join(', ')}</p>` : undefined}
${way('Shortest way to take it', taken, 'No walk takes it: nothing that may happen leads here.')}
${refused ? way('Shortest way to where it is refused', refused, 'Its guard never says no: it could as well be left out.') : undefined}</div></details>
`;
}

const way = (title: string, { shortest }: Tally, none: string): Markup =>
  html`<div><h5>${title}</h5>${shortest ? storyList(shortest) : html`<p class="none">${none}</p>`}</div>`;

const shortened = (id: string, chart: string): string =>
  id === chart ? chart : id.slice(chart.length + 1).replace(/^active\.(?=.)/, '');
