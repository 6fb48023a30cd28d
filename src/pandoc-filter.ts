#!/usr/bin/env node
// The filter for pandoc and Quarto: `pandoc --filter chainrule-pandoc notes.md`. A document's tree comes in and goes out as JSON.

import { argv, exit, stderr, stdout } from 'node:process';
import type { ParseFormula } from './model/spec.ts';
import { type Filtered, filterPandoc, type PandocDocument } from './notes/hosts/pandoc.ts';
import { notesResolver } from './notes-place.ts';
import { readStandardInput } from './standard-input.ts';

/** The largest document that is read, in bytes. */
const LARGEST = 256_000_000;

/** The document of a JSON text; null where it is none. */
function documentOf(text: string): PandocDocument | null {
  const read: unknown = parsed(text);
  const isDocument =
    isMap(read) &&
    Array.isArray(Reflect.get(read, 'blocks')) &&
    Array.isArray(Reflect.get(read, 'pandoc-api-version')) &&
    isMap(Reflect.get(read, 'meta'));
  return isDocument ? (read as PandocDocument) : null;
}

const isMap = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** The reader of formulas that people type is loaded where one is met, and the document gone through again. */
async function filtered(document: PandocDocument, format: string): Promise<Filtered> {
  const met: string[] = [];
  const meet: ParseFormula = (text) => {
    met.push(text);
    return { message: 'is read once its reader is there', column: 1 };
  };
  const places = notesResolver({});
  const first = filterPandoc(document, format, { ...places, parseFormula: meet });
  if (met.length === 0) return first;
  const { loadFormulaParser } = await import('./mathjs-formula.ts');
  return filterPandoc(document, format, { ...places, parseFormula: await loadFormulaParser() });
}

/** The text of the filtered document; the text that came in where it is nested too deeply to be gone through. */
async function filteredText(text: string, document: PandocDocument): Promise<string> {
  try {
    const { document: made, complaints } = await filtered(document, argv[2] ?? '');
    for (const sentence of complaints) stderr.write(`${sentence}\n`);
    return JSON.stringify(made);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    stderr.write('chainrule: this document is nested too deeply, and is left as it is\n');
    return text;
  }
}

const text = readStandardInput(LARGEST).toString('utf8');
const document = documentOf(text);
if (document === null) {
  stderr.write('chainrule: this is no document of pandoc; use it as pandoc --filter chainrule-pandoc\n');
  exit(2);
}
stdout.write(await filteredText(text, document));
