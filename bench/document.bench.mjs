// D1, D2: the HTML document against bare markdown-it and KaTeX on the same text.

import { bundled, inTurns, processOf, ratio, report } from './measure.mjs';

const BARE = `
import katex from 'katex';
import MarkdownIt from 'markdown-it';
const FORMULA = /\\$\\$([\\s\\S]*?)\\$\\$|\\$\`([^\`]*)\`\\$|\\$([^$\\n]+)\\$/g;
export function bare(text) {
  const held = [];
  const words = text.replace(FORMULA, (_, block, tick, inline) => {
    held.push(katex.renderToString(block ?? tick ?? inline, { displayMode: block !== undefined, throwOnError: true }));
    return '@@' + (held.length - 1) + '@@';
  });
  return new MarkdownIt({ html: true }).render(words).replace(/@@(\\d+)@@/g, (_, i) => held[Number(i)]);
}
`;

const OURS = `
import { readFileSync } from 'node:fs';
import katex from 'katex';
import { derivationDocument, documentDefaults } from './src/document/derivation-document.ts';
import { deriveTargets } from './src/results/derivation.ts';
import { html } from './src/formats/html.ts';
import { markdown } from './src/formats/markdown.ts';
import { typesetter } from './src/formats/typeset.ts';
import { languages } from './src/lang/languages.ts';
import { readNetworkFile } from './src/model/network.ts';
import { notations } from './src/tables/notations.ts';
const read = (path) => readFileSync(path, 'utf8');
const network = readNetworkFile(read('templates/networks/2-3-2.yaml'), '2-3-2.yaml');
const request = {
  ...deriveTargets(network), ...documentDefaults, language: languages[0], notation: notations[0],
  template: (name) => read('templates/documents/' + name + '.en.eta'), title: network.title, finer: false,
};
const document = derivationDocument(request);
export const text = markdown.render(document, { target: 'pandoc' });
const files = {
  shell: read('templates/pages/page.html'), css: read('templates/pages/page.css'), script: read('templates/pages/page.js'),
  katexCss: read('node_modules/katex/dist/katex.min.css'), font: () => '', fontLicence: '',
};
export const fresh = () => html.render(document, { page: { ...files, typeset: typesetter(katex) } });
const kept = typesetter(katex);
export const again = () => html.render(document, { page: { ...files, typeset: kept } });
`;

await bundled(`${BARE}${OURS}`, async (url) => {
  const { bare, text, fresh, again } = await import(url);
  const formulas = (page) => page.match(/class="katex"/g)?.length ?? 0;
  if (formulas(bare(text)) < 40 || formulas(fresh()) < 40) throw new Error('the pages hold too few formulas');
  for (let i = 0; i < 10; i++) [bare(text), fresh(), again()];
  const times = await inTurns({ bare: () => bare(text), fresh, again }, 25);
  report(
    'D1',
    'the HTML document, warm, against bare markdown-it and KaTeX',
    ratio(times.fresh, times.bare),
    'x',
    1.1,
  );
  report('D1', 'the same with its formulas typeset before', ratio(times.again, times.bare), 'x', 0.75);
});

await bundled(
  `${BARE}import { readFileSync } from 'node:fs'; bare(readFileSync(process.argv[2], 'utf8'));`,
  async (_, file) => {
    processOf('dist/cli.js', 'derive', '2-3-2', '--for', 'pandoc', '-o', `${file}.md`);
    const times = await inTurns(
      {
        bare: () => processOf(file, `${file}.md`),
        ours: () => processOf('dist/cli.js', 'derive', '2-3-2', '--format', 'html'),
      },
      11,
    );
    report(
      'D2',
      'the HTML document from a cold process, against the bare script',
      ratio(times.ours, times.bare),
      'x',
      1.25,
    );
  },
);
