// Regions in the Markdown cells of a notebook: only strings of the cells with regions change, in the file's own way of writing.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { targetNamed } from '../../src/formats/targets.ts';
import { embed } from '../../src/notes/embed.ts';
import { newMemory } from '../../src/notes/notebook.ts';
import { edited } from '../../src/notes/regions-fill.ts';

interface NotebookFile {
  readonly cells: readonly { readonly cell_type: string; readonly source: string | readonly string[] }[];
}

const memory = newMemory();
const filled = (json: string): string => {
  const { edits, errors } = embed(json, 'lesson.ipynb', { memory });
  expect(errors.map((e) => e.message)).toEqual([]);
  return edited(json, edits);
};

/** A text as a notebook keeps it: a string a line. */
const lines = (text: string): readonly string[] => text.split(/(?<=\n)/);

const REGION = '<!-- chainrule bp3 show=statement form=component -->\n<!-- /chainrule -->\n';
const region = (attributes = ''): string => REGION.replace(' -->', `${attributes} -->`);

/** What stands in a cell afterwards, by the way of a Markdown file. */
const inMarkdown = (text: string): string => {
  const { edits } = embed(text, 'lesson.md', { target: targetNamed('ipynb'), memory });
  return edited(text, edits);
};

const notebookOf = (cell: string | readonly string[], others: string): object => ({
  cells: [
    {
      cell_type: 'code',
      execution_count: 1,
      metadata: {},
      outputs: [{ data: { 'text/html': [REGION] } }],
      source: lines(REGION),
    },
    {
      attachments: { 'a.png': { 'image/png': 'iVBORw0KGgo=' } },
      cell_type: 'markdown',
      id: 'b',
      metadata: { source: [REGION] },
      source: cell,
    },
    { cell_type: 'markdown', metadata: {}, source: others },
    { cell_type: 'raw', metadata: {}, source: lines(REGION) },
  ],
  metadata: { kernelspec: { name: 'python3', cells: [] }, note: others },
  nbformat: 4,
  nbformat_minor: 5,
});

const ascii = (json: string): string =>
  json.replace(/[^\0-\x7F]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);

describe('a notebook is written as it was', () => {
  const words = fc.string({ unit: 'binary', maxLength: 30 }).map((s) => s.replace(/\r|chainrule|`|~|</g, ''));
  const indent = fc.constantFrom<string | number>(1, 2, 4, '\t', 0);

  test('whatever its indentation, its words and its escapes', () => {
    fc.assert(
      fc.property(
        words,
        words,
        indent,
        fc.boolean(),
        fc.boolean(),
        (before, others, space, asOne, escapes) => {
          const write = (nb: object): string => {
            const json = `${JSON.stringify(nb, null, space)}\n`;
            return escapes ? ascii(json) : json;
          };
          const text = `${before.replace(/^ {4}|\t/gm, '')}\n${region()}${others}`;
          const cell = (t: string): string | readonly string[] => (asOne ? t : lines(t));
          // With one letter beyond ASCII somewhere, the file says how it writes them.
          const last = `é${others}`;
          const json = write(notebookOf(cell(text), last));
          const after = filled(json);
          expect(after).toBe(write(notebookOf(cell(inMarkdown(text)), last)));
          expect(filled(after)).toBe(after);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('strings that are no lines, escapes nobody needs, CRLF, a key given twice', () => {
    const json =
      String.raw`{"cells" :[ {"source":["no"], "cell_type":"markdown" ,"source" : [ "a \/ \u0041\n<!-- chainrule bp3 show=state", "ment form=component -->\n" , "<!-- /chainrule -->" ]}
 ],"nbformat":4 }`.replaceAll('\n', '\r\n');
    const after = filled(json);
    expect(after.startsWith(json.slice(0, json.indexOf('ment form')))).toBe(true);
    expect(after.endsWith(json.slice(json.indexOf(' -->" ]}')))).toBe(true);
    const { cells }: NotebookFile = JSON.parse(after);
    expect([cells[0]?.source].flat().join('')).toBe(inMarkdown(`a / A\n${REGION.trimEnd()}`));
  });

  test('letters beyond ASCII are written as the file writes them', () => {
    const text = region(' lang=zh').replace('show=statement', 'detail=textbook');
    const json = JSON.stringify({ cells: [{ cell_type: 'markdown', source: lines(text) }] });
    expect(filled(json)).toMatch(/[\u4e00-\u9fff]/);
    const escaped = ascii(
      JSON.stringify({ cells: [{ cell_type: 'markdown', source: lines(`中\n${text}`) }] }),
    );
    expect(filled(escaped)).not.toMatch(/[^\0-\x7F]/);
    expect(JSON.parse(filled(escaped)).cells[0].source.join('')).toBe(inMarkdown(`中\n${text}`));
  });
});

describe('a notebook is one file of notes', () => {
  const json = (...cells: (readonly [string, string])[]): string =>
    JSON.stringify({ cells: cells.map(([cell_type, source]) => ({ cell_type, source })) });
  const sources = (text: string): string[] =>
    (JSON.parse(text) as NotebookFile).cells.map((c) => [c.source].flat().join(''));

  test.each(['markdown', 'raw'])('its first cell, %s, may be a head', (kind) => {
    const [, after = ''] = sources(
      filled(
        json(
          [kind, '---\nchainrule: {network: 2-3-2}\n---'],
          ['markdown', '<!-- chainrule show=numbers -->\n<!-- /chainrule -->'],
        ),
      ),
    );
    expect(after).toContain('w^3 &=');
  });

  test('ids are the file’s own', () => {
    const after = filled(json(['markdown', region()], ['markdown', region()]));
    expect(after.match(/id=\\"[\w-]+/g)).toEqual(['id=\\"eq-bp3', 'id=\\"eq-bp3-2']);
  });

  test('a fault is named by its cell', () => {
    const { errors } = embed(
      json(['code', 'a'], ['markdown', `a\n${region(' detial=full')}`], ['markdown', '<!-- chainrule -->']),
      'n.ipynb',
    );
    expect(errors.map((e) => e.message)).toEqual([
      expect.stringMatching(/^n\.ipynb, cell 2:2:\d+: unknown key "detial"; did you mean "detail"\?$/),
      'n.ipynb, cell 3:1:1: this region is never closed; it wants a line <!-- /chainrule -->',
    ]);
  });

  test.each([
    ['no JSON', '{"cells": [', /^n\.ipynb is not a notebook: /],
    ['no cells', '{"nbformat": 4}', /^n\.ipynb is not a notebook: it has no "cells"$/],
    ['a list', '[]', /^n\.ipynb is not a notebook: it has no "cells"$/],
    ['nothing', '', /^n\.ipynb is not a notebook: /],
  ])('%s is refused', (_, text, sentence) => {
    expect(() => embed(text, 'n.ipynb')).toThrow(sentence);
  });

  test('hostile JSON is gone through without a deep call', () => {
    const deep = `${'['.repeat(5000)}${']'.repeat(5000)}`;
    const text = `{"metadata": ${deep}, "cells": [{"cell_type": "markdown", "source": ${JSON.stringify(region())}, "x": ${deep}}, 7, null, {"cell_type": "markdown", "source": 7}]}`;
    expect(embed(text, 'n.ipynb').stale).toEqual(['n.ipynb, cell 1:1:1']);
  });
});
