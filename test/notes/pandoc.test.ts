// The filter for pandoc: run by pandoc itself where it is installed, and called on pandoc's JSON always.

import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { filterPandoc, type PandocDocument } from '../../src/notes/hosts/pandoc.ts';
import { emptyFolder } from '../doors/run.ts';
import { guidePage } from './guide-pages.ts';

const filter = fileURLToPath(new URL('../../dist/pandoc-filter.js', import.meta.url));
const notes = fileURLToPath(new URL('../fixtures/notes', import.meta.url));

/** A program with its input; null output where it isn't installed. */
function run(command: string, args: readonly string[], at: { cwd?: string; input?: string } = {}) {
  const { stdout, stderr, status, error } = spawnSync(command, args, {
    cwd: at.cwd ?? notes,
    input: at.input ?? '',
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return { out: stdout ?? '', err: stderr ?? '', code: error === undefined ? status : null };
}

const isInstalled = (command: string): boolean => run(command, ['--version']).code === 0;
const hasPandoc = isInstalled('pandoc');
if (!hasPandoc) console.warn('pandoc is not installed: its filter is tested on JSON only');

/** A page as pandoc writes it with the filter. */
const written = (input: string, to: string, ...args: readonly string[]) =>
  run('pandoc', ['--from', 'markdown', '--to', to, ...args, '--filter', filter], { input });

const page = `---
chainrule:
  network: {layers: [2, 3, 2], values: {seed: 7}}
  numbers: 0
---

See [](#eq-bp2), [there](#eq-bp2), @eq-bp2, [@eq-bp2; @eq-bp1] and [@knuth].
Here {bp}\`bp2.lhs\`, ({bp}\`bp2.rhs\`) and \`bp1.lhs\`{.bp} stand; \`bp2\` and {bq}\`bp2\` are code.

\`\`\`{.chainrule target="bp2" form=matrix}
\`\`\`

\`\`\`chainrule
target: bp1
show: statement
\`\`\`

::: {.chainrule show=network}
A fallback.
:::
`;

describe.skipIf(!hasPandoc)('pandoc', () => {
  test('writes HTML with MathML, anchors and references', () => {
    const { out, err, code } = written(page, 'html', '--mathml', '--wrap=none');
    expect({ err, code }).toEqual({ err: '', code: 0 });
    expect(out).toContain('<span id="eq-bp2" class="chainrule-equation"><math display="block"');
    const [references] = out.split(' Here ');
    expect(references).toBe(
      '<p>See <a href="#eq-bp2">(BP2)</a>, <a href="#eq-bp2">there</a>, <a href="#eq-bp2">(BP2)</a>, <a href="#eq-bp2">(BP2)</a>, <a href="#eq-bp1">(BP1)</a> and <span class="citation" data-cites="knuth">[@knuth]</span>.',
    );
    expect(out).toContain('<code>bp2</code> and {bq}<code>bp2</code> are code.');
    expect([...out.matchAll(/<math display="inline"/g)].length).toBeGreaterThanOrEqual(3);
    expect(out).toContain('<td style="text-align: right;">1</td>\n<td style="text-align: right;">2</td>');
    expect(out).not.toContain('fallback');
  });

  test('writes the page of the guide', () => {
    const { out, err } = written(guidePage('.chainrule target=bp2'), 'html', '--mathml', '--wrap=none');
    expect(err).toBe('');
    expect(out).toContain('See <a href="#eq-bp2">(BP2)</a> or <a href="#eq-bp2">(BP2)</a>: <math');
    for (const id of ['eq-bp2', 'eq-bp3', 'eq-bp4']) expect(out).toContain(`id="${id}"`);
    expect(out).not.toContain('<code');
  });

  test('writes every formula of a derivation in MathML and Word without a warning', () => {
    const all =
      '```{.chainrule target="bp1 bp2 bp3 bp4" network=2-3-2}\n```\n\n```{.chainrule show=card}\n```\n\n```{.chainrule show=numbers}\n```\n';
    expect(written(all, 'html', '--mathml').err).toBe('');
    const folder = emptyFolder();
    const word = run('pandoc', ['-f', 'markdown', '-o', join(folder, 'a.docx'), '--filter', filter], {
      input: all,
    });
    expect(word).toEqual({ out: '', err: '', code: 0 });
    const back = run('pandoc', [join(folder, 'a.docx'), '-t', 'markdown']).out;
    expect(back).toContain('(BP2)');
    expect(back).toContain('\\frac{\\partial C}{\\partial');
  });

  test('writes LaTeX that numbers and refers by itself', () => {
    const { out, err } = written(page, 'latex', '--standalone');
    expect(err).toBe('');
    expect(out).toContain('\\tag{BP2}\\label{eq:bp2}\\]');
    expect(out.replace(/\s+/g, ' ')).toContain('See \\eqref{eq:bp2},');
    expect(out.replace(/\s+/g, ' ')).toContain('\\eqref{eq:bp2}, \\eqref{eq:bp1} and');
  });

  test.skipIf(!isInstalled('pdflatex'))('and LaTeX reads it, each reference defined', () => {
    const folder = emptyFolder();
    writeFileSync(join(folder, 'a.tex'), written(page, 'latex', '--standalone').out);
    const latex = () =>
      run('pdflatex', ['-interaction=nonstopmode', '-halt-on-error', 'a.tex'], { cwd: folder });
    latex();
    const { out, code } = latex();
    expect(code).toBe(0);
    expect(out).not.toMatch(/undefined|multiply[- ]defined/i);
  });

  test('shows what is wrong in the document and says it, and goes on', () => {
    const { out, err, code } = written(
      '```{.chainrule target=bp9}\n```\n\n```chainrule\ntarget: bp2\nform: matri\n```\n\nText {bp}`bp2.rhss`.\n\n``` {.chainrule network=../../../etc/passwd}\n```\n',
      'html',
    );
    expect(code).toBe(0);
    expect(err.trim().split('\n')).toEqual([
      'chainrule block 1, line 1: unknown target "bp9"; did you mean "bp1"?',
      'chainrule block 2, line 3: unknown form "matri"; did you mean "matrix"?',
      'chainrule formula 1: bp2 has no part "rhss"; did you mean "rhs"?',
      expect.stringContaining('lies outside the folder of the notes'),
    ]);
    expect([...out.matchAll(/class="chainrule-error"/g)]).toHaveLength(4);
  });

  test('reads a formula of one’s own', () => {
    const { out, err } = written(
      '```{.chainrule show=special target=bp1 network=2-3-2 activation="z/(1+abs(z))" loss="1/2*sum(j, (y[j]-a[j])^2)"}\n```\n',
      'html',
      '--mathml',
    );
    expect(err).toBe('');
    expect(out).toContain('id="eq-bp1-special"');
  });

  test('escapes what it shows', () => {
    const evil = '<img src=x onerror=alert(1)>';
    const { out } = written(`{bp}\`${evil}\`\n\n\`\`\`{.chainrule network="${evil}"}\n\`\`\`\n`, 'html');
    expect(out).not.toContain('<img');
    expect([...out.matchAll(/class="chainrule-error"/g)]).toHaveLength(2);
  });

  test('passes a long page through, everything else unchanged', () => {
    const blocks = (...args: readonly string[]): unknown[] => {
      const { out, err } = run('pandoc', ['course.md', '--to', 'json', ...args]);
      expect(err).toBe('');
      return (JSON.parse(out) as { blocks: unknown[] }).blocks;
    };
    const [before, after] = [blocks(), blocks('--filter', filter)];
    const left = new Set(after.map((b) => JSON.stringify(b)));
    const changed = before.filter((b) => !left.has(JSON.stringify(b)));
    expect(changed.map((b) => (b as { t: string }).t)).toEqual(['Para', 'CodeBlock']);
    expect(after.length).toBeGreaterThanOrEqual(before.length);
  });
});

test('what is no document of pandoc is refused', () => {
  for (const input of ['', '[]', '{"pandoc-api-version": [1], "blocks": [], "meta": null}'])
    expect(run(process.execPath, [filter, 'html'], { input })).toMatchObject({ out: '', code: 2 });
});

test('a document that is nested too deeply is left as it is', () => {
  const [open, close] = ['{"t":"BlockQuote","c":['.repeat(6000), ']}'.repeat(6000)];
  const input = `{"pandoc-api-version":[1,23],"meta":{},"blocks":[${open}${close}]}`;
  const { out, err, code } = run(process.execPath, [filter, 'html'], { input });
  expect({ isSame: out === input, err, code }).toEqual({
    isSame: true,
    err: 'chainrule: this document is nested too deeply, and is left as it is\n',
    code: 0,
  });
});

describe('pandoc’s JSON', () => {
  const document = (blocks: PandocDocument['blocks'], version = [1, 23], meta = {}): PandocDocument => ({
    'pandoc-api-version': version,
    meta,
    blocks,
  });
  const code = (values: Record<string, string>, body = ''): PandocDocument['blocks'][number] => ({
    t: 'CodeBlock',
    c: [['', ['chainrule'], Object.entries(values)], body],
  });

  test('has tables of the old kind before version 1.21', () => {
    const block = code({ show: 'network', network: '2-3-2' });
    const table = (version: number[]): unknown =>
      filterPandoc(document([block], version), 'html', {}).document.blocks.find(
        (b) => (b as { t: string }).t === 'Table',
      );
    expect(table([1, 20])).toMatchObject({
      c: [
        [],
        [{ t: 'AlignRight' }, { t: 'AlignRight' }, { t: 'AlignDefault' }],
        [0, 0, 0],
        [[{ t: 'Plain' }], {}, {}],
        {},
      ],
    });
    expect(table([1, 22])).toMatchObject({ c: [['', [], []], [null, []], {}, {}, {}, {}] });
  });

  test('has metadata in which numbers are words', () => {
    const str = (...words: string[]) => ({ t: 'MetaInlines', c: words.flatMap((w) => [{ t: 'Str', c: w }]) });
    const map = (c: object) => ({ t: 'MetaMap', c });
    const list = (...c: object[]) => ({ t: 'MetaList', c });
    const meta = {
      chainrule: map({
        network: map({ layers: list(str('1'), str('1')), values: map({ x: list(str('0.25')) }) }),
        digits: { t: 'MetaString', c: '3' },
        numbers: { t: 'MetaBool', c: true },
      }),
    };
    const role = { t: 'Para', c: [{ t: 'Code', c: [['', ['bp'], []], 'a[1][1]'] }] };
    const made = filterPandoc(document([role], [1, 23], meta), 'html', {});
    expect(made.complaints).toEqual([]);
    expect(JSON.stringify(made.document.blocks)).toContain('"0.25"');
  });

  test('that is wrong in the metadata is said at the top', () => {
    const meta = { chainrule: { t: 'MetaMap', c: { notatoin: { t: 'MetaString', c: 'ng' } } } };
    const { document: made, complaints } = filterPandoc(
      document([{ t: 'HorizontalRule' }], [1, 23], meta),
      'html',
      {},
    );
    expect(complaints).toEqual([
      'chainrule in the metadata: unknown key "notatoin"; did you mean "notation"?',
    ]);
    expect(made.blocks.map((b) => (b as { t: string }).t)).toEqual(['Div', 'HorizontalRule']);
  });

  test('of others comes out as it went in', () => {
    const file = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as never;
    const blocks = [{ t: 'Para', c: [{ t: 'Str', c: 'x' }] }, { t: 'Unheard', c: file }, null, 3, [], 'text'];
    expect(filterPandoc(document(blocks), 'html', {})).toEqual({
      document: document(blocks),
      complaints: [],
    });
  });

  test('that refers without words to an equation that isn’t there is seen and said', () => {
    const link = (to: string) => ({ t: 'Link', c: [['', [], []], [], [to, '']] });
    const { document: made, complaints } = filterPandoc(
      document([{ t: 'Para', c: [link('#eq-bp2'), link('#top')] }]),
      'html',
      {},
    );
    expect(complaints).toEqual(['chainrule reference: there is no equation "eq-bp2"']);
    expect(JSON.stringify(made.blocks)).toContain('chainrule-error');
    expect(JSON.stringify(made.blocks)).toContain('"#top"');
  });

  test('that lost its attributes on the way is no request for everything', () => {
    const { complaints } = filterPandoc(document([code({})]), 'html', {});
    expect(complaints).toEqual([
      'chainrule block 1, line 1: nothing is asked for here; write {.chainrule target=bp2}, or target: bp2 below',
    ]);
  });

  test('names one piece once', () => {
    const { document: made } = filterPandoc(
      document([code({ target: 'bp1' }), code({ target: 'bp1' })]),
      'html',
      {},
    );
    const ids = [...JSON.stringify(made).matchAll(/\["(eq-[^"]*)",\["chainrule-equation"\]/g)].map(
      ([, id]) => id,
    );
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toContain('eq-bp1-2');
  });
});
