interface Palette {
  readonly page: string;
  readonly region: string;
  readonly card: string;
  readonly line: string;
  readonly text: string;
  readonly muted: string;
  readonly link: string;
  readonly chip: string;
  readonly chipText: string;
  readonly arrow: string;
}

const LIGHT: Palette = {
  page: '#ffffff',
  region: '#f6f8fa',
  card: '#ffffff',
  line: '#c3ccd6',
  text: '#1f2328',
  muted: '#59636e',
  link: '#0757ba',
  chip: '#e4f0fd',
  chipText: '#0a4a94',
  arrow: '#8593a3',
};

const DARK: Palette = {
  page: '#0d1117',
  region: '#131a23',
  card: '#1b232e',
  line: '#3b4654',
  text: '#eef2f6',
  muted: '#a3afbd',
  link: '#79b8ff',
  chip: '#17324f',
  chipText: '#a8d1ff',
  arrow: '#738396',
};

const rules = (p: Palette): string =>
  [
    `.page{fill:${p.page}}`,
    `.box{fill:${p.card};stroke:${p.line}}`,
    `.holder{fill:${p.region}}`,
    `.rule{stroke:${p.line}}`,
    `.name{fill:${p.text}}`,
    `.trigger,.note,.label{fill:${p.muted}}`,
    `.target{fill:${p.link}}`,
    `.chip{fill:${p.chip}}`,
    `.child{fill:${p.chipText}}`,
    `.arrow{stroke:${p.arrow}}`,
    `.head,.begin{fill:${p.arrow}}`,
  ]
    .map((rule) => `.callchart ${rule.replaceAll(',', ',.callchart ')}`)
    .join('');

/** The style sheet of a picture: light by default, dark where the viewer prefers it. The page has its own background. */
export const STYLE = [
  '.callchart text{font-family:"Helvetica Neue",Helvetica,Arial,"Liberation Sans",sans-serif;font-size:12px}',
  '.callchart .name{font-size:14px;font-weight:600}',
  '.callchart .child{font-size:11px;font-weight:500}',
  '.callchart .label{font-size:11px;text-anchor:middle}',
  '.callchart .region{stroke-dasharray:5 4}',
  '.callchart .arrow{fill:none;stroke-width:1.4}',
  rules(LIGHT),
  `@media (prefers-color-scheme:dark){${rules(DARK)}}`,
].join('\n');
