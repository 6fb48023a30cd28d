// The transformer for remark: places of ours in an mdast tree become formulas, in reading order. It reads no files.

import { frontMatter, headFrom, useHead } from '../front-matter.ts';
import { type Notebook, type NotebookOptions, notebook } from '../notebook.ts';
import { pieceAt, placed } from '../place.ts';
import { noEquation } from '../references.ts';
import { roleOf } from '../role.ts';
import { type Attempt, attempt, type Complaint } from './attempt.ts';
import { equationNames, hostBlocks } from './host-blocks.ts';
import { errorBlock, errorInline, inlineMath, type MdNode, mdastOf } from './mdast.ts';
import { askedBy, type Page, type Role, roleBehind, roleDirective } from './mdast-places.ts';

/** What is used of a virtual file. */
export interface RemarkFile {
  readonly path?: string | undefined;
  readonly cwd?: string | undefined;
  readonly value?: unknown;
  readonly data?: object;
  message(reason: string, place?: { line: number; column: number }, origin?: string): unknown;
}

/** One tree on its way: `names` holds what references to its equations show. */
interface Walk {
  readonly book: Notebook;
  readonly page: Page;
  readonly names: Map<string, string>;
  readonly complain: (complaint: Complaint) => void;
}

/**
 * Replaces what is ours in a tree, in place; `name` is how messages call the file. Nothing is thrown for what an author wrote: a sentence stands where the piece
 * would, and the file gets a message with the place.
 */
export function transformMdast(tree: MdNode, file: RemarkFile, name: string, options: NotebookOptions): void {
  const page: Page = { file: name, text: textOf(file.value) };
  const walk: Walk = {
    book: notebook(options),
    page,
    names: new Map(),
    complain: ({ reason, line, column }) => file.message(reason, { line, column }, 'chainrule:piece'),
  };
  const head = attempt({ file: page.file, line: 1, column: 1 }, () => useHeadOf(tree, file, walk));
  replaceIn(tree, walk);
  fillReferences(tree, walk);
  if (head.complaint === null) return;
  walk.complain(head.complaint);
  tree.children?.splice(tree.children[0]?.type === 'yaml' ? 1 : 0, 0, errorBlock(head.complaint));
}

const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : value instanceof Uint8Array ? new TextDecoder().decode(value) : '';

/** The head as the file's text has it, as a node, or as the host has read it and cut it off. */
function useHeadOf(tree: MdNode, { data }: RemarkFile, { book, page }: Walk): void {
  const [first] = tree.children ?? [];
  const node = first?.type === 'yaml' ? `---\n${first.value ?? ''}\n---\n` : '';
  const front = frontMatter(page.text, page.file) ?? frontMatter(node, page.file);
  const read = front?.chainrule ?? hostHead(data ?? {});
  placed({ file: page.file, line: 1, column: 1 }, () => useHead(book, read));
}

/** Where vfile-matter, Docusaurus and Astro keep front matter. */
function hostHead(data: object): ReturnType<typeof headFrom> {
  const astro: unknown = Reflect.get(data, 'astro');
  const holders = [data, typeof astro === 'object' && astro !== null ? astro : {}];
  const heads = holders.flatMap((holder) =>
    ['matter', 'frontMatter', 'frontmatter'].map((key) => headFrom(Reflect.get(holder, key))),
  );
  return heads.find((head) => head !== null) ?? null;
}

function replaceIn(parent: MdNode, walk: Walk): void {
  if (parent.children === undefined) return;
  const made: MdNode[] = [];
  for (const node of parent.children) {
    const asked = askedBy(node, walk.page);
    const role = roleDirective(node, walk.page);
    const behind = roleBehind(made.at(-1), node, walk.page);
    if (asked !== null) made.push(...pieceNodes(asked, walk));
    else if (role !== null) made.push(roleNode(role, walk));
    else if (behind !== null)
      made.splice(-1, 1, ...(behind.left === null ? [] : [behind.left]), roleNode(behind, walk));
    else {
      replaceIn(node, walk);
      made.push(node);
    }
  }
  parent.children = made;
}

function pieceNodes({ field, origin }: NonNullable<ReturnType<typeof askedBy>>, walk: Walk): MdNode[] {
  const found = attempt(origin, () => hostBlocks(pieceAt(walk.book, field, origin)));
  if (found.complaint !== null) return [complained(found, errorBlock, walk)];
  for (const [id, name] of equationNames(found.value)) walk.names.set(id, name);
  return mdastOf(found.value);
}

function roleNode({ text, origin }: Role, walk: Walk): MdNode {
  const found = attempt(origin, () => placed(origin, () => roleOf(walk.book, text, origin)).latex);
  return found.complaint === null ? inlineMath(found.value) : complained(found, errorInline, walk);
}

function complained(
  { complaint }: Extract<Attempt<unknown>, { value: null }>,
  shown: (complaint: Complaint) => MdNode,
  walk: Walk,
): MdNode {
  walk.complain(complaint);
  return shown(complaint);
}

/** `[](#eq-bp2)` shows the equation's name. A reader would see nothing of a link to an equation that isn't there. */
function fillReferences(node: MdNode, walk: Walk): void {
  const id = node.type === 'link' && node.url?.startsWith('#') ? node.url.slice(1) : null;
  if (id !== null && node.children?.length === 0) node.children = shownOf(id, node, walk);
  for (const child of node.children ?? []) fillReferences(child, walk);
}

function shownOf(id: string, { position }: MdNode, walk: Walk): MdNode[] {
  const name = walk.names.get(id);
  if (name !== undefined) return [{ type: 'text', value: name }];
  if (!id.startsWith('eq-')) return [];
  const { line, column } = position?.start ?? { line: 1, column: 1 };
  const found = attempt({ file: walk.page.file, line, column }, () => {
    throw noEquation(id, walk.names.keys());
  });
  return found.complaint === null ? [] : [complained(found, errorInline, walk)];
}
