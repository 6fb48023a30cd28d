// Filling the regions of notes: each host's comments and formulas, a page as people write it, and what is wrong with a region.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { faultsIn } from '../../src/formats/lint.ts';
import { targetNamed, targetOfFile, targets } from '../../src/formats/targets.ts';
import { type Embedded, type EmbedOptions, embed } from '../../src/notes/embed.ts';
import { newMemory } from '../../src/notes/notebook.ts';
import { regionsOf } from '../../src/notes/regions.ts';
import { codeLines } from '../../src/notes/regions-code.ts';
import { edited } from '../../src/notes/regions-fill.ts';
import { fileResolver } from '../../src/notes-files.ts';

const folder = fileURLToPath(new URL('../fixtures/notes', import.meta.url));
const memory = newMemory();
const fixture = (name: string): string => readFileSync(`${folder}/${name}`, 'utf8');

const filled = (text: string, file: string, options: EmbedOptions = {}): string => {
  const { edits, errors } = embed(text, file, { memory, ...options });
  expect(errors.map((e) => e.message)).toEqual([]);
  return edited(text, edits);
};
const inFolder = (name: string): EmbedOptions => ({ memory, ...fileResolver(folder, `${folder}/${name}`) });
const errorsOf = (found: Embedded): string[] => found.errors.map((e) => e.message);

/** What stands between comments of ours, by another way than the program's: both marks on lines of their own. */
const bare = (text: string): string =>
  text
    .replaceAll('\r\n', '\n')
    .replace(
      /^([ >]*)(<!-- chainrule(?:[^>]|\n)*?-->|\{\/\* chainrule[^}]*\*\/\}|% chainrule .*)\n[\s\S]*?^[ >]*(<!-- \/chainrule.*-->|\{\/\* \/chainrule.*\}|% \/chainrule.*)$/gm,
      '$1$2',
    );

describe.each([
  ['course.md', 11, 3],
  ['course.mdx', 2, 1],
  ['course.tex', 3, 1],
  ['course.qmd', 2, 1],
])('%s', (name, regions, inCode) => {
  const text = fixture(name);
  const after = filled(text, name, inFolder(name));

  test('each region is filled, and what is about regions is left alone', () => {
    const found = embed(text, name, inFolder(name));
    expect([found.regions, found.stale.length, found.inCode]).toEqual([regions, regions, inCode]);
    expect(after.match(/\/chainrule [0-9a-f]{8}(?: |$)/gm)).toHaveLength(regions);
  });

  test('outside of regions nothing changed', () => {
    expect(bare(after)).toBe(bare(text));
    expect(bare(text).split('\n').length).toBeLessThan(text.split('\n').length);
  });

  test('a second run finds nothing to do', () => {
    const { edits, stale, errors } = embed(after, name, inFolder(name));
    expect({ edits, stale, errors }).toEqual({ edits: [], stale: [], errors: [] });
  });

  test('with CRLF it is the same text with CRLF', () => {
    expect(filled(text.replaceAll('\n', '\r\n'), name, inFolder(name))).toBe(after.replaceAll('\n', '\r\n'));
  });

  test('its byte order mark and a last line without an end stay', () => {
    expect(filled(`\uFEFF${text.trimEnd()}`, name, inFolder(name))).toBe(`\uFEFF${after.trimEnd()}`);
  });
});

const BP3 = '\\frac{\\partial C}{\\partial b_j^l} = \\delta_j^l';
const ASKED = 'bp3 show=statement form=component';

describe('each host has its comments and its formulas', () => {
  test.each<[string, string | null, string, string]>([
    ['a.md', null, '<!-- # -->', `\n$$\n${BP3} \\tag{BP3}\n$$\n\n`],
    ['a.md', null, '%% # %%', `\n$$\n${BP3} \\tag{BP3}\n$$\n^eq-bp3\n\n`],
    ['a.md', null, '{/* # */}', `\n<a id="eq-bp3" />\n\n$$\n${BP3} \\tag{BP3}\n$$\n\n`],
    ['a.md', 'obsidian', '<!-- # -->', `\n$$\n${BP3} \\tag{BP3}\n$$\n^eq-bp3\n\n`],
    ['a.md', 'pandoc', '<!-- # -->', `\n[]{#eq-bp3}\n$$\n${BP3} \\qquad \\text{(BP3)}\n$$\n\n`],
    ['a.Rmd', null, '<!-- # -->', `\n[]{#eq-bp3}\n$$\n${BP3} \\qquad \\text{(BP3)}\n$$\n\n`],
    ['a.md', 'myst', '<!-- # -->', `\n\`\`\`{math}\n:label: eq-bp3\n:enumerator: BP3\n\n${BP3}\n\`\`\`\n\n`],
    ['a.qmd', null, '<!-- # -->', `\n$$\n${BP3}\n$$ {#eq-bp3}\n\n`],
    ['a.mdx', null, '{/* # */}', `\n<a id="eq-bp3" />\n\n$$\n${BP3} \\tag{BP3}\n$$\n\n`],
    ['a.tex', null, '% #', `\\begin{equation}\\label{eq:bp3}\\tag{BP3}\n${BP3}\n\\end{equation}\n`],
    ['a.html', null, '<!-- # -->', `<div class="equation" id="eq-bp3">\\[\n${BP3} \\tag{BP3}\n\\]</div>\n`],
    ['a.txt', 'vitepress', '<!-- # -->', `\n<a id="eq-bp3"></a>\n\n$$\n${BP3} \\tag{BP3}\n$$\n\n`],
  ])('%s for %s: %s', (file, host, comment, wanted) => {
    const [open, close] = [comment.replace('#', `chainrule ${ASKED}`), comment.replace('#', '/chainrule')];
    const after = filled(`${open}\n${close}\n`, file, host === null ? {} : { target: targetNamed(host) });
    const inner = after.slice(open.length + 1, after.indexOf(comment.replace(/#.*/, '/chainrule')));
    expect(inner).toBe(wanted);
    expect(filled(after, file, host === null ? {} : { target: targetNamed(host) })).toBe(after);
  });

  test('a region or the head says it for itself', () => {
    const region = `<!-- chainrule ${ASKED} for=quarto -->\n<!-- /chainrule -->\n`;
    expect(filled(region, 'a.md')).toContain('$$ {#eq-bp3}');
    const head = `---\nchainrule: {for: quarto}\n---\n<!-- chainrule ${ASKED} -->\n<!-- /chainrule -->\n`;
    expect(filled(head, 'a.md', { target: targetNamed('github') })).toContain('$$ {#eq-bp3}');
    expect(filled(head, 'a.txt')).toContain('$$ {#eq-bp3}');
  });

  test.each([
    [
      'a.mdx',
      null,
      '<!-- chainrule bp3 -->\n<!-- /chainrule -->',
      'a comment for mdx is {/* ... */}, not <!-- ... -->',
    ],
    [
      'a.qmd',
      null,
      '%% chainrule bp3 %%\n%% /chainrule %%',
      'a comment for quarto is <!-- ... -->, not %% ... %%',
    ],
    [
      'a.md',
      'myst',
      '{/* chainrule bp3 */}\n{/* /chainrule */}',
      'a comment for myst is <!-- ... -->, not {/* ... */}',
    ],
    [
      'a.md',
      null,
      '<!-- chainrule bp3 for=latex -->\n<!-- /chainrule -->',
      'a comment for latex is % ..., not <!-- ... -->',
    ],
  ])('in %s for %s another’s comment is refused', (file, host, text, sentence) => {
    const found = embed(`${text}\n`, file, host === null ? {} : { target: targetNamed(host) });
    expect(errorsOf(found)).toEqual([`${file}:1:1: ${sentence}`]);
  });

  test('a name that says nothing asks for --for', () => {
    expect(() => embed('', 'a.txt')).toThrow(
      "a.txt: its name doesn't say for which host it is; add --for with one of github, pandoc, quarto",
    );
  });

  test.each(['course.md', 'course.mdx', 'course.qmd'])(
    'what is written into %s, its host can read',
    (name) => {
      const after = filled(fixture(name), name, inFolder(name));
      const host = targetOfFile(name)!;
      const comments = targets.filter((t) => t.writer === host.writer).map((t) => t.comment);
      const { regions } = regionsOf(after, {
        file: name,
        comments,
        isCode: (lines) => codeLines(host, lines),
      });
      expect(regions.map((r) => faultsIn(host, r.lines.join('\n')))).toEqual(regions.map(() => []));
    },
  );
});

describe('what a region takes from its file', () => {
  const region = (what: string): string => `<!-- chainrule ${what} -->\n<!-- /chainrule -->\n`;

  test('the head names the network, and a region of its own another', () => {
    const head = '---\nchainrule: {network: 2-3-2}\n---\n';
    const after = filled(`${head}${region('show=numbers')}${region('show=numbers network=2-4-2')}`, 'a.md');
    const [, first = '', second = ''] = after.split('<!-- chainrule');
    expect([first.includes('w^2'), second.includes('w^2'), first === second]).toEqual([true, true, false]);
  });

  test('without a head the first region names it; show=none does nothing else', () => {
    const after = filled(`${region('network=2-3-2 show=none')}\n${region('show=numbers')}`, 'a.md');
    expect(after).toContain('<!-- chainrule network=2-3-2 show=none -->\n<!-- /chainrule 811c9dc5 -->\n');
    expect(after).toContain('w^3 &=');
    expect(filled(after, 'a.md')).toBe(after);
  });

  test('the second equation of a name has an id of its own', () => {
    const after = filled(region(ASKED).repeat(2), 'a.qmd');
    expect(after.match(/\{#.*\}/g)).toEqual(['{#eq-bp3}', '{#eq-bp3-2}']);
  });

  test('each region has its own line ends, and those around it stay', () => {
    const text = `a\r<!-- chainrule ${ASKED} -->\r\n<!-- /chainrule -->\nb\n<!-- chainrule ${ASKED} -->\n<!-- /chainrule -->\r\n`;
    const after = filled(text, 'a.md');
    expect(after.replace(/\/chainrule \w+/g, '/chainrule')).toBe(
      `a\r<!-- chainrule ${ASKED} -->\r\n\r\n$$\r\n${BP3} \\tag{BP3}\r\n$$\r\n\r\n<!-- /chainrule -->\nb\n` +
        `<!-- chainrule ${ASKED} -->\n\n$$\n${BP3} \\tag{BP3}\n$$\n\n<!-- /chainrule -->\r\n`,
    );
  });
});

describe('what is wrong', () => {
  const errors = (text: string, options: EmbedOptions = {}): string[] =>
    errorsOf(embed(text, 'notes.md', options));
  const region = (what: string, body = '', mark = ''): string =>
    `<!-- chainrule ${what} -->\n${body}<!-- /chainrule${mark} -->\n`;

  test('a change by hand is named with its place, and replaced by force alone', () => {
    const after = filled(`a\n\n${region(ASKED)}`, 'notes.md');
    const changed = after.replace('\\delta', '\\Delta');
    expect(errors(changed)).toEqual([
      'notes.md:3:1: the text of this region was changed by hand; --force replaces it',
    ]);
    expect(filled(changed, 'notes.md', { force: true })).toBe(after);
    expect(errors(region(ASKED, 'my own words\n'))).toEqual([
      "notes.md:1:1: the text of this region isn't chainrule's; --force replaces it",
    ]);
  });

  test('a region that asks for a picture is told that there are none', () => {
    expect(errorsOf(embed(region('figure=network network=2-3-2'), 'notes.md', inFolder('notes.md')))).toEqual(
      ['notes.md:1:1: there is only a picture here, and pictures are not embedded in place'],
    );
  });

  test('other attributes make a region stale; it is filled anew without force', () => {
    const after = filled(region(ASKED), 'notes.md');
    const { stale, errors: wrong } = embed(after.replace('bp3', 'bp4'), 'notes.md');
    expect([stale, wrong]).toEqual([['notes.md:1:1'], []]);
  });

  test('every fault of a file is named, at its words', () => {
    expect(
      errors(
        `a\n${region('bp2 form=matrx')}> <!-- chainrule bp7 -->\n> <!-- /chainrule -->\n${region('network=nothing.yaml')}${region('bp2 bp2x=1')}<!-- chainrule -->\n`,
      ),
    ).toEqual([
      'notes.md:10:1: this region is never closed; it wants a line <!-- /chainrule -->',
      'notes.md:2:20: unknown form "matrx"; did you mean "matrix"?',
      'notes.md:4:18: unknown target "bp7"; did you mean "bp1"?',
      'notes.md:6:16: there is no network "nothing.yaml"; there is general',
      expect.stringMatching(/^notes\.md:8:20: unknown key "bp2x"/),
    ]);
  });
});

test('the guide shows what is written', () => {
  const guide = readFileSync(fileURLToPath(new URL('../../docs/guide.md', import.meta.url)), 'utf8');
  const [, notes = ''] = /^<!-- week7\.md -->\n([\s\S]*?)^```$/m.exec(guide) ?? [];
  const [, shown = ''] = /^The first region now reads\n\n```text\n([\s\S]*?)^```$/m.exec(guide) ?? [];
  const after = filled(notes, 'week7.md', inFolder('week7.md'));
  expect(after.slice(after.indexOf('<!-- chainrule')).startsWith(shown) ? shown : after).toBe(shown);
});
