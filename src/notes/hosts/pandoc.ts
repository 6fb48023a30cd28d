// The filter for pandoc: what is ours in a document's tree becomes formulas, in reading order. It reads no files.

import { headFrom, useHead } from '../front-matter.ts';
import { type Notebook, type NotebookOptions, notebook } from '../notebook.ts';
import { pieceAt, placed } from '../place.ts';
import { noEquation } from '../references.ts';
import { roleOf } from '../role.ts';
import type { Origin } from '../written.ts';
import { attempt, type Complaint } from './attempt.ts';
import { equationNames, hostBlocks } from './host-blocks.ts';
import {
  errorBlock,
  errorInline,
  inlineMath,
  type Json,
  node,
  type PandocNode,
  type PandocTarget,
  pandocOf,
  reference,
} from './pandoc-ast.ts';
import { fieldOf, isList, isNode, metaValue, referred, roleBehind, roleText } from './pandoc-read.ts';

export interface PandocDocument {
  readonly 'pandoc-api-version': readonly number[];
  readonly meta: { readonly [key: string]: Json };
  readonly blocks: readonly Json[];
}

export interface Filtered {
  readonly document: PandocDocument;
  /** What authors got wrong, a sentence each; it stands in the document too. */
  readonly complaints: readonly string[];
}

/** Formats that pandoc writes in LaTeX; `--to pdf` calls its filters with `latex` or another of them. */
const LATEX = new Set(['latex', 'beamer']);

/** Formats that are pages of HTML in the end. */
const PAGES = /^(html|epub|revealjs|slidy|slideous|dzslides|s5|chunkedhtml)/;

interface Walk {
  readonly book: Notebook;
  readonly to: PandocTarget;
  readonly names: Map<string, string>;
  readonly complaints: string[];
  /** How many blocks and roles were met: pandoc's tree has no lines to name them by. */
  readonly met: { block: number; role: number };
}

/** A document with its pieces filled in, for a format of pandoc's such as `html` or `latex`. */
export function filterPandoc(document: PandocDocument, format: string, options: NotebookOptions): Filtered {
  const [major = 1, minor = 0] = document['pandoc-api-version'];
  const to = { latex: LATEX.has(format), svg: PAGES.test(format), plainTables: major === 1 && minor < 21 };
  const met = { block: 0, role: 0 };
  const walk: Walk = { book: notebook(options), to, names: new Map(), complaints: [], met };
  const where = 'chainrule in the metadata';
  const head = attempt({ file: where, line: 1, column: 1 }, () =>
    useHead(walk.book, headFrom({ chainrule: metaValue(document.meta.chainrule) })),
  );
  const wrong = head.complaint === null ? [] : [errorBlock(told(`${where}: ${head.complaint.reason}`, walk))];
  const blocks = filled([...wrong, ...replaced(document.blocks, walk)], walk);
  return { document: { ...document, blocks: isList(blocks) ? blocks : [] }, complaints: walk.complaints };
}

const told = (sentence: string, { complaints }: Walk): string => {
  complaints.push(sentence);
  return sentence;
};

/** A list of blocks or of inlines, or of whatever holds some. */
function replaced(list: readonly Json[], walk: Walk): Json[] {
  const made: Json[] = [];
  for (const value of list) {
    const piece = isNode(value) ? pieceFor(value, walk) : null;
    const behind = isNode(value) ? roleBehind(made.at(-1), value) : null;
    const role = isNode(value) ? roleText(value) : null;
    if (piece !== null) made.push(...piece);
    else if (role !== null) made.push(roleFor(role, walk));
    else if (behind !== null) {
      const left = behind.left === '' ? [] : [node('Str', behind.left)];
      made.splice(-1, 1, ...left, roleFor(behind.text, walk));
    } else made.push(below(value, walk));
  }
  return made;
}

function below(value: Json, walk: Walk): Json {
  if (isList(value)) return replaced(value, walk);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, below(inner, walk)]));
}

function pieceFor(n: PandocNode, walk: Walk): PandocNode[] | null {
  const field = fieldOf(n);
  if (field === null) return null;
  walk.met.block += 1;
  const origin: Origin = { file: `chainrule block ${walk.met.block}`, line: 1, column: 1 };
  const found = attempt(origin, () => hostBlocks(pieceAt(walk.book, () => field(origin), origin)));
  if (found.complaint !== null) return [errorBlock(told(placedIn(origin, found.complaint), walk))];
  for (const [id, name] of equationNames(found.value)) walk.names.set(id, name);
  return pandocOf(found.value, walk.to);
}

const placedIn = ({ file }: Origin, { line, reason }: Complaint): string =>
  `${file}, line ${line}: ${reason}`;

function roleFor(text: string, walk: Walk): PandocNode {
  walk.met.role += 1;
  const origin: Origin = { file: `chainrule formula ${walk.met.role}`, line: 1, column: 1 };
  const found = attempt(origin, () => placed(origin, () => roleOf(walk.book, text, origin)).latex);
  if (found.complaint === null) return inlineMath(found.value, walk.to);
  return errorInline(told(`${origin.file}: ${found.complaint.reason}`, walk));
}

/** References without words show the equation's name. */
function filled(value: Json, walk: Walk): Json {
  if (isList(value)) return value.flatMap((inner) => linked(inner, walk) ?? [filled(inner, walk)]);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, filled(inner, walk)]));
}

function linked(value: Json, walk: Walk): PandocNode[] | null {
  const { names, to } = walk;
  const ids = isNode(value) ? referred(value) : [];
  // A reader would see nothing of a link to an equation that isn't there; `@eq-x` is a citation to others.
  const missing = ids.find(
    (id) => isNode(value) && value.t === 'Link' && id.startsWith('eq-') && !names.has(id),
  );
  if (missing !== undefined) return [nowhere(missing, walk)];
  const found = ids.flatMap((id) => {
    const name = names.get(id);
    return name === undefined ? [] : [reference(id, name, to)];
  });
  if (found.length === 0 || found.length < ids.length) return null;
  return found.flatMap((link, i) => (i === 0 ? [link] : [node('Str', ','), node('Space'), link]));
}

const nowhere = (id: string, walk: Walk): PandocNode =>
  errorInline(told(`chainrule reference: ${noEquation(id, walk.names.keys()).message}`, walk));
