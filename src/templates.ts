// The templates that come with the package, found on disk: for doors only, the core takes texts.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TemplateName } from './document/purposes.ts';

/** The folder `templates` beside the package's own package.json: one up from src or dist, whatever the bundle's depth. */
export function templatesFolder(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const here = join(folder, 'templates');
    if (existsSync(join(folder, 'package.json')) && existsSync(here)) return here;
    if (folder === dirname(folder))
      throw new Error('the package is incomplete: its folder "templates" is missing');
  }
}

export interface Template {
  readonly name: string;
  /** How the file is called in messages. */
  readonly fileName: string;
  readonly text: string;
}

const PLAIN_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

/** An example network of the package by its name, such as `2-3-2`; null when there is none. Never looks outside its folder. */
export function findTemplate(name: string): Template | null {
  if (!PLAIN_NAME.test(name)) return null;
  const fileName = `${name}.yaml`;
  const path = join(templatesFolder(), 'networks', fileName);
  return existsSync(path) ? { name, fileName, text: readFileSync(path, 'utf8') } : null;
}

/** The names of the example networks, in alphabetical order. */
export function templateNames(): string[] {
  return readdirSync(join(templatesFolder(), 'networks'))
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => file.slice(0, -'.yaml'.length))
    .sort();
}

/** A document template of the package in a language, eta over Markdown. */
export const documentTemplate = (name: TemplateName, lang: string): string =>
  readFileSync(join(templatesFolder(), 'documents', `${name}.${lang}.eta`), 'utf8');

/** The commented network file that `chainrule init` writes: of layers, or of equations. */
export function initTemplate(kind: 'layers' | 'equations'): string {
  const file = kind === 'layers' ? 'init.yaml' : 'init-equations.yaml';
  return readFileSync(join(templatesFolder(), file), 'utf8');
}
