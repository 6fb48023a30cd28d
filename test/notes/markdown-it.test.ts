// The plugin for markdown-it: what an author writes, and what stands in the page.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import katex from 'katex';
import { describe, expect, onTestFinished, test } from 'vitest';
import chainrule from '../../src/markdown-it.ts';
import { notesFolder } from '../../src/notes-folder.ts';
import { bare, formulas, hosts, rendered, withPlugin } from './hosts-markdown-it.ts';

const fence = (info: string, body = ''): string => `\`\`\`${info}\n${body}\`\`\`\n`;

const PAGE = `---
title: Notes
chainrule: {network: 2-3-2}
---
# On {bp}\`bp1.lhs\`

${fence('chainrule', 'target: bp1\n')}
1. item

   ${fence('chainrule bp2 show=statement form=matrix').replace('\n', '\n   ')}
> :::chainrule bp3 numbers=0
> fallback
> :::

| a | {bp}\`delta[2][1]\` |
|---|---|
| $x$ | @eq-bp1 |

$$ L = 1 $$ {#eq-loss}

See [](#eq-bp2), [](#eq-loss), {bp}\`nothing\`.
`;

describe('a page', () => {
  test.each([false, undefined] as const)('is the same by every version, katex: %s', (typeset) => {
    const pages = hosts.map(([, make]) =>
      rendered(PAGE, make().use(chainrule, typeset === false ? { katex: false } : {})),
    );
    expect(pages[0]).toEqual(pages[2]);
    expect(pages[1]).toEqual(pages[2]);
    expect(pages[2]!.html).toContain('id="eq-bp1"');
  });

  test('has its formulas typeset by KaTeX where the host has nothing, read out in words', () => {
    const { html } = rendered('{bp}`bp1.lhs` and $x$', withPlugin({ katex }));
    expect(html.match(/<span class="katex"/g)).toHaveLength(2);
    expect(html).toContain('role="math" aria-label="delta');
    expect(html).not.toContain('{{');
  });

  test.each([
    ['form: matrix\ntarget: bp9\n', '3:9: unknown target "bp9"; did you mean "bp1"?'],
    ['target: bp1\nnotation: neilsen\n', '3:11: unknown notation "neilsen"; did you mean "nielsen"?'],
    ['target: bp1\nnetwork: gneral\n', '3:10: there is no network "gneral"; did you mean "general"?'],
    ['target: dC/dq[l]\nform: matrix\n', '2:13: unknown tensor "q"; there is x, y, w, b, z, a, delta, C'],
  ])('says of an attribute that nothing is called so where its value stands: %j', (body, expected) => {
    const { diagnostics } = rendered(fence('chainrule', body), withPlugin({ katex: false }));
    expect(diagnostics.map((d) => `${d.line}:${d.column}: ${d.message}`)).toEqual([expected]);
  });

  test('has the commas of its language in a card', () => {
    const card = (lang: string): string =>
      rendered(fence(`chainrule show=card lang=${lang}`), withPlugin({ katex: false })).html;
    expect(card('zh')).toMatch(/输出层误差，<span/);
    expect(card('zh')).not.toContain(', <span');
    expect(card('en')).toMatch(/output layer, <span/);
  });

  test('says formulas of headings once: hosts make contents of a heading’s text', () => {
    const md = withPlugin({ katex });
    const text = (html: string): string =>
      html
        .replace(/<[^>]*>/g, '')
        .replace(/\u200b/g, '')
        .trim();
    expect(text(rendered('## Layer $2$', md).html)).toBe('Layer 2');
    expect(rendered('## Layer $2$', md).html).toContain('role="math" aria-label="2"');
    expect(text(rendered('Layer $2$', md).html)).not.toBe('Layer 2');
  });

  test('has no template marks, however braces meet', () => {
    for (const md of [withPlugin(), withPlugin({ katex })]) {
      const { html } = rendered('$\\frac{{a}}{{b}}$\n\n$$ {#1} {{x}} $$ {#eq-x}\n\n{bp}`{{x}}`', md);
      expect(html).not.toMatch(/\{\{|\{%|\{#/);
    }
  });

  test('says what was wrong, where, and in a box', () => {
    const { html, diagnostics } = rendered(PAGE);
    const line = PAGE.split('\n').findIndex((l) => l.includes('nothing')) + 1;
    expect(diagnostics).toEqual([
      { line, column: 32, message: expect.stringMatching(/^unknown target "nothing"/) },
    ]);
    expect(html).toContain(`<span class="chainrule-error" role="note">notes.md:${line}:32: unknown target`);
  });
});

describe('fences', () => {
  const statement = (text: string): string[] => formulas(rendered(text).html);
  const wanted = ["\\delta^L = \\nabla_a C \\odot \\sigma'(z^L) \\qquad l = L \\tag{BP1}"];

  test.each([
    ['a body of YAML', fence('chainrule', 'target: bp1\nshow: statement\nform: matrix\n')],
    ['a line', fence('chainrule bp1 show=statement form=matrix')],
    ['a line in braces', fence('chainrule {target=bp1 show=statement form=matrix}')],
    ['tildes', '~~~chainrule bp1 show=statement form=matrix\n~~~\n'],
    ['both', fence('chainrule bp1 form=matrix', 'show: statement\n')],
    ['a directive', fence('{chainrule} bp1', ':show: statement\n:form: matrix\n')],
    ['attributes', fence('{.chainrule target=bp1 show=statement form=matrix}')],
    ['a container', ':::chainrule bp1 show=statement form=matrix\nanything\n:::\n'],
    ['a spaced container', '::: {.chainrule target=bp1 show=statement form=matrix}\nanything\n:::\n'],
    ['a container of options', ':::{chainrule} bp1\n:show: statement\n:form: matrix\n:::\n'],
  ])('%s', (_, text) => {
    expect(statement(text)).toEqual(wanted);
  });

  test('in a list and in a quotation', () => {
    expect(statement('- item\n\n  ```chainrule bp1 show=statement form=matrix\n  ```\n')).toEqual(wanted);
    expect(statement('> ```chainrule\n> target: bp1\n> show: statement\n> form: matrix\n> ```\n')).toEqual(
      wanted,
    );
  });

  test('whose attributes a plugin has taken off', () => {
    const md = withPlugin();
    md.core.ruler.before('chainrule', 'takes-attributes', ({ tokens }) => {
      for (const token of tokens)
        if (token.type === 'fence')
          Object.assign(token, {
            info: '',
            map: null,
            attrs: [
              ['class', 'chainrule'],
              ['target', 'bp1'],
              ['show', 'statement'],
              ['form', 'matrix'],
            ],
          });
    });
    expect(formulas(rendered('\n\n```{.chainrule target=bp1}\n```\n', md).html)).toEqual(wanted);
  });

  test("of somebody else's stay", () => {
    for (const text of [
      fence('chainrules bp1'),
      fence('js', 'chainrule\n'),
      fence('', 'chainrule\n'),
      '    ```chainrule\n',
      ':::note\nx\n:::\n',
    ])
      expect(rendered(text)).toEqual({ html: bare(text), diagnostics: [] });
  });

  test('that are wrong harm nothing around them', () => {
    const before = '# Before\n\ntext *with* `code`\n\n- list\n\n';
    const after = '\n## After\n\n| a |\n|---|\n| $5 |\n\n[link](x)\n';
    for (const broken of [
      fence('chainrule bp9'),
      fence('chainrule', 'a: [\n'),
      fence('chainrule', 'target: 1: 2\n'),
      ':::chainrule bp9\n*x*\n:::\n',
      ':::chainrule bp1\n',
    ]) {
      const { html, diagnostics } = rendered(before + broken + after);
      expect(diagnostics).toHaveLength(1);
      expect(diagnostics[0]!.line).toBeGreaterThanOrEqual(7);
      const box = /<div class="chainrule-error" role="note">[^<]*<\/div>\n/;
      expect(html).toMatch(box);
      expect(html.replace(box, '')).toBe(bare(before + after));
    }
  });

  test('with an error have its own line and column', () => {
    expect(rendered(fence('chainrule', 'target: bp2\nform: matrx\n')).diagnostics).toEqual([
      { line: 3, column: 7, message: 'unknown form "matrx"; did you mean "matrix"?' },
    ]);
    expect(rendered('\n\n> ```chainrule bp1 form=x\n> ```\n').diagnostics[0]).toMatchObject({
      line: 3,
      column: 20,
    });
  });
});

describe('the head', () => {
  const lhs = (head: string): string[] => formulas(rendered(`${head}{bp}\`bp1.lhs\`\n`).html);

  test('says what holds for the page, and is swallowed', () => {
    expect(lhs('---\nchainrule:\n  notation: ng\n---\n')).toEqual(['dZ_{ji}^{[L]}']);
    expect(rendered('---\nchainrule: {notation: ng}\n---\ntext').html).toBe('<p>text</p>\n');
  });

  test('without anything of ours is the host’s', () => {
    const text = '---\ntitle: x\n---\ntext\n';
    expect(rendered(text).html).toBe(bare(text));
  });

  test('that the host has read holds, too', () => {
    const html = withPlugin().render('{bp}`bp1.lhs`', { frontmatter: { chainrule: { notation: 'ng' } } });
    expect(formulas(html)).toEqual(['dZ_{ji}^{[L]}']);
  });

  test('that Eleventy hands over holds, too, and stays in its data', () => {
    const data = { chainrule: { notation: 'ng' }, page: { inputPath: './notes/week1.md' } };
    const html = withPlugin().render('{bp}`bp1.lhs` {bp}`oops`', data);
    expect(formulas(html)).toEqual(['dZ_{ji}^{[L]}']);
    expect(html).toContain('>./notes/week1.md:1:15: unknown target');
    expect(data.chainrule).toMatchObject({ notation: 'ng', diagnostics: [{ line: 1, column: 15 }] });
  });

  test('of a plugin for front matter is read and left to it', () => {
    const md = withPlugin();
    md.core.ruler.before('chainrule', 'front', (state) => {
      const token = new state.Token('front_matter', '', 0);
      Object.assign(token, { meta: 'chainrule: {notation: ng}', hidden: true, map: [0, 3] });
      state.tokens.unshift(token);
    });
    md.renderer.rules.front_matter = () => '';
    expect(formulas(rendered('{bp}`bp1.lhs`', md).html)).toEqual(['dZ_{ji}^{[L]}']);
  });

  test('that is wrong is a box at the top', () => {
    const { html, diagnostics } = rendered('---\nchainrule: {notaton: ng}\n---\ntext\n');
    expect(diagnostics).toEqual([
      { line: 2, column: 13, message: expect.stringMatching(/did you mean "notation"/) },
    ]);
    expect(html).toMatch(/^<div class="chainrule-error"[\s\S]*<p>text<\/p>\n$/);
  });

  test('does not reach into another page', () => {
    const md = withPlugin();
    rendered('---\nchainrule: {notation: ng}\n---\n', md);
    expect(formulas(rendered('{bp}`bp1.lhs`', md).html)).toEqual(['\\delta_j^L']);
  });
});

describe('roles', () => {
  test('are formulas; other roles and code stay', () => {
    expect(formulas(rendered('{bp}`bp1.lhs`, {bp}`` bp1.lhs ``').html)).toEqual([
      '\\delta_j^L',
      '\\delta_j^L',
    ]);
    for (const text of [
      '{ref}`x`',
      '`{bp}` `x`',
      '`` {bp}`bp1` ``',
      '{bp} `bp1`',
      '\\{bp}`bp1`',
      '{bp}`bp1',
      '{bp}```',
    ])
      expect(rendered(text).html).toBe(bare(text));
  });

  test('in a heading, a list, a table and emphasis', () => {
    const text = '# {bp}`bp1.lhs`\n\n- **{bp}`bp1.lhs`**\n\n| {bp}`bp1.lhs` |\n|---|\n| {bp}`bp1.lhs` |\n';
    expect(formulas(rendered(text).html)).toHaveLength(4);
  });

  test('give numbers of a network', () => {
    expect(formulas(rendered('{bp}`delta[2][1] network=2-3-2 digits=2`').html)).toEqual(['0.0024']);
  });

  test('of a long paragraph are complained of where they stand', () => {
    const { diagnostics } = rendered('- first\n  second\n  and {bp}`bp9`\n');
    expect(diagnostics).toMatchObject([{ line: 3, column: 7 }]);
  });
});

describe('dollars', () => {
  test.each([
    ['$x$', ['x']],
    ['a$x$b, $n$th', ['x', 'n']],
    ['$x_1$ and $y_2$.', ['x_1', 'y_2']],
    ['$`a_b`$', ['a_b']],
    ['$\\$5$', ['\\$5']],
    ['$$x$$ in a line', ['x']],
    ['text $$\nx\n$$ text', ['x']],
    ['$$\nx\n$$', ['x']],
    ['$$ x\n= y $$', ['x\n= y']],
    ['> $$\n> x\n> $$', ['x']],
    ['text\n$$\nx\n$$\ntext', ['x']],
  ])('%j', (text, wanted) => {
    expect(formulas(rendered(text).html)).toEqual(wanted);
  });

  test.each([
    '$5 and $10',
    '$5-$10',
    'US$5 and US$10',
    '$ x $',
    '$x $',
    '$ x$',
    '\\$x\\$',
    '`$x$`',
    '``$x$``',
    '$5 `a$b`',
    '$x\n\ny$',
    '$',
    '$$',
    '$$$',
    '$$$$',
    '    $$\n    x\n    $$',
    '$$\nx\n\ny\n$$',
    '```\n$$\nx\n$$\n```',
    '$1,$2,$3',
    '$$ $$',
    '[$5](a) [$6](b)',
    'a[^1] and $5[^2]\n\n[^1]: costs $3',
  ])('%j is text', (text) => {
    expect(rendered(text).html).toBe(bare(text));
  });

  test('are left to a host that reads them itself, before or after', () => {
    const host = (md: Parameters<typeof chainrule>[0]): void => {
      md.renderer.rules.math_inline = (tokens, i) => `<host>${tokens[i]?.content}</host>`;
      md.renderer.rules.math_block = (tokens, i) => `<hosts>${tokens[i]?.content}</hosts>\n`;
    };
    const text = '$x$ {bp}`bp1.lhs`\n\n$$ y $$\n\n$$ z $$ {#eq-z}\n';
    const first = hosts[2]![1]();
    host(first);
    const last = withPlugin();
    host(last);
    for (const md of [first.use(chainrule), last])
      expect(rendered(text, md).html).toBe(
        '<p>$x$ <host>\\delta_j^L</host></p>\n<p>$$ y $$</p>\n<div class="chainrule-equation" id="eq-z">\n<hosts>z \\tag{1}</hosts>\n</div>\n',
      );
  });

  test('that can’t be typeset are complained of', () => {
    const { html, diagnostics } = rendered('fine\nand $\\frac$', withPlugin({ katex }));
    expect(diagnostics).toMatchObject([{ line: 2, column: 5 }]);
    expect(html).toContain(
      '<span class="chainrule-error" role="note">notes.md:2:5: \\frac can\'t be typeset',
    );
  });
});

describe('numbered equations', () => {
  test('and references to them, forwards too', () => {
    const { html, diagnostics } = rendered(
      'By @eq-bp1, @eq-b and [](#eq-a).\n\n$$ a $$ {#eq-a}\n\n$$\nb\n$$ (eq-b)\n\n```chainrule bp1 show=statement\n```\n\nSee [the loss](#eq-a), [](#other).\n',
    );
    expect(diagnostics).toEqual([]);
    expect(html).toContain(
      '<p>By <a href="#eq-bp1">(BP1)</a>, <a href="#eq-b">(2)</a> and <a href="#eq-a">(1)</a>.</p>',
    );
    expect(html).toContain('<a href="#eq-a">the loss</a>, <a href="#other"></a>');
    expect(formulas(html).filter((f) => f.includes('\\tag'))).toHaveLength(3);
  });

  test('have the number of their own \\tag, or one that their author names', () => {
    const { html } = rendered(
      '$$ a \\tag{3.1} $$ {#eq-a}\n\n```chainrule dC/dx show=statement id=eq-mine\n```\n\n@eq-a @eq-mine',
    );
    expect(html).toContain('<p><a href="#eq-a">(3.1)</a> <a href="#eq-mine">(1)</a></p>');
    expect(formulas(html)[0]).toBe('a \\tag{3.1}');
  });

  test('that there are not stay visible', () => {
    const { html, diagnostics } = rendered('$$ a $$ {#eq-loss}\n\nBy @eq-los and [](#eq-x).');
    expect(html).toContain('>@eq-los</span>');
    expect(html).toContain('>#eq-x</span>');
    expect(diagnostics.map((d) => d.message)).toEqual([
      'there is no equation "eq-los"; did you mean "eq-loss"?',
      expect.stringMatching(/^there is no equation "eq-x"/),
    ]);
  });

  test('named by their author have their name, whatever pieces there are', () => {
    const { html, diagnostics } = rendered(
      '```chainrule show=network\n```\n\n$$ C $$ {#eq-loss}\n\n@eq-loss',
    );
    expect(diagnostics).toEqual([]);
    expect(html.match(/ id="eq-loss(-2)?"/g)).toEqual([' id="eq-loss-2"', ' id="eq-loss"']);
  });

  test('twice of a name are complained of', () => {
    const { diagnostics } = rendered('$$ a $$ {#eq-a}\n\n$$ b $$ {#eq-a}\n');
    expect(diagnostics).toMatchObject([{ line: 3, message: 'another formula has the name eq-a already' }]);
  });

  test('are not in addresses, nor in words', () => {
    for (const text of ['me@eq-mail.org', '`@eq-a`', 'a/@eq-x', '[x](#eq-y)'])
      expect(rendered(text)).toEqual({ html: bare(text), diagnostics: [] });
  });
});

describe('networks', () => {
  const files: Readonly<Record<string, string>> = {
    'mlp.yaml': 'layers: [2, 4, 1]\n',
    'own.yaml': 'layers: [2, 1]\nactivation: z^3\n',
  };
  const options = {
    resolve: (name: string) => (Object.hasOwn(files, name) ? { text: files[name]!, fileName: name } : null),
    known: () => Object.keys(files),
  };

  test('are found by the host', () => {
    const { html } = rendered('```chainrule\nnetwork: mlp.yaml\nshow: network\n```\n', withPlugin(options));
    expect(html).toContain('<td style="text-align:right">4</td>');
  });

  test('that there are not are complained of with the nearest', () => {
    const { diagnostics } = rendered('```chainrule bp1 network=mpl.yaml\n```\n', withPlugin(options));
    expect(diagnostics[0]!.message).toBe('there is no network "mpl.yaml"; did you mean "mlp.yaml"?');
  });

  test('get the host’s env', () => {
    const seen: unknown[] = [];
    const md = withPlugin({
      resolve: (...asked) => {
        seen.push(asked);
        return null;
      },
    });
    const env = { relativePath: 'a/b.md' };
    md.render('```chainrule bp1 network=x\n```\n', env);
    expect(seen).toEqual([['x', 'network', env]]);
    expect(Reflect.get(env, 'chainrule')).toMatchObject({ diagnostics: [{ line: 1 }] });
  });

  test('are found in a folder, with the package’s pictures', () => {
    const { html, diagnostics } = rendered(
      '```chainrule\nnetwork: 2-3-2\nfigure: bp2\n```\n\n```chainrule bp1 network=../outside.yaml\n```\n',
      withPlugin(notesFolder('test/notes')),
    );
    expect(html).toMatch(/<figure id="[\w-]+">\n<svg [\s\S]*<\/svg>\n<figcaption>/);
    expect(diagnostics).toMatchObject([
      { line: 6, message: expect.stringContaining('lies outside the folder') },
    ]);
  });

  test('and complaints are found in the file, where the host has taken its head off', () => {
    const folder = mkdtempSync(join(tmpdir(), 'chainrule-test-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, 'page.md'), '---\ntitle: x\n---\n{bp}`oops`\n');
    const md = withPlugin(notesFolder(folder));
    for (const [env, line] of [
      [{ relativePath: 'page.md', frontmatter: {} }, 4],
      [{ path: join(folder, 'page.md'), frontmatter: {} }, 4],
      [{ relativePath: 'page.md' }, 1],
      [{ relativePath: '../../page.md', frontmatter: {} }, 1],
    ] as const) {
      const html = md.render('{bp}`oops`', env);
      expect(html).toContain(`page.md:${line}:1: unknown target`);
      expect(env).toMatchObject({ chainrule: { diagnostics: [{ line, column: 1 }] } });
    }
  });

  test('whose finder throws are a complaint', () => {
    const md = withPlugin({
      resolve: () => {
        throw new TypeError('oops');
      },
    });
    expect(rendered('```chainrule bp1 network=x\n```\n', md).diagnostics[0]!.message).toContain('oops');
  });
});
