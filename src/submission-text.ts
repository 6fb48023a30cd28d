// One file's answers: below heads of Markdown, after marks in LaTeX, in tagged cells of a notebook.

/** What a file says: texts under names that may be questions, in the order they stand in; a name may come twice. */
export type Sections = readonly { readonly name: string; readonly text: string }[];

/** A section that is longer is no answer, and isn't looked through for one: it stays too long to be read. */
const LONGEST = 20_000;
const LONGEST_HEAD = 300;

const HEAD = /^ {0,3}#{1,6}[ \t]+(.*?)[ \t]*#*[ \t]*$/;
/** The first word of a head, without what may stand around it: `q1`, `**Q1:**`, `q1 (2 points)`. */
const FIRST_WORD = /^[\s*_`[(]*(?:question|answer|题目?|第)?\s*([A-Za-z0-9][A-Za-z0-9._-]*)/i;

/** The id of a question that a head or a mark names; null where it names none. */
export function questionNamed(head: string, ids: readonly string[]): string | null {
  const short = head.slice(0, LONGEST_HEAD);
  const word =
    FIRST_WORD.exec(short)?.[1]
      ?.toLowerCase()
      .replace(/[._-]+$/, '') ?? '';
  return (
    ids.find((id) => id.toLowerCase() === word) ??
    ids.find((id) => id.toLowerCase() === short.trim().toLowerCase()) ??
    null
  );
}

/** Answers below `## q1`. Comments, quotations and text around set formulas are no part of an answer. */
export function markdownSections(text: string): Sections {
  const found: { name: string; lines: string[] }[] = [];
  let fence: string | null = null;
  for (const line of withoutComments(text).split(/\r\n?|\n/)) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1] ?? null;
    if (mark !== null) fence = fence === null ? mark : mark.startsWith(fence) ? null : fence;
    const head = fence === null && line.length <= LONGEST_HEAD ? HEAD.exec(line)?.[1] : undefined;
    if (head !== undefined) found.push({ name: head, lines: [] });
    else found.at(-1)?.lines.push(line);
  }
  return found.map(({ name, lines }) => ({ name, text: formulasOf(lines.join('\n')) }));
}

const withoutComments = (text: string): string => text.replace(/<!--[\s\S]*?(-->|$)/g, '');

/** Fenced blocks and formulas set apart, where there are any; else all of it. */
export function formulasOf(text: string): string {
  if (text.length > LONGEST) return text;
  const own = withoutStruck(text.replace(/^ {0,3}>.*$/gm, ''));
  const set = [
    ...own.matchAll(/^ {0,3}(`{3,}|~{3,})[^\n]*\n([\s\S]*?)^ {0,3}\1[`~]*[ \t]*$|\$\$([\s\S]*?)\$\$/gm),
  ];
  if (set.length > 0) return lines(set.map((m) => m[2] ?? m[3] ?? ''));
  return lines([inline(own)]);
}

/** A fence or a formula set apart as it is, where two tildes are a space; or what is struck out: `~~a~~`, `<del>a</del>`. */
const STRUCK =
  /(^ {0,3}(?:`{3,}|~{3,})[\s\S]*?(?:\n {0,3}(?:`{3,}|~{3,})|$(?![\s\S]))|\$\$[\s\S]*?\$\$|\$[^$\n]+\$)|(?<!~)~~(?=[^\s~])(?:\$\$[\s\S]*?\$\$|\$[^$\n]+\$|[^~$])+?~~(?!~)|<(del|s|strike)>[\s\S]*?<\/\2>/gm;

const withoutStruck = (text: string): string =>
  text.replace(STRUCK, (_, kept: string | undefined) => kept ?? '');

/** What begins an item of a list; a minus is one only before an equation, where no sign belongs. */
const BULLET = /^[ \t]*(?:\*|\d+[.)]|[-+](?=[ \t][^=\n]*=))[ \t]+/gm;

/** `$...$` in running text: the equations among them; a text without any is the answer itself. */
function inline(text: string): string {
  const all = [...text.matchAll(/(?<![\\$])\$(?!\$)((?:\\.|[^$\\])+)\$/g)].map((m) =>
    (m[1] ?? '').replace(/^`|`$/g, ''),
  );
  if (all.length === 0) return text.replace(BULLET, '').replace(/`/g, '');
  const equations = all.filter((f) => f.includes('='));
  return lines(equations.length > 0 ? equations : all);
}

const lines = (parts: readonly string[]): string =>
  parts
    .map((p) => p.trim())
    .filter((p) => p !== '')
    .join('\n');

const MATH =
  /\\begin\{(equation|align|aligned|gather|gathered|multline|eqnarray|displaymath|math|flalign|split)(\*?)\}[\s\S]*?\\end\{\1\2\}|\\\[([\s\S]*?)\\\]|\$\$([\s\S]*?)\$\$/g;

/** Answers after lines `% chainrule q1`; each ends at the next mark or the end of the document. */
export function latexSections(text: string): Sections {
  const body = text.split(/\\end\s*\{document\}/)[0] ?? '';
  const [, ...parts] = body.split(/^[ \t]*%+[ \t]*chainrule\b/im);
  return parts.map((part) => {
    const [head = '', ...rest] = part.split(/\r\n?|\n/);
    return { name: head, text: latexFormulas(rest.join('\n')) };
  });
}

function latexFormulas(text: string): string {
  if (text.length > LONGEST) return text;
  const own =
    text.replace(/(?<!\\)((?:\\\\)*)%[^\n]*/g, '$1').split(/\\(?:section|subsection|paragraph)\b/)[0] ?? '';
  const set = [...own.matchAll(MATH)];
  if (set.length > 0) return lines(set.map((m) => m[3] ?? m[4] ?? m[0]));
  const within = [...own.matchAll(/\\\(([\s\S]*?)\\\)/g)].map((m) => m[1] ?? '');
  return within.length > 0 ? lines(within) : lines([inline(own)]);
}

/** Answers in the cells that carry a tag; null where the text is no notebook. */
export function notebookSections(text: string): Sections | null {
  const cells = cellsOf(text);
  return (
    cells?.flatMap((cell) => {
      const source =
        cell.kind === 'code'
          ? cell.source.replace(/^[ \t]*#.*$/gm, '').trim()
          : formulasOf(withoutComments(withoutHead(cell.source)));
      return cell.tags.map((name) => ({ name, text: source }));
    }) ?? null
  );
}

const withoutHead = (text: string): string =>
  text.slice(0, 4 * LONGEST).replace(/^ {0,3}#{1,6}[ \t].*$/gm, '');

interface NotebookCell {
  readonly kind: string;
  readonly source: string;
  readonly tags: readonly string[];
}

function cellsOf(text: string): readonly NotebookCell[] | null {
  const cells = field(parsed(text), 'cells');
  if (!Array.isArray(cells)) return null;
  return cells.map((cell): NotebookCell => {
    const source = field(cell, 'source');
    const tags = field(field(cell, 'metadata'), 'tags');
    return {
      kind: String(field(cell, 'cell_type')),
      source: Array.isArray(source) ? source.join('') : typeof source === 'string' ? source : '',
      tags: Array.isArray(tags) ? tags.filter((t): t is string => typeof t === 'string') : [],
    };
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** A key of an object read from a file; its prototype is never looked at. */
const field = (of: unknown, name: string): unknown =>
  typeof of === 'object' && of !== null && Object.hasOwn(of, name)
    ? (of as Readonly<Record<string, unknown>>)[name]
    : undefined;
