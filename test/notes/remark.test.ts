// The plugin for remark in the real hosts: unified with remark-rehype and KaTeX, remark-stringify, MDX.

import { readFileSync } from 'node:fs';
import rehypeKatex from 'rehype-katex';
import rehypeStringify from 'rehype-stringify';
import remarkDirective from 'remark-directive';
import remarkFrontmatter from 'remark-frontmatter';
import remarkGfm from 'remark-gfm';
import remarkMath from 'remark-math';
import remarkMdx from 'remark-mdx';
import remarkParse from 'remark-parse';
import remarkRehype from 'remark-rehype';
import remarkStringify from 'remark-stringify';
import { unified } from 'unified';
import { describe, expect, test } from 'vitest';
import remarkChainrule, { type RemarkOptions } from '../../src/remark.ts';

const folder = 'test/fixtures/notes';
const path = `${folder}/page.md`;

/** A file's messages as a host prints them. */
const messagesOf = (file: { messages: readonly { toString(): string }[] }): string[] =>
  file.messages.map(String);

/** What a site makes of a page: Markdown with formulas, set by KaTeX. */
const site = (options: RemarkOptions = {}) =>
  unified()
    .use(remarkParse)
    .use(remarkFrontmatter)
    .use(remarkGfm)
    .use(remarkDirective)
    .use(remarkMath)
    .use(remarkChainrule, options)
    .use(remarkRehype)
    .use(rehypeKatex, { strict: 'error' })
    .use(rehypeStringify)
    .freeze();
const usual = site();

async function page(value: string, options?: RemarkOptions, data: Readonly<Record<string, unknown>> = {}) {
  const processor = options === undefined ? usual : site(options);
  const file = await processor.process({ path, value, data });
  return { html: String(file), messages: messagesOf(file) };
}

/** The LaTeX of the formulas in a page, as KaTeX annotates it. */
const formulas = (html: string): string[] =>
  [...html.matchAll(/<annotation encoding="application\/x-tex">(.*?)<\/annotation>/gs)].map(([, tex = '']) =>
    tex.replaceAll('&#x3C;', '<').replaceAll('&#x26;', '&'),
  );

const BP2 = "\\Bigl(\\sum_k w_{kj}^{l+1}\\thinspace \\delta_k^{l+1}\\Bigr)\\thinspace \\sigma'(z_j^l)";

const statement = (spelling: string): string => `Above.\n\n${spelling}\n\nBelow.\n`;
const spellings = {
  'a fence': '```chainrule bp2 show=statement form=component\n```',
  'a fence with a body': '```chainrule\ntarget: bp2\nshow: statement\nform: component\n```',
  'a fence of tildes': '~~~~ chainrule bp2 show=statement form=component\n~~~~',
  'a fence in the style of MyST': '```{chainrule} bp2\n:show: statement\n:form: component\n```',
  'a fence in the style of pandoc': '```{.chainrule target=bp2 show=statement form=component}\n```',
  'a container directive': ':::chainrule[bp2]{show=statement form=component}\nA fallback.\n:::',
  'a container directive without a label': ':::chainrule{bp2 show=statement form=component .wide}\n:::',
  'a leaf directive': '::chainrule[bp2]{show=statement form=component}',
};

describe('a piece', () => {
  test.each(Object.entries(spellings))('is written as %s', async (_, spelling) => {
    const { html, messages } = await page(statement(spelling));
    expect(messages).toEqual([]);
    expect(formulas(html)).toEqual([`\\delta_j^l = ${BP2} \\qquad l \\lt L \\tag{BP2}`]);
    expect(html).toMatch(
      /^<p>Above\.<\/p>\n<div id="eq-bp2" class="chainrule-equation"><span class="katex-display">/,
    );
    expect(html).toMatch(/<p>Below\.<\/p>$/);
  });

  test('stands in lists, quotations and footnotes', async () => {
    const fence = (indent: string): string => `${indent}\`\`\`chainrule bp1 show=statement\n${indent}\`\`\``;
    const { html, messages } = await page(
      `1. one\n\n${fence('   ')}\n\n> two\n>\n${fence('> ')}\n\nthree[^a]\n\n[^a]: four\n\n${fence('    ')}\n`,
    );
    expect(messages).toEqual([]);
    expect([...html.matchAll(/<div id="(.*?)"/g)].map(([, id]) => id)).toEqual([
      'eq-bp1',
      'eq-bp1-2',
      'eq-bp1-3',
    ]);
  });

  test('has tables, lemmas, cards and pictures', async () => {
    const { html, messages } = await page(
      [
        '```chainrule show=network network=2-3-2\n```',
        '```chainrule bp2\n```',
        '```chainrule show=card\n```',
        '```chainrule show=figure figure=network\n```',
      ].join('\n\n'),
    );
    expect(messages).toEqual([]);
    expect(html).toContain('<td align="right">2</td>\n<td align="right">3</td>\n<td>sigmoid</td>');
    expect(html).toContain('<blockquote class="chainrule-lemma">');
    expect(html).toContain('<blockquote class="chainrule-card" id="card">');
    expect(html).toMatch(/<p id="figure-network"><img src="data:image\/svg\+xml;base64,\w+/);
    expect(html).not.toContain('katex-error');
  });
});

describe('running text', () => {
  test('has roles', async () => {
    const { html, messages } = await page('So {bp}`bp2.lhs`, ({bp}`bp2.rhs`) and :bp[bp1.lhs].\n');
    expect(messages).toEqual([]);
    expect(formulas(html)).toEqual(['\\delta_j^l', BP2, '\\delta_j^L']);
    expect(html).toMatch(/^<p>So <span class="katex">.*<\/span>, \(<span.*<\/span>\) and <span.*\.<\/p>$/s);
  });

  test('keeps code that is nobody’s role', async () => {
    const { html } = await page('`bp2` and {bq}`bp2`, {bp} `bp2`, `{bp}` `x`\n');
    expect(html).toBe(
      '<p><code>bp2</code> and {bq}<code>bp2</code>, {bp} <code>bp2</code>, <code>{bp}</code> <code>x</code></p>',
    );
  });

  test('shows the names of equations, before and behind them', async () => {
    const { html } = await page(
      'See [](#eq-bp1), [there](#eq-bp1), [](#other), [](#eq-bp1-2).\n\n```chainrule bp1 show=statement\n```\n\n```chainrule bp1 show=statement\n```\n',
    );
    expect(html.split('\n')[0]).toBe(
      '<p>See <a href="#eq-bp1">(BP1)</a>, <a href="#eq-bp1">there</a>, <a href="#other"></a>, <a href="#eq-bp1-2">(BP1)</a>.</p>',
    );
  });
});

describe('the head', () => {
  const fence = '```chainrule bp2 show=statement form=matrix\n```\n';
  const notation = async (text: string, data: Readonly<Record<string, unknown>> = {}): Promise<string> => {
    const { html, messages } = await page(text, undefined, data);
    expect(messages).toEqual([]);
    return formulas(html).join();
  };

  test('is read from the text, from a node, and from what hosts keep of it', async () => {
    const wanted = await notation(`---\nchainrule: {notation: ng}\n---\n\n${fence}`);
    expect(wanted).toContain('dZ^{[l]}');
    expect(wanted).not.toContain('\\delta');
    for (const key of ['matter', 'frontMatter', 'frontmatter'])
      expect(await notation(fence, { [key]: { chainrule: { notation: 'ng' } } })).toBe(wanted);
    expect(await notation(fence, { astro: { frontmatter: { chainrule: { notation: 'ng' } } } })).toBe(wanted);
    const tree = unified()
      .use(remarkParse)
      .use(remarkFrontmatter)
      .parse(`---\nchainrule: {notation: ng}\n---\n\n${fence}`);
    const made = await unified().use(remarkChainrule).run(tree);
    expect(JSON.stringify(made)).toContain('dZ^{[l]}');
  });

  test('names networks beside the page, and none outside the folder', async () => {
    const text = '---\nchainrule: {network: small.yaml}\n---\n\n{bp}`a[1][1]`\n';
    expect(formulas((await page(text)).html)).toHaveLength(1);
    const outside = await page('```chainrule bp1 network=../../../etc/passwd\n```', { folder });
    expect(outside.messages.join()).toContain('lies outside the folder');
    expect(outside.html).not.toContain('root:');
  });

  test('that is wrong is said above the page', async () => {
    const { html, messages } = await page('---\nchainrule: {notatoin: ng}\n---\n\nText.\n');
    expect(messages).toEqual([`${path}:2:13: unknown key "notatoin"; did you mean "notation"?`]);
    expect(html).toMatch(
      /^<blockquote class="chainrule-error" role="note">\n<p>test.*notatoin.*<p>Text\.<\/p>$/s,
    );
  });

  test('networks may be handed in', async () => {
    const { html, messages } = await page('{bp}`a[1][1]`', {
      resolve: () => ({ content: { layers: [1, 1], values: { x: [0.25], y: [1] } } }),
    });
    expect(messages).toEqual([]);
    expect(html).toContain('0.25');
  });
});

describe('what is wrong', () => {
  test('a reference without words to an equation that the page lacks is seen and said', async () => {
    const { html, messages } = await page(
      'See [](#eq-bp3), [](#top).\n\n```chainrule bp2 show=statement\n```\n',
    );
    expect(messages).toEqual([`${path}:1:5: there is no equation "eq-bp3"; did you mean "eq-bp2"?`]);
    expect(html).toMatch(/<a href="#eq-bp3"><strong class="chainrule-error"/);
  });

  test('stands in the page and in the messages, at its place', async () => {
    const { html, messages } = await page(
      'Text {bp}`bp2.rhss`.\n\n- item\n\n  ```chainrule bp2 fom=matrix\n  ```\n\n```chainrule\nshow: statment\n```\n\n::chainrule[bp9]\n\n```chainrule "bp2\n```\n\n```chainrule bp1 network=nowhere\n```\n',
    );
    expect(messages).toEqual([
      `${path}:1:10: bp2 has no part "rhss"; did you mean "rhs"?`,
      `${path}:5:20: unknown key "fom"; did you mean "form"?`,
      `${path}:9:7: unknown show "statment"; did you mean "statement"?`,
      `${path}:12:1: unknown target "bp9"; did you mean "bp1"?`,
      `${path}:14:14: the quotation mark here is never closed`,
      expect.stringMatching(/page\.md:17:18: there is no network "nowhere"/),
    ]);
    expect([...html.matchAll(/class="chainrule-error"/g)]).toHaveLength(6);
  });

  test('is escaped', async () => {
    const evil = '<img src=x onerror=alert(1)>';
    const { html } = await page(
      `\`\`\`chainrule ${evil}\n\`\`\`\n\n{bp}\`${evil}\`\n\n\`\`\`chainrule\nnetwork: "${evil}"\n\`\`\`\n\n::chainrule[${'x'.repeat(5000)}]\n`,
    );
    expect(html).not.toContain('<img');
    expect([...html.matchAll(/class="chainrule-error"/g)]).toHaveLength(4);
  });

  test.each([
    ['endless attributes', `\`\`\`chainrule ${'x '.repeat(20_000)}\n\`\`\``],
    [
      'a bomb of aliases',
      '```chainrule\na: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\nnetwork: [*d,*d,*d,*d]\n```',
    ],
    ['a deep map', `\`\`\`chainrule\nnetwork: ${'{a: '.repeat(2000)}1${'}'.repeat(2000)}\n\`\`\``],
    [
      'names of the language’s own',
      '```chainrule __proto__=1 constructor=2\n```\n\n::chainrule[toString]{__proto__=1}\n\n{bp}`__proto__`',
    ],
    ['a network too large', '```chainrule show=numbers network=99999-99999\n```'],
    ['deep brackets', `{bp}\`${'('.repeat(3000)}\``],
  ])('does not stop a page: %s', async (_, text) => {
    const { html, messages } = await page(`${text}\n\nBelow.\n`);
    expect(html).toContain('<p>Below.</p>');
    expect(messages.length).toBeGreaterThan(0);
  });
});

describe('remark-stringify', () => {
  const text =
    '# T\n\n```chainrule bp2 network=2-3-2\n```\n\n```chainrule show=card\n```\n\n```chainrule show=network\n```\n\nSee [](#eq-bp2), {bp}`bp1.rhs`.\n';

  test('writes what remark reads as the same page', async () => {
    const markdown = String(
      await unified()
        .use(remarkParse)
        .use(remarkGfm)
        .use(remarkMath)
        .use(remarkChainrule)
        .use(remarkStringify)
        .process({ path, value: text }),
    );
    expect(markdown).not.toContain('```');
    const [direct, again] = [await page(text), await page(markdown)];
    expect(again.messages).toEqual([]);
    expect(formulas(again.html)).toEqual(formulas(direct.html));
    const words = (html: string): string => html.replace(/<[^>]*>/g, '').replace(/\s+/g, ' ');
    expect(words(again.html)).toBe(words(direct.html));
  });

  test('writes formulas and tables without remark-math and remark-gfm', async () => {
    const bare = unified().use(remarkParse).use(remarkChainrule).use(remarkStringify);
    const markdown = String(await bare.process({ path, value: text }));
    expect(markdown).toContain(`$$\n\\delta_j^l = ${BP2} \\tag{BP2}\n$$`);
    expect(markdown).toContain(
      '| layer | neurons | activation function |\n| --: | --: | --- |\n| 1 | 2 |  |\n',
    );
    expect(formulas((await page(markdown)).html)).toEqual(formulas((await page(text)).html));
  });
});

test('without remark-math formulas are still found by KaTeX', async () => {
  const file = await unified()
    .use(remarkParse)
    .use(remarkChainrule)
    .use(remarkRehype)
    .use(rehypeKatex)
    .use(rehypeStringify)
    .process({ path, value: '{bp}`bp1.lhs`\n\n```chainrule bp1 show=statement\n```\n' });
  expect(formulas(String(file))).toHaveLength(2);
});

describe('MDX', () => {
  const mdx = (value: string) =>
    unified()
      .use(remarkParse)
      .use(remarkMdx)
      .use(remarkFrontmatter)
      .use(remarkMath)
      .use(remarkDirective)
      .use(remarkChainrule)
      .use(remarkStringify)
      .process({ path: `${folder}/page.mdx`, value });

  test('has roles whose mark it reads as an expression', async () => {
    const text = String(await mdx('A {bp}`bp2.lhs` and {price}`x`.\n\n{bp}`bp1.lhs`\n'));
    expect(text).toBe('A $\\delta_j^l$ and {price}`x`.\n\n$\\delta_j^L$\n');
  });

  test('holds no raw HTML and reads as MDX again', async () => {
    const value =
      '```chainrule bp2 network=2-3-2\n```\n\n:::chainrule[bp1]{show=statement}\n{later}\n:::\n\n<Note>\n```chainrule show=card\n```\n</Note>\n';
    const file = await mdx(value);
    expect(messagesOf(file)).toEqual([]);
    const text = String(file);
    expect(text).not.toContain('chainrule');
    expect(text).not.toMatch(/<(?!\/?Note>)/);
    expect(String(await mdx(text))).toBe(text);
  });
});

describe('a long page', () => {
  const course = readFileSync(`${folder}/course.md`, 'utf8');
  const at = `${folder}/course.md`;
  const tree = (value: string): { children: unknown[] } =>
    unified()
      .use(remarkParse)
      .use(remarkFrontmatter)
      .use(remarkGfm)
      .use(remarkMath)
      .parse({ path: at, value });

  test('keeps everything that is not ours', async () => {
    const before = tree(course);
    const after = tree(course);
    await unified()
      .use(remarkChainrule)
      .run(after as never, { path: at, value: course } as never);
    const kept = (nodes: readonly unknown[]): string[] => nodes.map((n) => JSON.stringify(n));
    const left = new Set(kept(after.children));
    const changed = before.children.filter((n) => !left.has(JSON.stringify(n)));
    // The fence, the paragraph that holds roles, and nothing else.
    expect(changed).toHaveLength(2);
    expect(JSON.stringify(changed)).toContain('{bp}');
    expect(JSON.stringify(after)).not.toContain('"lang":"chainrule"');
  });

  test('is set without a message', async () => {
    const file = await unified()
      .use(remarkParse)
      .use(remarkFrontmatter)
      .use(remarkGfm)
      .use(remarkMath)
      .use(remarkChainrule)
      .use(remarkRehype)
      .use(rehypeKatex)
      .use(rehypeStringify)
      .process({ path: at, value: course });
    expect(messagesOf(file)).toEqual([]);
    expect(String(file)).toContain('id="eq-bp1"');
  });
});
