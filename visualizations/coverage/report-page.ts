import { asset } from './assets.ts';
import { type ChartCoverage, type Coverage, type Shortcoming, scoreOf, shortcomingsOf } from './coverage.ts';
import { grouped, HEATS } from './hits.ts';
import { lawsSection } from './laws-section.ts';
import { html, Markup } from './markup.ts';
import { anchorOf, paintChart } from './paint-chart.ts';
import { transitionsSection } from './transitions-section.ts';

/**
 * The run as one page for a browser: needs no network and no other file.
 *
 * @param drawings by id of the chart, the SVG that `toSvg` made of it
 */
export function reportPage(coverage: Coverage, drawings: ReadonlyMap<string, string>): string {
  const { charts } = coverage;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Callchart: path coverage</title>
<style>${asset('style.css')}${asset('heat.css')}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the charts</a>
${head(coverage)}
<main id="main">
${charts.map((chart) => chartSection(chart, drawings.get(chart.id) ?? ''))}
</main>
<script>${asset('script.js')}</script>
</body>
</html>
`.text;
}

function head(coverage: Coverage): Markup {
  const { charts, set, seed, startedAt, seconds } = coverage;
  const wrong = charts.flatMap((chart) => shortcomingsOf(chart).map((shortcoming) => ({ chart, shortcoming })));
  const scores = charts.map(scoreOf);
  const [reached, total] = [sum(scores.map((score) => score.reached)), sum(scores.map((score) => score.total))];
  return html`<header>
<p class="brand">Callchart <span>path coverage</span></p>
<h1 class="${wrong.length === 0 ? 'well' : 'wrong'}">${
    wrong.length === 0
      ? html`All ${grouped(total)} goals reached, all laws kept`
      : html`${grouped(reached)} of ${grouped(total)} goals reached, ${wrong.length} ${wrong.length === 1 ? 'thing' : 'things'} to look at`
  }</h1>
<p class="facts">${set === 'thorough' ? 'Thorough set: every event in every state' : 'Smoke set: every transition, both outcomes of every guard'}${
    seed === 0 ? '' : `, seed ${seed}`
  } · ${seconds.toFixed(1)} s · <time datetime="${startedAt}">${startedAt.slice(0, 16).replace('T', ' ')} UTC</time></p>
<p class="lead">These walks are made from the charts that run the calls, and taken with the same code on a virtual clock. A goal is
a transition that is taken, or a guard that says no. Open an entry to read the shortest way to it.</p>
${wrong.length === 0 ? undefined : missing(wrong)}
<nav aria-label="Charts"><ul class="totals">${charts.map(totalOf)}</ul></nav>
</header>`;
}

function missing(wrong: readonly { readonly chart: ChartCoverage; readonly shortcoming: Shortcoming }[]): Markup {
  return html`<section class="missing" aria-label="What is missing"><h2>To look at</h2><ul>${wrong.map(
    ({ chart, shortcoming: { line, transition } }) => {
      const anchor = transition === undefined ? `${chart.id}-laws` : anchorOf(chart, transition);
      return html`<li>${chart.id}: <a href="#${anchor}">${line}</a></li>`;
    },
  )}</ul></section>`;
}

function totalOf(chart: ChartCoverage): Markup {
  const { reached, total } = scoreOf(chart);
  const { views, laws } = chart;
  const broken = laws.filter((law) => law.broken > 0).length;
  const well = reached === total && broken === 0;
  return html`<li class="${well ? 'well' : 'wrong'}"><a href="#${chart.id}">
<strong>${chart.id}</strong>
<span class="score">${grouped(reached)}<small> / ${grouped(total)} goals</small></span>
<span class="bar" aria-hidden="true"><i style="width:${((100 * reached) / Math.max(1, total)).toFixed(1)}%"></i></span>
<span class="small">${grouped(sum(views.map(({ walks }) => walks)))} walks, ${grouped(sum(views.map(({ steps }) => steps)))} steps</span>
<span class="small">${laws.length} laws${broken === 0 ? ' kept' : `, ${broken} broken`} · ${chart.seconds.toFixed(1)} s</span>
</a></li>`;
}

function chartSection(chart: ChartCoverage, drawing: string): Markup {
  const { id, views } = chart;
  return html`<section class="chart" id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${id}</h2>
<div class="views"><table><caption>Seen in ${views.length} ${views.length === 1 ? 'view' : 'views'}</caption>
<thead><tr><th scope="col">view</th><th scope="col">states</th><th scope="col">events tried</th><th scope="col">walks</th><th scope="col">steps</th></tr></thead>
<tbody>${views.map(
    ({ name, states, edges, walks, steps }) =>
      html`<tr><th scope="row">${name}</th><td>${grouped(states)}</td><td>${grouped(edges)}</td><td>${grouped(walks)}</td><td>${grouped(steps)}</td></tr>`,
  )}</tbody></table></div>
<figure class="drawing">
<figcaption><ul class="legend" aria-label="How often a transition was taken">${HEATS.map(
    ({ heat, meaning }) => html`<li><i class="swatch heat${heat}"></i>${meaning}</li>`,
  )}</ul><span class="tools"><button type="button" data-zoom="fit">Fit</button><button type="button" data-zoom="out" aria-label="Smaller">−</button><button type="button" data-zoom="in" aria-label="Larger">+</button></span></figcaption>
<div class="canvas" tabindex="0" role="region" aria-label="Drawing of ${id}; each transition is a link to its entry">${new Markup(paintChart(drawing, chart))}</div>
</figure>
${lawsSection(chart)}
${transitionsSection(chart)}
</section>`;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
