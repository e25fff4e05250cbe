import type { ChartCoverage, LawCoverage } from './coverage.ts';
import { grouped } from './hits.ts';
import { html, type Markup } from './markup.ts';
import { storyList } from './story.ts';

/** The laws of a chart in words, with how often they were asked. */
export function lawsSection({ id, laws }: ChartCoverage): Markup {
  return html`<section class="laws" aria-labelledby="${id}-laws"><h3 id="${id}-laws">Laws</h3><ul>${laws.map(entry)}</ul></section>`;
}

function entry({ law, checked, broken, story, detail, notes = [] }: LawCoverage): Markup {
  const granted =
    notes.length === 0
      ? undefined
      : html`<details><summary>${notes.length} exceptions, each with its reason</summary><ul>${notes.map((note) => html`<li>${note}</li>`)}</ul></details>`;
  if (broken === 0)
    return html`<li class="well"><span>${law}</span><b>held ${grouped(checked)} times</b>${granted}</li>`;
  return html`<li class="wrong"><span>${law}</span><b>broken ${grouped(broken)} of ${grouped(checked)} times</b>${
    detail ? html`<p class="detail">${detail}</p>` : undefined
  }${story ? html`<details open><summary>The walk that shows it</summary>${storyList(story)}</details>` : undefined}${granted}</li>`;
}
