import type { Story } from './coverage.ts';
import { html, type Markup } from './markup.ts';

/** A walk as a list of what happens, when, and what the chart makes of it. */
export function storyList({ begins, moments }: Story): Markup {
  return html`<ol class="story"><li class="begins"><span class="at">0.0 s</span><span class="told">It begins</span>${states(begins)}</li>${moments.map(
    ({ atMs, event, told, enters }) =>
      html`<li><span class="at">${(atMs / 1000).toFixed(1)} s</span><span class="told" title="${event}">${told}</span>${states(enters)}</li>`,
  )}</ol>`;
}

const states = (names: readonly string[]): Markup | undefined =>
  names.length === 0 ? undefined : html`<span class="enters">${names.map((name) => html`<code>${name}</code>`)}</span>`;
