// Managed regions of a text: which comments are one, what is written into it, and that nothing else of the text changes.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { targetNamed, targets } from '../../src/formats/targets.ts';
import { readBack } from '../../src/notes/embed.ts';
import { type Regions, type RegionsOptions, regionsOf } from '../../src/notes/regions.ts';
import { codeLines } from '../../src/notes/regions-code.ts';
import { edited, fillingOf, markOf } from '../../src/notes/regions-fill.ts';
import { linesOf } from '../../src/notes/regions-lines.ts';

const scanning = (host = 'github'): RegionsOptions => ({
  file: 'notes.md',
  comments: targets.filter((t) => t.writer === targetNamed(host).writer).map((t) => t.comment),
  isCode: (lines) => codeLines(targetNamed(host), lines),
});
const scan = (text: string, host?: string): Regions => regionsOf(text, scanning(host));
const noCode = (text: string): Regions => regionsOf(text, { ...scanning(), isCode: () => [] });

const filled = (text: string, content: readonly string[], read = scan): string =>
  edited(
    text,
    read(text).regions.flatMap((region) => fillingOf(text, region, content, true).edits),
  );

/** A text without what stands in its regions and without their marks. */
const around = (text: string, read = scan): string =>
  edited(
    text,
    read(text).regions.flatMap(({ body, markAt }) => [
      { ...body, text: '' },
      { ...markAt, text: '' },
    ]),
  );

const errorsOf = (text: string, host?: string): string[] => scan(text, host).errors.map((e) => e.message);

describe('properties', () => {
  const ODD =
    '|> quoted|- item|1. one|```|~~~|    code|\tcode|$5 and $6|中文，句子。|<pre>|</pre>|%%|{/* x */}|`|<!-- mine -->|<!--|-->|---|# head|| a | b ||\\|\0|\u2028|\uFEFF'
      .split('|')
      .concat('$$', '| a | b |');
  const line = fc.oneof(
    fc.constantFrom(...ODD),
    fc.string({ unit: 'binary', maxLength: 30 }).map((s) => s.replace(/[\r\n]|chainrule/g, '')),
  );
  const ending = fc.constantFrom('\n', '\r\n', '\r');
  const lines = fc
    .array(fc.tuple(line, ending), { maxLength: 6 })
    .map((all) => all.map(([text, end]) => text + end).join(''));
  const prefix = fc.constantFrom('', '  ', '> ', '>> ', '- ', '3. ', ' > ');
  const content = fc.array(
    fc.string({ maxLength: 30 }).map((s) => s.replace(/[\r\n]|chainrule/g, '').trimEnd()),
    { maxLength: 5 },
  );
  const region = fc.record({ before: lines, prefix, ends: fc.tuple(ending, ending) });
  const page = fc.record({
    bom: fc.constantFrom('', '\uFEFF'),
    regions: fc.array(region, { maxLength: 4 }),
    after: line,
  });

  test('the lines of a text put together are the text', () => {
    fc.assert(
      fc.property(lines, fc.constantFrom('', '\uFEFF'), line, (text, bom, last) => {
        const whole = bom + text + last;
        const all = linesOf(whole);
        const mark = whole.slice(0, all[0]?.start ?? whole.length);
        expect(mark + all.map((l) => l.text + l.ending).join('')).toBe(whole);
        expect(mark).toBe(whole.startsWith('\uFEFF') ? '\uFEFF' : '');
      }),
    );
  });

  test('what is outside of regions stays to the byte, whatever the line ends', () => {
    fc.assert(
      fc.property(page, content, ({ bom, regions, after }, said) => {
        const write = (first: string, inner: (p: string, end: string) => string, mark: string): string =>
          bom +
          regions
            .map(({ before, prefix: p, ends: [one, two] }) => {
              const rest = p.replace(/[^\s>]/g, ' ');
              return `${before}${p}<!-- chainrule ${first} -->${one}${inner(rest, one)}${rest}<!-- /chainrule${mark} -->${two}`;
            })
            .join('') +
          after;
        const framed = said.length === 0 ? [] : ['', ...said, ''];
        const wanted = write(
          'bp2',
          (p, end) => framed.map((l) => (p + l).trimEnd() + end).join(''),
          ` ${markOf(said)}`,
        );
        expect(
          filled(
            write('bp2', () => '', ''),
            said,
            noCode,
          ),
        ).toBe(wanted);
        expect(filled(wanted, said, noCode)).toBe(wanted);
      }),
    );
  });

  test('so it does where code opens and closes anywhere, and a second run changes nothing', () => {
    fc.assert(
      fc.property(page, fc.array(fc.constantFrom('a', '', '> b', '# c'), { maxLength: 4 }), (p, said) => {
        const text =
          p.bom +
          p.regions.map((r) => `${r.before}\n<!-- chainrule bp2 -->\n<!-- /chainrule -->\n`).join('') +
          p.after;
        const { regions, inCode } = scan(text);
        expect(regions.length + inCode).toBe(p.regions.length);
        const once = filled(text, said);
        expect(around(once)).toBe(around(text));
        expect(filled(once, said)).toBe(once);
      }),
    );
  });

  test('a change of any sign of what was written is seen', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, maxLength: 40 }),
        fc.nat(),
        fc.string({ minLength: 1, maxLength: 1 }),
        (s, at, sign) => {
          const said = s.replace(/[\r\n]|chainrule/g, 'x');
          const i = at % said.length;
          const other = said.slice(0, i) + sign + said.slice(i + 1);
          fc.pre(
            said.trim() !== '' &&
              other.trim() !== '' &&
              other.trimEnd() !== said.trimEnd() &&
              !/[\r\n]/.test(other),
          );
          const text = filled('<!-- chainrule bp2 -->\n<!-- /chainrule -->\n', [said], noCode);
          const changed = text.replace(`\n${said.trimEnd()}\n`, () => `\n${other}\n`);
          const [found] = noCode(changed).regions;
          expect(fillingOf(changed, found!, [said], true).state).toBe('changed');
          expect(fillingOf(changed, found!, ['new'], true).state).toBe('changed');
        },
      ),
    );
  });
});

describe('what may be replaced', () => {
  const state = (text: string, content = ['new']): string =>
    fillingOf(text, scan(text).regions[0]!, content, true).state;
  const of = (content: string, mark: string): string =>
    `<!-- chainrule bp2 -->\n${content}<!-- /chainrule${mark} -->\n`;
  const old = ` ${markOf(['old'])}`;

  test.each([
    ['an empty region', of('', ''), 'stale'],
    ['a region somebody emptied', of('\n  \n', old), 'stale'],
    ['what was written before', of('\nold\n\n', old), 'stale'],
    ['the same with other white space around', of('\n\n  \nold   \n', old), 'stale'],
    ['text of somebody else', of('mine\n', ''), 'foreign'],
    ['a changed word', of('\nold words\n\n', old), 'changed'],
    ['a line more', of('\nold\nand more\n\n', old), 'changed'],
    ['a line set in', of('\n  old\n\n', old), 'changed'],
    ['what is wanted, with another mark', of('\nnew\n\n', old), 'stale'],
    ['what is wanted, without a mark', of('\nnew\n\n', ''), 'stale'],
    ['what is wanted', of('\nnew\n\n', ` ${markOf(['new'])}`), 'fresh'],
  ])('%s', (_, text, wanted) => {
    expect(state(text)).toBe(wanted);
  });

  test('a region that was moved into a list is what was written', () => {
    const moved = `- item\n\n  <!-- chainrule bp2 -->\n\n  old\n\n  <!-- /chainrule${old} -->\n`;
    expect(state(moved)).toBe('stale');
  });

  test('the mark of a text is for ever', () => {
    expect([markOf([]), markOf(['old']), markOf(['', 'a  ', 'δ', ''])]).toEqual([
      '811c9dc5',
      'bd2b9bd6',
      markOf(['a', 'δ']),
    ]);
  });
});

describe('comments', () => {
  test.each([
    ['github', '<!-- chainrule bp2 form=both -->', '<!-- /chainrule -->'],
    ['github', '<!--chainrule bp2 form=both-->', '<!--/chainrule-->'],
    ['mdx', '{/* chainrule bp2 form=both */}', '{/* /chainrule */}'],
    ['obsidian', '%% chainrule bp2 form=both %%', '%% /chainrule %%'],
    ['latex', '% chainrule bp2 form=both', '% /chainrule'],
    ['latex', '%%chainrule bp2 form=both', '%%/chainrule'],
    ['html', '<!-- chainrule bp2 form=both -->', '<!-- /chainrule -->'],
  ])('in %s: %s', (host, open, close) => {
    const { regions, errors } = scan(`a\n  ${open}  \n  ${close}\nb\n`, host);
    expect(errors).toEqual([]);
    expect(regions.map((r) => [r.attributes.trim(), r.place.line, r.place.column])).toEqual([
      ['bp2 form=both', 2, 3],
    ]);
  });

  test('attributes may take several lines, and words keep their columns', () => {
    const [region] = scan('> <!-- chainrule bp2\n>   form=both -->\n> <!-- /chainrule -->\n').regions;
    expect(region?.attributes).toBe(' bp2\n    form=both ');
    expect(region?.body.from).toBe(region?.body.to);
  });

  test.each([
    ['a fence', '```html\n<!-- chainrule bp2 -->\n<!-- /chainrule -->\n```\n'],
    ['a fence in a fence', '~~~~\n```\n~~~\n<!-- chainrule bp2 -->\n<!-- /chainrule -->\n~~~~\n'],
    ['a fence that never ends', 'a\n\n```\n<!-- chainrule bp2 -->\n'],
    ['a fence in a list', '- a\n\n  ```\n  <!-- chainrule bp2 -->\n  ```\n'],
    ['a fence in a quotation', '> ```\n> <!-- chainrule bp2 -->\n> ```\n'],
    ['indented code', 'a\n\n    <!-- chainrule bp2 -->\n    <!-- /chainrule -->\n'],
    ['indented code by a tab', 'a\n\n\t<!-- chainrule bp2 -->\n'],
    ['a block of <pre>', '<pre>\n\n<!-- chainrule bp2 -->\n</pre>\n'],
  ])('%s is code: nothing there is ours', (_, text) => {
    expect(scan(text)).toEqual({ regions: [], errors: [], inCode: 1 });
  });

  test.each([
    ['a list whose text is set in by four', '1.  a\n\n    <!-- chainrule bp2 -->\n    <!-- /chainrule -->\n'],
    ['a quotation', '> <!-- chainrule bp2 -->\n> <!-- /chainrule -->\n'],
    ['the line of a list mark', '- <!-- chainrule bp2 -->\n  <!-- /chainrule -->\n'],
    ['behind a closed fence', '```\n```\n<!-- chainrule bp2 -->\n<!-- /chainrule -->\n'],
  ])('%s is no code', (_, text) => {
    const { regions, errors } = scan(text);
    expect([regions.length, errors]).toEqual([1, []]);
  });

  test('MDX knows no indented code', () => {
    expect(scan('a\n\n    {/* chainrule bp2 */}\n    {/* /chainrule */}\n', 'mdx').regions).toHaveLength(1);
  });

  test.each(['verbatim', 'lstlisting', 'minted', 'Verbatim*', 'comment'])('LaTeX’s %s is code', (name) => {
    const text = `% \\begin{${name}}\n\\begin{${name}}\n% chainrule bp2\n\\end{${name}}\n% chainrule bp1\n% /chainrule\n`;
    const { regions, inCode, errors } = scan(text, 'latex');
    expect([regions.map((r) => r.place.line), inCode, errors]).toEqual([[5], 1, []]);
  });

  test.each([
    ['`<!-- chainrule bp2 -->` in words'],
    ['`` <!-- chainrule `bp2` --> ``'],
    ['<!-- chainrules bp2 -->'],
    ['<!-- chainrule.org -->'],
    ['<!-- see chainrule bp2 -->'],
    ['chainrule bp2'],
    ['&lt;!-- chainrule bp2 --&gt;'],
  ])('%s is no mark', (text) => {
    expect(scan(`${text}\n`)).toEqual({ regions: [], errors: [], inCode: 0 });
  });

  test('a remark behind words of LaTeX is no mark', () => {
    expect(scan('words % chainrule bp2\n50\\% chainrule\n- % chainrule bp2\n', 'latex').regions).toEqual([]);
    expect(errorsOf('words % chainrule bp2\n', 'latex')).toEqual([]);
  });
});

describe('what is wrong', () => {
  test.each([
    [
      'a region that is never closed',
      'a\n\n<!-- chainrule bp2 -->\nb\n',
      ['notes.md:3:1: this region is never closed; it wants a line <!-- /chainrule -->'],
    ],
    [
      'one within another',
      '<!-- chainrule bp2 -->\n<!-- chainrule bp1 -->\n<!-- /chainrule -->\n',
      [
        'notes.md:1:1: this region is never closed; it wants a line <!-- /chainrule -->; another begins on line 2',
      ],
    ],
    [
      'an end without a beginning',
      'a\n  <!-- /chainrule 12ab34 -->\n',
      ["notes.md:2:3: a region ends here that doesn't begin anywhere"],
    ],
    [
      'words behind the mark',
      '<!-- chainrule bp2 --> and words\n',
      ['notes.md:1:1: the comments of a region stand on lines of their own'],
    ],
    [
      'words before it',
      'words <!-- chainrule bp2 -->\n',
      ['notes.md:1:7: the comments of a region stand on lines of their own'],
    ],
    [
      'a comment that never ends',
      '<!-- chainrule bp2\n\n',
      ['notes.md:1:1: this comment never ends; it wants a -->'],
    ],
    [
      'a mark by hand',
      '<!-- chainrule bp2 -->\n<!-- /chainrule bp2 -->\n',
      ['notes.md:2:1: write <!-- /chainrule --> here; chainrule puts its mark in by itself'],
    ],
    [
      'another comment at the end',
      '<!-- chainrule bp2 -->\n%% /chainrule %%\n',
      ['notes.md:2:1: the region of line 1 ends with <!-- /chainrule -->'],
    ],
    [
      'an end that code has swallowed',
      '<!-- chainrule bp2 -->\n```\n<!-- /chainrule -->\n',
      ['notes.md:1:1: this region is never closed; it wants a line <!-- /chainrule -->'],
    ],
  ])('%s', (_, text, wanted) => {
    expect(errorsOf(text)).toEqual(wanted);
  });

  test('LaTeX says so in its own comments', () => {
    expect(errorsOf('% chainrule bp2\n', 'latex')).toEqual([
      'notes.md:1:1: this region is never closed; it wants a line % /chainrule',
    ]);
  });
});

describe('what is written is read back', () => {
  const text = '<!-- chainrule bp2 -->\n<!-- /chainrule -->\n\n<!-- chainrule bp1 -->\n<!-- /chainrule -->\n';
  const fault = (content: readonly string[]): string[] =>
    readBack(filled(text, content), scan(text).regions, scanning()).map((e) => e.message);

  test('a text that stays in its region', () => {
    expect(fault(['$$', 'x', '$$'])).toEqual([]);
  });

  test.each([
    ['ends its region', ['a', '<!-- /chainrule -->', 'b']],
    ['begins another', ['<!-- chainrule bp1 -->']],
    ['opens code over its end', ['```', 'a']],
  ])('a text that %s', (_, content) => {
    expect(fault(content)).toEqual([
      'notes.md:1:1: what would be written here would end the region too early',
    ]);
  });
});

test('a hostile text is gone through once', () => {
  const many = 30_000;
  for (const piece of [
    '<!-- chainrule bp2 -->\n',
    '<!-- chainrule\n',
    '> '.repeat(3),
    '`<!-- chainrule ',
    '- '.repeat(20),
    '{/* chainrule */}\n',
  ])
    expect(scan(piece.repeat(many / piece.length)).regions).toEqual([]);
});
