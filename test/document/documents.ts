// Documents for tests: the example networks of the package, derived and laid out as a reader would get them.

import { readdirSync, readFileSync } from 'node:fs';
import katex from 'katex';
import { parseAllDocuments } from 'yaml';
import type { DocumentText } from '../../src/document/blocks.ts';
import {
  type DocumentRequest,
  derivationDocument,
  documentDefaults,
} from '../../src/document/derivation-document.ts';
import type { TemplateName } from '../../src/document/purposes.ts';
import type { PageParts } from '../../src/formats/format.ts';
import { typesetter } from '../../src/formats/typeset.ts';
import { english } from '../../src/lang/en.ts';
import { loadFormulaParser } from '../../src/mathjs-formula.ts';
import { buildNetwork, readNetworkFile } from '../../src/model/network.ts';
import type { Network } from '../../src/model/spec.ts';
import { deriveTargets } from '../../src/results/derivation.ts';
import { notationRow, notations } from '../../src/tables/notations.ts';

const root = new URL('../../', import.meta.url);
const text = (path: string): string => readFileSync(new URL(path, root), 'utf8');
const parseFormula = await loadFormulaParser();

/** The templates of the package in a language. */
export const templateIn =
  (lang: string) =>
  (name: TemplateName): string =>
    text(`templates/documents/${name}.${lang}.eta`);

/** A template of the package, in English. */
export const template = templateIn('en');

/** The example networks, and the general one. */
export const exampleNames: readonly string[] = [
  'general',
  ...readdirSync(new URL('templates/networks', root)).map((f) => f.replace('.yaml', '')),
];

export const example = (name: string): Network =>
  name === 'general'
    ? buildNetwork({})
    : readNetworkFile(text(`templates/networks/${name}.yaml`), `${name}.yaml`, { parseFormula });

/** Networks with every activation and loss. */
export const layerNetworks = (): Network[] =>
  parseAllDocuments(text('test/fixtures/layers.yaml')).map((d) => buildNetwork(d.toJS(), { parseFormula }));

export type Options = Partial<Omit<DocumentRequest, 'network' | 'results' | 'notation'>> & {
  readonly notation?: string;
  readonly targets?: readonly string[];
};

/** A network's document. Lines are verified on one random network: other tests verify them on more. */
export function documentOf(network: Network, options: Options = {}): DocumentText {
  const { notation = 'nielsen', targets = [], ...rest } = options;
  const { results } = deriveTargets(network, { targets, verify: { count: 1 } });
  return derivationDocument({
    ...documentDefaults,
    network,
    results,
    template,
    title: network.title,
    language: english,
    ...rest,
    notation: notationRow(notation) ?? notations[0]!,
  });
}

export function page(): PageParts {
  const katexFile = (name: string): URL => new URL(`node_modules/katex/dist/${name}`, root);
  return {
    typeset: typesetter(katex),
    shell: text('templates/pages/page.html'),
    css: text('templates/pages/page.css'),
    script: text('templates/pages/page.js'),
    katexCss: readFileSync(katexFile('katex.min.css'), 'utf8'),
    font: (file) => readFileSync(katexFile(`fonts/${file}`)).toString('base64'),
    fontLicence: text('licenses/OFL-1.1.txt'),
  };
}

/** What a reader sees of a page: no tags, no scripts and styles, no LaTeX kept for copying. */
export const visible = (html: string): string =>
  html
    .replace(/<!--.*?-->/gs, '')
    .replace(/<(script|style|annotation)\b.*?<\/\1>/gs, '')
    .replace(/<[^>]*>/g, ' ');
