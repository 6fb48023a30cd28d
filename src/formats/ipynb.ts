// A document as a Jupyter notebook, format 4.5: a Markdown cell for each section, a code cell for each block of Python.

import type { Block, DocumentText, Heading } from '../document/blocks.ts';
import { withFront } from '../document/front.ts';
import type { Format } from './format.ts';
import { blocksFor } from './fragment.ts';
import { escapeHtml } from './html-pen.ts';
import { svg } from './svg.ts';
import { targetNamed } from './targets.ts';

/** A cell, its keys in the order in which Jupyter writes them. */
type Cell = MarkdownCell | CodeCell;
interface MarkdownCell {
  readonly cell_type: 'markdown';
  readonly id: string;
  readonly metadata: Record<string, never>;
  readonly source: readonly string[];
}
interface CodeCell {
  readonly cell_type: 'code';
  readonly execution_count: null;
  readonly id: string;
  readonly metadata: Record<string, never>;
  readonly outputs: readonly never[];
  readonly source: readonly string[];
}

export const ipynb: Format = {
  name: 'ipynb',
  extension: 'ipynb',
  render(document) {
    const ids = cellIds();
    const cells = sections(withFront(document)).map((blocks) => cellOf(blocks, document, ids));
    const notebook = {
      cells: cells.filter((cell) => cell.source.length > 0),
      metadata: {
        kernelspec: { display_name: 'Python 3', language: 'python', name: 'python3' },
        language_info: { name: 'python' },
        title: document.title,
      },
      nbformat: 4,
      nbformat_minor: 5,
    };
    return `${JSON.stringify(notebook, null, 1)}\n`;
  },
};

const isPython = (b: Block | undefined): boolean => b?.kind === 'code' && b.language === 'python';

/** The blocks of each cell: a heading begins one, and Python has its own. */
function sections(blocks: readonly Block[]): Block[][] {
  const found: Block[][] = [];
  for (const b of blocks) {
    const last = found.at(-1);
    if (last === undefined || b.kind === 'heading' || isPython(b) || isPython(last[0])) found.push([b]);
    else last.push(b);
  }
  return found;
}

function cellOf(blocks: readonly Block[], document: DocumentText, ids: (wanted: string) => string): Cell {
  const [first] = blocks;
  if (first?.kind === 'code' && isPython(first))
    return {
      cell_type: 'code',
      execution_count: null,
      id: ids('code'),
      metadata: {},
      outputs: [],
      source: sourceLines(first.text),
    };
  const heading = blocks.find((b): b is Heading => b.kind === 'heading');
  return {
    cell_type: 'markdown',
    id: ids(heading?.id ?? 'text'),
    metadata: {},
    source: sourceLines(markdownOf(blocks, document)),
  };
}

/** Lines as the format wants them: each with its line feed but the last. */
const sourceLines = (text: string): string[] => (text === '' ? [] : (text.match(/[^\n]*\n|[^\n]+$/g) ?? []));

/**
 * The Markdown of a cell. A picture stands in it as an <img>: JupyterLab shows no SVG from a cell's attachments, and other
 * readers take no SVG in an image of Markdown's.
 */
function markdownOf(blocks: readonly Block[], { words, lang }: DocumentText): string {
  const pictures: string[] = [];
  const text = blocksFor(targetNamed('ipynb'), blocks, words, {
    figure: (figure) => {
      const data = Buffer.from(svg(figure, lang), 'utf8').toString('base64');
      const alt = escapeHtml(figure.description.replace(/\s+/g, ' '));
      pictures.push(`<img alt="${alt}" src="data:image/svg+xml;base64,${data}">`);
      return `${PLACE}${pictures.length - 1}`;
    },
  });
  return text.replace(IMAGE, (_, at: string) => pictures[Number(at)] ?? '');
}

/** Where a picture goes in a text that is not finished; a control character stands in no document. */
const PLACE = '\u0001';
const IMAGE = new RegExp(`!\\[(?:\\\\.|[^\\]\\\\])*\\]\\(${PLACE}(\\d+)\\)`, 'g');

/** Ids that nbformat takes, no two alike, the same for the same document. */
function cellIds(): (wanted: string) => string {
  const taken = new Set<string>();
  return (wanted) => {
    const stem = wanted.replace(/[^A-Za-z0-9_-]+/g, '-').slice(0, 56) || 'cell';
    let id = stem;
    for (let i = 2; taken.has(id); i++) id = `${stem}-${i}`;
    taken.add(id);
    return id;
  };
}
