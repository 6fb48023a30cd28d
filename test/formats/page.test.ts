// Pages: every formula typeset strictly, nothing raw in sight, nothing fetched, nothing over the margin.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium as browserType } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Block, DocumentText } from '../../src/document/blocks.ts';
import type { Figure } from '../../src/document/figures/shapes.ts';
import { fontsOf, offlineCss } from '../../src/formats/fonts.ts';
import { html } from '../../src/formats/html.ts';
import { sharedStyles } from '../../src/formats/html-styles.ts';
import { english } from '../../src/lang/en.ts';
import { say } from '../../src/lang/phrase.ts';
import { chinese } from '../../src/lang/zh.ts';
import { notationNames } from '../../src/tables/notations.ts';
import { chromium } from '../chromium.ts';
import { documentOf, example, exampleNames, layerNetworks, page, visible } from '../document/documents.ts';

const parts = page();

describe('every formula of a page is typeset, and none is left raw', () => {
  test.each(exampleNames)('%s, with all its finer steps', (name) => {
    const text = html.render(documentOf(example(name), { finer: true, shapes: true }), { page: parts });
    expect(visible(text)).not.toMatch(/[\\$]/);
    expect(visible(text)).not.toMatch(/undefined|NaN|\[object/);
  });

  test.each(notationNames)('in the notation %s', (notation) => {
    for (const name of ['2-3-2', 'rnn'])
      expect(visible(html.render(documentOf(example(name), { notation }), { page: parts }))).not.toMatch(
        /[\\$]/,
      );
  });

  test.each(['brief', 'full'] as const)('at the grain %s', (grain) => {
    for (const name of ['2-3-2', 'batch'])
      expect(
        visible(html.render(documentOf(example(name), { grain, finer: true }), { page: parts })),
      ).not.toMatch(/[\\$]/);
  });

  test('for every activation and loss', () => {
    for (const network of layerNetworks())
      expect(visible(html.render(documentOf(network), { page: parts })), network.title).not.toMatch(/[\\$]/);
  });
});

const arrow: Figure = {
  id: 'arrow',
  title: 'An arrow',
  description: 'From left to right.',
  width: 560,
  height: 60,
  shapes: [
    {
      kind: 'line',
      from: { x: 10, y: 30 },
      to: { x: 550, y: 30 },
      arrow: true,
      stroke: { ink: 'forward', weight: 2, dashed: false },
    },
  ],
};

/** A document with a picture twice. */
const pictured = (): DocumentText => {
  const document = documentOf(example('2-3-2'), { grain: 'brief' });
  const block = (id: string): Block => ({ kind: 'figure', id, figure: arrow, caption: say`An arrow.` });
  return { ...document, blocks: [...document.blocks, block('first'), block('second')] };
};

test('pictures are named and described by ids of their own', () => {
  const text = html.render(pictured(), { page: parts });
  const ids = [...text.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const named = [...text.matchAll(/<svg[^>]* role="img" aria-labelledby="([^"]+)"/g)].map(([, x = '']) => x);
  expect(named).toEqual(['first-title first-desc', 'second-title second-desc']);
  for (const id of named.flatMap((x) => x.split(' '))) expect(ids).toContain(id);
  expect(text.match(/<svg(?![^>]*katex).*?<\/svg>/gs)?.join('')).not.toMatch(/<style|class=|url\(#/);
});

test('a page names no address outside itself', () => {
  const text = html.render(pictured(), { page: parts });
  expect(text).toContain(`content="default-src 'none';`);
  const own = text
    .replace(/<!--.*?-->/gs, '')
    .replaceAll('http://www.w3.org/1998/Math/MathML', '')
    .replaceAll('http://www.w3.org/2000/svg', '');
  expect(own).not.toMatch(/https?:\/\/|url\((?!data:)|@import/);
});

test('styles that stand in many places become classes that count as much', () => {
  const styled =
    '<span class="vlist" style="height:1em;top:-2em;">a</span><span style="height:1em;top:-2em;">b</span>';
  expect(sharedStyles(`${styled}<span style="color:red">c</span><svg style="width:1em"></svg>`)).toEqual({
    body: '<span class="vlist k0">a</span><span class="k0">b</span><span class="k1">c</span><svg style="width:1em"></svg>',
    css: '.k0{height:1em!important;top:-2em!important}.k1{color:red!important}',
  });
});

const front = {
  author: 'A. <b>U</b> & "Thor"',
  course: '<script>alert(1)</script>',
  date: '2026',
  licence: 'CC <BY> 4.0',
};

test('title, author, course, date and licence are text, never markup', () => {
  const text = html.render(
    documentOf(example('general'), { title: 'A <i>title</i>', front, grain: 'brief' }),
    { page: parts },
  );
  expect(text).toContain('<meta name="author" content="A. &lt;b&gt;U&lt;/b&gt; &amp; &quot;Thor&quot;">');
  expect(text).toContain(
    '<p class="byline"><span>A. &lt;b&gt;U&lt;/b&gt; &amp; &quot;Thor&quot;</span> ' +
      '<span>&lt;script&gt;alert(1)&lt;/script&gt;</span> <span>2026</span></p>',
  );
  expect(text).toContain('<footer><p>CC &lt;BY&gt; 4.0</p></footer>');
  expect(text).toContain('A &lt;i&gt;title&lt;/i&gt;</h1>');
  expect(text).not.toMatch(/<script>alert|<b>U|<i>title/);
});

test('a document without front matter has no byline and no licence line', () => {
  expect(html.render(documentOf(example('general'), { grain: 'brief' }), { page: parts })).not.toMatch(
    /<p class="byline"|<footer|name="author"/,
  );
});

describe('formulas are read out', () => {
  /** What is said, by the formula's LaTeX. */
  const labels = (text: string): Map<string, string> =>
    new Map(
      [
        ...text.matchAll(
          /<span class="katex"(?: role="math" aria-label="([^"]*)")?>.*?<annotation encoding="application\/x-tex">(.*?)<\/annotation>/g,
        ),
      ].map(([, label = '', latex = '']) => [latex, label]),
    );

  test.each([english, chinese])('every one of them, in $code', (language) => {
    for (const name of ['batch', 'mixed']) {
      const page = labels(
        html.render(documentOf(example(name), { language, shapes: true }), { page: parts }),
      );
      expect(
        [...page].filter(([, label]) => label === ''),
        name,
      ).toEqual([]);
    }
  });

  test('in the words of the language, equal signs included', () => {
    const [en, zh] = [english, chinese].map((language) =>
      labels(html.render(documentOf(example('2-3-2'), { language }), { page: parts })),
    );
    const line = '= \\frac{\\partial C}{\\partial a_j^L}\\,\\sigma&#x27;(z_j^L)';
    expect(en?.get(line)).toBe(
      'equals d capital C over d a sub j, layer capital L, times sigma prime of z sub j, layer capital L',
    );
    expect(zh?.get(line)).toBe(
      '等于 偏大写 C 比偏 a 下标 j，第大写 L 层，乘 sigma 撇作用于 z 下标 j，第大写 L 层',
    );
    const numbers = '\\delta_1^3 = (-0.3298)\\cdot 0.221 = -0.07289';
    expect(en?.get(numbers)).toBe(
      'delta sub 1, layer 3, equals open bracket minus 0.3298 close bracket times 0.221, equals minus 0.07289',
    );
  });
});

test('ids are unique, and the contents lead to them', () => {
  const text = html.render(documentOf(example('rnn'), { finer: true }), { page: parts });
  const ids = [...text.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const links = [...text.matchAll(/<a href="#([^"]+)"/g)].map(([, id]) => id);
  expect(links.filter((id) => !ids.includes(id))).toEqual([]);
  expect(ids).toEqual(expect.arrayContaining(['network', 'forward', 'loss', 'error', 'together']));
});

test('the fonts are those in use, whole, with their licence', () => {
  expect(fontsOf('<span class="mord mathsf">T</span>')).toContain('KaTeX_SansSerif-Regular.woff2');
  expect(fontsOf('<span class="mord">T</span>')).not.toContain('KaTeX_SansSerif-Regular.woff2');
  const css = offlineCss(parts.katexCss, ['KaTeX_Main-Regular.woff2'], (file) => `<${file}>`);
  expect(css.match(/@font-face/g)).toHaveLength(1);
  expect(css).toContain('src:url(data:font/woff2;base64,<KaTeX_Main-Regular.woff2>) format("woff2")}');
  expect(html.render(documentOf(example('general')), { page: parts })).toContain('SIL OPEN FONT LICENSE');
});

const launch = chromium();

describe.runIf(launch !== null)('in a browser', () => {
  const folder = mkdtempSync(join(tmpdir(), 'chainrule-page-'));
  const kept = (name: string, document: DocumentText): string => {
    const path = join(folder, `${name}.html`);
    writeFileSync(path, html.render(document, { page: parts }));
    return pathToFileURL(path).href;
  };
  let browser: Browser;
  let long: string;
  let short: string;
  beforeAll(async () => {
    long = kept('long', documentOf(example('batch'), { finer: true }));
    const { blocks, ...rest } = documentOf(example('2-3-2'), { finer: true, front });
    short = kept('short', { ...rest, blocks: [...blocks, ...pictured().blocks.slice(-1)] });
    browser = await browserType.launch(launch ?? {});
  });
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  test('at no width and no grain anything stands over the margin, and nothing is fetched', async () => {
    const view = await browser.newPage();
    const asked: string[] = [];
    const said: string[] = [];
    view.on('request', (r) => asked.push(r.url()));
    view.on('console', (m) => said.push(m.text()));
    view.on('pageerror', (e) => said.push(e.message));
    for (const [url, widths] of [
      [short, [1920, 420]],
      [long, [1280, 820, 420]],
    ] as const) {
      await view.goto(url);
      for (const width of widths) {
        await view.setViewportSize({ width, height: 900 });
        if (width === 420) await view.check('input[value=full]', { force: true });
        expect(await view.evaluate('document.documentElement.scrollWidth'), `${url} at ${width}`).toBe(width);
      }
    }
    expect(asked.filter((url) => !/^(file|data):/.test(url))).toEqual([]);
    expect(said).toEqual([]);
    await view.close();
  });

  test('copying a selection gives the LaTeX of its formulas', async () => {
    const view = await browser.newPage();
    await view.goto(short);
    const copied = await view.evaluate(`(() => {
      const formula = document.querySelector('#eq-bp1 .right .katex');
      getSelection().selectAllChildren(formula);
      const clipboardData = new DataTransfer();
      formula.dispatchEvent(new ClipboardEvent('copy', { clipboardData, bubbles: true, cancelable: true }));
      return clipboardData.getData('text/plain');
    })()`);
    expect(String(copied).trim()).toBe("$$= \\frac{\\partial C}{\\partial a_j^L}\\,\\sigma'(z_j^L)$$");
    await view.close();
  });

  test('pressing a formula, by mouse or key, copies both sides of its line', async () => {
    const view = await browser.newPage();
    await view.addInitScript(
      'window.copied = []; navigator.clipboard.writeText = async (text) => { copied.push(text); };',
    );
    await view.goto(short);
    await view.click('#eq-bp3 .right .katex');
    await view.focus('#bp1-line-1 .right .katex');
    await view.keyboard.press('Enter');
    await view.keyboard.press('ArrowDown');
    await view.keyboard.press('Enter');
    expect(await view.evaluate('copied')).toEqual([
      '\\frac{\\partial C}{\\partial b_j^l} = \\delta_j^l',
      '\\delta_j^L = \\frac{\\partial C}{\\partial z_j^L}',
      '= \\sum_k \\frac{\\partial C}{\\partial a_k^L}\\,\\frac{\\partial a_k^L}{\\partial z_j^L}',
    ]);
    expect(await view.textContent('.said')).toBe('LaTeX copied');
    await view.close();
  });

  test('the switch of grains closes derivations or opens their finer steps, by keys too', async () => {
    const view = await browser.newPage();
    await view.goto(short);
    const open = (): Promise<unknown> =>
      view.evaluate(
        `['steps', 'lemma', 'finer'].map((c) => new Set([...document.getElementsByClassName(c)].map((d) => d.open)))
          .map((s) => (s.size === 1 ? [...s][0] : 'some'))`,
      );
    expect(await open()).toEqual([true, true, false]);
    await view.focus('.grain input:checked');
    await view.keyboard.press('ArrowRight');
    expect(await open()).toEqual([true, true, true]);
    await view.check('input[value=brief]', { force: true });
    expect(await open()).toEqual([false, false, false]);
    expect(await view.isVisible('#eq-bp2')).toBe(true);
    expect(await view.isVisible('#bp2-line-1')).toBe(false);
    await view.click('#bp2-line-1 >> xpath=ancestor::details[1]/summary');
    expect(await view.isVisible('#bp2-line-1')).toBe(true);
    await view.close();
  });

  test('the page is dark where the system is, and where the reader says so; all words have contrast', async () => {
    const view = await browser.newPage({ colorScheme: 'dark' });
    await view.goto(short);
    const ground = (): Promise<unknown> => view.evaluate('getComputedStyle(document.body).backgroundColor');
    const dark = await ground();
    expect(await view.textContent('.theme')).toBe('Light page');
    expect(await view.evaluate(WEAK)).toEqual([]);
    await view.click('.theme');
    expect(await ground()).not.toBe(dark);
    expect(await view.textContent('.theme')).toBe('Dark page');
    expect(await view.evaluate(WEAK)).toEqual([]);
    await view.emulateMedia({ colorScheme: 'light' });
    await view.click('.theme');
    expect(await ground()).toBe(dark);
    await view.close();
  });

  test('it is printed on the paper asked for', async () => {
    const view = await browser.newPage();
    const sizes: string[] = [];
    for (const paper of ['a4', 'letter'] as const) {
      await view.goto(
        kept(paper, documentOf(example('general'), { paper, grain: 'brief', targets: ['bp3'] })),
      );
      const pdf = (await view.pdf({ preferCSSPageSize: true })).toString('latin1');
      const [, width = '', height = ''] = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(pdf) ?? [];
      sizes.push(`${Math.round(Number(width))} x ${Math.round(Number(height))}`);
    }
    expect(sizes).toEqual(['595 x 842', '612 x 792']);
    await view.close();
  });
});

/** Run in a page: what has words of its own with a contrast below 4.5 to 1 (WCAG 2, AA) against the ground behind them. */
const WEAK = `(() => {
  const channels = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = (colour) => {
    const [r, g, b] = channels(colour).map((c) => (c / 255 <= 0.04045 ? c / 3294.6 : ((c / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (e) => {
    const own = getComputedStyle(e).backgroundColor;
    return channels(own)[3] === 0 && e.parentElement ? ground(e.parentElement) : own;
  };
  const weak = new Set();
  for (const e of document.body.querySelectorAll('*')) {
    if (e.closest('svg, script, [hidden], .katex-mathml, .said')) continue;
    if (![...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim() !== '')) continue;
    const [a, b] = [light(getComputedStyle(e).color), light(ground(e))];
    const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (contrast < 4.5) weak.add(e.tagName + '.' + e.className + ' ' + contrast.toFixed(2));
  }
  return [...weak];
})()`;
