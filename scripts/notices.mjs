// Writes THIRD-PARTY-NOTICES: the licence of every package that dist/ may hold a part of, and of KaTeX's fonts.
//
//   node scripts/notices.mjs

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (...path) => readFileSync(join(root, ...path), 'utf8').replaceAll('\r\n', '\n');

const intro = `Third-party notices

chainrule is under the MIT licence, which is in LICENSE. Its published files also hold parts of the packages below, each
under its own licence, and the fonts of KaTeX. Documents that chainrule writes belong to their authors; an HTML page with
KaTeX's fonts inside carries the fonts' notice.`;

/** The whole text of THIRD-PARTY-NOTICES. */
export function notices() {
  return `${[intro, ...bundledPackages().map(packageNotice), fontNotice()].join(`\n\n${'='.repeat(80)}\n\n`)}\n`;
}

/** Folders of the packages that are installed for users: the dependencies and what they depend on, by name. */
function bundledPackages() {
  const { packages } = JSON.parse(read('package-lock.json'));
  return Object.keys(packages)
    .filter((folder) => folder !== '' && !packages[folder].dev)
    .sort();
}

function packageNotice(folder) {
  const { name, version, license, homepage } = JSON.parse(read(folder, 'package.json'));
  const head = [`${name} ${version}`, `Licence: ${license}`, ...(homepage ? [homepage] : [])].join('\n');
  return [head, ...licenceTexts(folder)].join('\n\n');
}

/** The licence and notice files; else the end of the README; else what package.json says, with the common text. */
function licenceTexts(folder) {
  const files = readdirSync(join(root, folder));
  const named = files.filter((file) => /^(licen[cs]e|notice|copying)/i.test(file)).sort();
  if (named.length > 0) return named.map((file) => read(folder, file).trim());
  const readme = files.find((file) => /^readme/i.test(file));
  const section = readme && /\nLICENSE \(MIT\)\n-+\n([\s\S]*)$/.exec(read(folder, readme))?.[1];
  if (section) return [section.trim()];
  const { author, license } = JSON.parse(read(folder, 'package.json'));
  if (license !== 'MIT') throw new Error(`${folder}: no licence text found for ${license}`);
  const writer = typeof author === 'string' ? author : author.name;
  return [
    `Author: ${writer}`,
    read('LICENSE')
      .replace(/^[\s\S]*?(?=Permission is hereby)/, '')
      .trim(),
  ];
}

function fontNotice() {
  const fonts = readdirSync(join(root, 'node_modules/katex/dist/fonts'));
  const families = [...new Set(fonts.map((file) => file.replace(/-.*/, '')))].sort();
  return `KaTeX fonts (dist/katex/fonts)
Licence: OFL-1.1

Copyright (c) 2009-2010, Design Science, Inc. (<www.mathjax.org>)
Copyright (c) 2014-2018 Khan Academy (<www.khanacademy.org>),
with Reserved Font Names ${families.join(', ')}.

This Font Software is licensed under the SIL Open Font License, Version 1.1.
This license is copied below, and is also available with a FAQ at: https://openfontlicense.org

${read('licenses/OFL-1.1.txt').trim()}`;
}

if (argv[1] === fileURLToPath(import.meta.url)) writeFileSync(join(root, 'THIRD-PARTY-NOTICES'), notices());
