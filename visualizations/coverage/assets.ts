import { readFileSync } from 'node:fs';
import { Markup } from './markup.ts';

/** A file that becomes part of the report, as it is. */
export const asset = (name: 'style.css' | 'heat.css' | 'script.js'): Markup =>
  new Markup(readFileSync(new URL(`./page/${name}`, import.meta.url), 'utf8'));
