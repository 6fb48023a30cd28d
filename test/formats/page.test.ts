// Pages: every formula typeset strictly, nothing raw in sight, nothing fetched, nothing over the margin.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium as browserType } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fontsOf, offlineCss } from '../../src/formats/fonts.ts';
import { html } from '../../src/formats/html.ts';
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
    for (const name of ['2-3-2', 'softmax', 'rnn'])
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

test('a page names no address outside itself', () => {
  const text = html.render(documentOf(example('2-3-2')), { page: parts });
  const own = text
    .replace(/<!--.*?-->/gs, '')
    .replaceAll('http://www.w3.org/1998/Math/MathML', '')
    .replaceAll('http://www.w3.org/2000/svg', '');
  expect(own).not.toMatch(/https?:\/\/|url\((?!data:)|@import/);
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
  const path = join(folder, 'page.html');
  let browser: Awaited<ReturnType<typeof browserType.launch>>;
  beforeAll(async () => {
    writeFileSync(path, html.render(documentOf(example('batch'), { finer: true }), { page: parts }));
    browser = await browserType.launch(launch ?? {});
  });
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  test.each([1280, 820, 420])(
    'at %i pixels nothing stands over the margin and nothing is fetched',
    async (width) => {
      const view = await browser.newPage({ viewport: { width, height: 900 } });
      const asked: string[] = [];
      const said: string[] = [];
      view.on('request', (r) => asked.push(r.url()));
      view.on('console', (m) => said.push(m.text()));
      view.on('pageerror', (e) => said.push(e.message));
      await view.goto(pathToFileURL(path).href);
      expect(await view.evaluate('document.documentElement.scrollWidth')).toBe(width);
      expect(asked.filter((url) => !/^(file|data):/.test(url))).toEqual([]);
      expect(said).toEqual([]);
      await view.close();
    },
  );

  test('copying a formula gives its LaTeX', async () => {
    const view = await browser.newPage();
    await view.goto(pathToFileURL(path).href);
    const copied = await view.evaluate(`(() => {
      const formula = document.querySelector('#eq-bp1 .right .katex');
      getSelection().selectAllChildren(formula);
      const clipboardData = new DataTransfer();
      formula.dispatchEvent(new ClipboardEvent('copy', { clipboardData, bubbles: true, cancelable: true }));
      return clipboardData.getData('text/plain');
    })()`);
    expect(String(copied).trim()).toBe("$$= \\frac{\\partial C}{\\partial a_{ji}^L}\\,g'(z_{ji}^L)$$");
    await view.close();
  });
});
