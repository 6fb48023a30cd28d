// `chainrule render`: notes become one page that needs nothing else, or nothing is written.

import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { chainrule, emptyFolder } from './run.ts';

const NOTES = `---
title: Backpropagation by hand
author: A. <Lecturer>
chainrule:
  network: mlp
---

# Backpropagation

By @eq-bp1 the error is {bp}\`bp1.rhs\`; it costs $5 or $10, and <b>this</b> is text.

## The error of $L$ {#output}

\`\`\`chainrule
target: bp1
\`\`\`

$$ C = 1 $$ {#eq-loss}

| a |
|---|
| [](#eq-loss) |

### In a picture

![A dot](img/dot.svg) ![elsewhere](https://example.org/x.png)
`;
const DOT = '<svg xmlns="http://www.w3.org/2000/svg"/>';

/** A folder with notes, a network and a picture. */
function folder(notes = NOTES): string {
  const here = emptyFolder();
  mkdirSync(join(here, 'img'));
  writeFileSync(join(here, 'notes.md'), notes);
  writeFileSync(join(here, 'mlp.yaml'), 'layers: [2, 3, 1]\n');
  writeFileSync(join(here, 'img/dot.svg'), DOT);
  return here;
}

const render = (notes: string, ...args: string[]): ReturnType<typeof chainrule> & { page: string | null } => {
  const cwd = folder(notes);
  const ran = chainrule(['render', 'notes.md', '-o', 'notes.html', ...args], { cwd });
  const file = join(cwd, 'notes.html');
  return { ...ran, page: existsSync(file) ? readFileSync(file, 'utf8') : null };
};

describe('a page', () => {
  const pageOf = (notes: string): string => render(notes).page ?? '';

  test('is written, and that is said', () => {
    const { err, code, out } = render(NOTES);
    expect({ err, code, out }).toEqual({ err: '', code: 0, out: 'wrote notes.html\n' });
  });

  test('needs nothing from anywhere', () => {
    const html = pageOf(NOTES);
    const addresses = [...html.matchAll(/\b(?:src|href)="([^"]*)"/g)].map(([, to = '']) => to);
    expect(addresses.filter((to) => !/^(#|data:)/.test(to))).toEqual(['https://example.org/x.png']);
    expect(html).toContain(
      `<img src="data:image/svg+xml;base64,${Buffer.from(DOT).toString('base64')}" alt="A dot">`,
    );
    expect(html).toContain('<a href="https://example.org/x.png">elsewhere</a>');
    expect(html.match(/@font-face/g)!.length).toBeGreaterThan(3);
    expect(html).not.toContain('KaTeX_Fraktur-Regular');
  });

  test('has title, author, language, contents and ids', () => {
    const html = pageOf(NOTES);
    expect(html).toContain('<title>Backpropagation by hand</title>');
    expect(html).toContain('<p class="byline"><span>A. &lt;Lecturer&gt;</span></p>');
    expect(html).toContain('<html lang="en">');
    expect(html).toMatch(
      /<li class="level2"><a href="#output" title="The error of L?">The error of <span class="katex/,
    );
    expect(html).toContain('<h2 id="output">');
    expect(html).toContain('<li class="level3"><a href="#in-a-picture"');
  });

  test('has its formulas with their numbers, read out, and references to them', () => {
    const html = pageOf(NOTES);
    expect(html).toContain('<a href="#eq-bp1">(BP1)</a>');
    expect(html).toContain('<td><a href="#eq-loss">(1)</a></td>');
    expect(html).toMatch(/<div class="display one" id="eq-loss">.*<span class="tag">\(1\)<\/span>/);
    expect(html).toMatch(/role="math" aria-label="[^"]*delta/);
    expect(html).toContain('<details class="steps" open>');
  });

  test('shows HTML in the notes as it is written', () => {
    const html = pageOf(NOTES);
    expect(html).toContain('&lt;b&gt;this&lt;/b&gt; is text');
  });

  test('has no space where a line ends between two Chinese characters', () => {
    const html = pageOf('# N\n\n损失在树顶，\n树叶在下面。**误\n差**\n大\n\n用 BP1\n算 $x$\n得 one\ntwo\n');
    expect(html).toContain('<p>损失在树顶，树叶在下面。<strong>误差</strong>大</p>');
    expect(html).toMatch(/<p>用 BP1\n算 <span[\s\S]*<\/span>\n得 one\ntwo<\/p>/);
  });

  test('has the tags that do no harm, footnotes and tasks; comments are left out', () => {
    const html = pageOf(
      [
        '# N',
        '',
        'H<sub>2</sub>O, a<br>break, <!-- nobody sees this -->seen, <sub>alone, `<kbd>` and <sub onclick=x>.[^1]',
        '',
        '<details>',
        '<summary>More on $a$</summary>',
        '',
        'Folded **text**.',
        '',
        '</details>',
        '',
        '- [x] done',
        '- [ ] open',
        '',
        '</details>',
        '',
        '<details>',
        '',
        'never closed',
        '',
        '[^1]: A footnote.',
      ].join('\n'),
    );
    expect(html).toContain('H<sub>2</sub>O, a<br>break, seen, &lt;sub&gt;alone');
    expect(html).toContain('<code>&lt;kbd&gt;</code> and &lt;sub onclick=x&gt;');
    expect(html).not.toContain('nobody sees');
    const main = html.slice(html.indexOf('<h1'));
    expect(main.match(/<details>/g)).toHaveLength(1);
    expect(main.match(/<\/details>/g)).toHaveLength(1);
    expect(main).toMatch(
      /<details>\s*<summary>More on <span class="katex[\s\S]*<strong>text<\/strong>[\s\S]*<\/details>/,
    );
    expect(main).toMatch(/<li>☑ done<\/li>\s*<li>☐ open<\/li>/);
    expect(main).toContain('A footnote.');
  });

  test('keeps an author’s own number at the side, in a quotation too', () => {
    const html = pageOf('# N\n\n> $$\n> a = b \\tag{7}\n> $$\n\n$$ c \\tag{B} $$ {#eq-b}\n\nSee @eq-b.');
    expect(html).toMatch(/<span class="tag">\(7\)<\/span>/);
    expect(html).toContain('<a href="#eq-b">(B)</a>');
    expect(html).not.toContain('\\tag');
  });

  test('has the piece of a region whose comment takes several lines', () => {
    const html = pageOf(
      '# N\n\n<!-- chainrule show=card\n     network=2-3-2 -->\nold words\n<!-- /chainrule -->\n',
    );
    expect(html).toContain('class="card"');
    expect(html).not.toContain('old words');
  });

  test('is the same bytes again', () => {
    expect(pageOf(NOTES)).toBe(pageOf(NOTES));
  });
});

describe('wrong notes', () => {
  const BROKEN = '# Notes\n\n```chainrule\ntarget: bp9\n```\n\n{bp}`bp1 lang=xx` and ![](none.png)\n';

  test('are complained of line by line, and nothing is written', () => {
    const { page, err, code, out } = render(BROKEN);
    expect(err.split('\n')).toEqual([
      'notes.md:4:9: unknown target "bp9"; did you mean "bp1"?',
      expect.stringMatching(/^notes\.md:7:\d+: unknown lang "xx"/),
      'notes.md:7:23: there is no picture none.png',
      '',
    ]);
    expect({ page, code, out }).toEqual({ page: null, code: 2, out: '' });
  });

  test('are written with boxes where that is asked for', () => {
    const { page, code } = render(BROKEN, '--keep-going');
    expect(code).toBe(2);
    expect(page!.match(/class="chainrule-error"/g)).toHaveLength(3);
  });

  test.each([
    [
      'network',
      '{bp}`bp1 network=../secret.yaml`',
      '"../secret.yaml" lies outside the folder of the notes, .',
    ],
    [
      'network by a link',
      '{bp}`bp1 network=link.yaml`',
      '"link.yaml" lies outside the folder of the notes, .',
    ],
    ['picture', '![](../secret.svg)', '"../secret.svg" lies outside the folder of the notes, .'],
    ['absolute picture', '![](/etc/x.svg)', '"/etc/x.svg" lies outside the folder of the notes, .'],
    [
      'file of another kind',
      '![](mlp.yaml)',
      'a picture in a page must be one of .svg, .png, .jpg, .jpeg, .gif, .webp, not mlp.yaml',
    ],
  ])('a %s outside is not read', (_, notes, sentence) => {
    const outer = emptyFolder();
    const cwd = join(outer, 'notes');
    mkdirSync(cwd);
    for (const file of ['secret.yaml', 'secret.svg']) writeFileSync(join(outer, file), 'layers: [2, 1]\n');
    writeFileSync(join(cwd, 'mlp.yaml'), 'layers: [2, 1]\n');
    symlinkSync(join(outer, 'secret.yaml'), join(cwd, 'link.yaml'));
    writeFileSync(join(cwd, 'notes.md'), `${notes}\n`);
    const { err, code } = chainrule(['render', 'notes.md'], { cwd });
    expect(err).toBe(`notes.md:1:1: ${sentence}\n`);
    expect(code).toBe(2);
  });

  test('may be given a wider folder', () => {
    const outer = emptyFolder();
    mkdirSync(join(outer, 'notes'));
    writeFileSync(join(outer, 'net.yaml'), 'layers: [2, 1]\n');
    writeFileSync(join(outer, 'notes/notes.md'), '{bp}`bp1 network=../net.yaml`\n');
    expect(chainrule(['render', 'notes/notes.md', '--root', '.'], { cwd: outer })).toMatchObject({
      err: '',
      code: 0,
    });
  });

  test.each([
    [['render', 'none.md'], 'there is no file none.md'],
    [['render', 'notes.md', '-o', 'no/where.html'], "no/where.html can't be written: there is no folder no"],
    [
      ['render', 'notes.md', '-o', 'notes.md'],
      'notes.md holds the notes themselves; name another file with -o',
    ],
    [['render', 'notes.md', '--root', 'none'], 'there is no folder none'],
  ])('%j', (args, sentence) => {
    const cwd = folder();
    expect(chainrule(args, { cwd })).toMatchObject({ err: `${sentence}\n`, code: 2, out: '' });
    expect(readFileSync(join(cwd, 'notes.md'), 'utf8')).toBe(NOTES);
  });
});

describe('notes', () => {
  test('from standard input, in Chinese, to standard output', () => {
    const { out, code } = chainrule(['render', '-', '--lang', 'zh'], {
      input: '# 笔记\n\n```chainrule bp1\n```\n',
    });
    expect(code).toBe(0);
    expect(out).toContain('<html lang="zh-CN">');
    expect(out).toContain('<title>笔记</title>');
    expect(out).toContain('由误差的定义');
  });

  test('with an activation of their own', () => {
    const { page, code } = render(
      '```chainrule\ntarget: bp1\nnetwork: {layers: [2, 1], activation: z/(1+abs(z))}\n```\n',
    );
    expect(code).toBe(0);
    expect(page).toContain('eq-bp1');
  });

  test('with regions and comments', () => {
    const { page, err } = render(
      'before\n<!-- a\ncomment -->\n\n> <!-- chainrule bp1 show=statement for=pandoc -->\n>\n> <a id="eq-bp1"></a>\n>\n> <!-- /chainrule 5f3a9c01 -->\n\n    <!-- code -->\n\n@eq-bp1\n',
    );
    expect(err).toBe('');
    expect(page).toContain('<p>before</p>\n<blockquote>\n<div class="display" id="eq-bp1">');
    expect(page).toContain('&lt;!-- code --&gt;');
    expect(page).not.toContain('&lt;a id');
    expect(render('<!-- chainrule bp1 -->\ntext\n').err).toBe(
      'notes.md:1:5: this region is never closed; end it with a line <!-- /chainrule -->\n',
    );
  });

  test('with a section of the course, which is in the contents', () => {
    const { page, err } = render('# A\n\n```chainrule\nsection: error\nheading: 1\nnetwork: 2-3-2\n```\n');
    expect(err).toBe('');
    const [, id = ''] = /<h2 id="([^"]*)">/.exec(page ?? '') ?? [];
    expect(id).not.toBe('');
    expect(page).toContain(`<li class="level2"><a href="#${id}"`);
  });

  test('with a head that is no business of ours', () => {
    const { page } = render('---\ntitle: T\nlayout: post\n---\ntext\n');
    expect(page).toContain('<title>T</title>');
    expect(page).not.toContain('layout: post');
  });
});
