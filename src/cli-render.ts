// `chainrule render`: notes in Markdown -> one page to be read offline, in a file or on standard output.

import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { EXIT } from './cli-errors.ts';
import type { Paper } from './document/blocks.ts';
import { UserError } from './expr/error.ts';
import { checkOutput, readInput, writeOutput } from './files.ts';
import type { LanguageCode } from './lang/codes.ts';
import type { ParseFormula } from './model/spec.ts';
import { at } from './notes/written.ts';
import { fileResolver } from './notes-files.ts';
import { type NotesPage, notesPage } from './notes-page.ts';
import { notesParts } from './page-parts.ts';
import { documentTemplate } from './templates.ts';

export interface RenderFlags {
  readonly out?: string;
  /** The folder that networks and pictures may lie in; left out, that of the notes. */
  readonly root?: string;
  /** Writes the page even where something is wrong: a box says what. */
  readonly keepGoing?: boolean;
  readonly notation?: string;
  readonly lang?: LanguageCode;
  readonly title?: string;
  readonly paper?: Paper;
}

/**
 * Renders notes and gives the exit code: 0, or 2 where something in them is wrong. Then each fault is a line on standard error,
 * and nothing is written unless asked for.
 */
export async function renderCommand(notes: string, flags: RenderFlags): Promise<number> {
  checkFlags(notes, flags);
  const text = readInput(notes);
  const { html, diagnostics } = await rendered(text, notes, flags);
  const file = nameOf(notes);
  for (const { line, column, message } of diagnostics)
    process.stderr.write(`${at({ file, line, column })}: ${message}\n`);
  if (diagnostics.length === 0 || flags.keepGoing === true) {
    if (flags.out === undefined || flags.out === '-') process.stdout.write(html);
    else {
      writeOutput(flags.out, html);
      process.stdout.write(`wrote ${flags.out}\n`);
    }
  }
  return diagnostics.length === 0 ? EXIT.done : EXIT.misuse;
}

const nameOf = (notes: string): string => (notes === '-' ? 'stdin' : notes);

function checkFlags(notes: string, { out, root }: RenderFlags): void {
  if (root !== undefined && !existsSync(root)) throw new UserError(`there is no folder ${root}`);
  if (out === undefined || out === '-') return;
  checkOutput(out);
  const same =
    notes !== '-' && existsSync(out) && existsSync(notes) && realpathSync(out) === realpathSync(notes);
  if (same) throw new UserError(`${out} holds the notes themselves; name another file with -o`);
}

/** The page. The reader of formulas is loaded where a network has one. */
async function rendered(text: string, notes: string, flags: RenderFlags): Promise<NotesPage> {
  const { default: katex } = await import('katex');
  const parts = await notesParts();
  const file = nameOf(notes);
  const folder = flags.root ?? dirname(notes);
  const { notation, lang, title, paper } = flags;
  const page = (parseFormula: ParseFormula): NotesPage =>
    notesPage(
      text,
      { katex, parts },
      {
        ...fileResolver(folder, notes),
        template: documentTemplate,
        file,
        folder,
        parseFormula,
        ...(notation === undefined ? {} : { notation }),
        ...(lang === undefined ? {} : { lang }),
        ...(paper === undefined ? {} : { paper }),
        ...(title === undefined ? {} : { title }),
        name: basename(file).replace(/\.[^.]+$/, ''),
      },
    );
  const met: string[] = [];
  const first = page((formula) => {
    met.push(formula);
    throw new UserError('the reader of formulas is not loaded');
  });
  if (met.length === 0) return first;
  const { loadFormulaParser } = await import('./mathjs-formula.ts');
  return page(await loadFormulaParser());
}
