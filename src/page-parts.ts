// What an offline page is made of, read from the package: KaTeX, its style sheet and fonts, the page around the body.

import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PageParts } from './formats/format.ts';
import { typesetter } from './formats/typeset.ts';
import { templatesFolder } from './templates.ts';

/** Loads KaTeX and the files of a page. */
export async function pageParts(): Promise<PageParts> {
  const { default: katex } = await import('katex');
  const folder = katexFolder();
  const pages = join(templatesFolder(), 'pages');
  const read = (...path: string[]): string => readFileSync(join(...path), 'utf8');
  return {
    typeset: typesetter(katex),
    shell: read(pages, 'page.html'),
    css: read(pages, 'page.css'),
    script: read(pages, 'page.js'),
    katexCss: read(folder, 'katex.min.css'),
    font: (file) => readFileSync(join(folder, 'fonts', file)).toString('base64'),
    fontLicence: read(templatesFolder(), '..', 'licenses', 'OFL-1.1.txt'),
  };
}

/** The same for a page of notes, which may hold more than documents do. */
export async function notesParts(): Promise<PageParts> {
  const parts = await pageParts();
  const pages = join(templatesFolder(), 'pages');
  const more = ['chainrule.css', 'notes.css'].map((file) => readFileSync(join(pages, file), 'utf8'));
  return { ...parts, css: [parts.css, ...more].join('') };
}

/** KaTeX's style sheet and fonts: beside the bundle, else those of the installed package. */
function katexFolder(): string {
  const beside = join(dirname(fileURLToPath(import.meta.url)), 'katex');
  if (existsSync(beside)) return beside;
  return join(dirname(createRequire(import.meta.url).resolve('katex/package.json')), 'dist');
}
