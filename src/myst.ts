// The plugin for MyST and Jupyter Book, one file that mystmd loads: `plugins: [node_modules/chainrule/dist/myst.mjs]`.

import { existsSync } from 'node:fs';
import { UserError } from './expr/error.ts';
import { readInput } from './files.ts';
import type { Field } from './model/fields.ts';
import type { ParseFormula } from './model/spec.ts';
import { frontMatter, useHead } from './notes/front-matter.ts';
import { type MystFile, type MystPlugin, mystPlugin } from './notes/hosts/myst.ts';
import { type Memory, type NotebookOptions, newMemory, notebook } from './notes/notebook.ts';
import { notesResolver, relativePath } from './notes-place.ts';

/** Networks beside the page; the package's examples where the package is there, and not this file alone. */
function networksOf(file: MystFile): Pick<NotebookOptions, 'resolve' | 'known' | 'template'> {
  const files = notesResolver(file);
  return {
    resolve: (name, what) => orElse(null, () => files.resolve(name, what)),
    known: () => orElse([], files.known),
    template: files.template,
  };
}

function orElse<T>(otherwise: T, find: () => T): T {
  try {
    return find();
  } catch (error) {
    if (error instanceof UserError) throw error;
    return otherwise;
  }
}

/**
 * mystmd wants a directive's nodes at once: there is no later in which to load the reader of formulas, and loading it for every
 * book would cost all of them.
 */
const parseFormula: ParseFormula = () => ({
  message: "a formula of one's own can't be read in a MyST page; fill the page with chainrule embed instead",
  column: 1,
});

/** What was derived is kept from page to page of a book. */
function nodePlugin(): MystPlugin {
  const memory: Memory = newMemory();
  return mystPlugin({
    open(file) {
      const name = relativePath(file);
      const book = notebook({ ...networksOf(file), parseFormula, memory });
      return { name, book, readHead: () => useHead(book, headOf(file, name)) };
    },
  });
}

/** mystmd hands over no front matter: it is read where the page stands. */
function headOf({ path }: MystFile, name: string): Field | null {
  const text = path !== undefined && /\.md$/i.test(path) && existsSync(path) ? readInput(path) : '';
  return frontMatter(text, name)?.chainrule ?? null;
}

export default nodePlugin();
