// The card and the worked example: one page to print, and numbers that hold.

import { type Browser, chromium as browserType } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { html } from '../../src/formats/html.ts';
import { markdown } from '../../src/formats/markdown.ts';
import { chromium } from '../chromium.ts';
import { exampleNames, page } from './documents.ts';
import { blocksIn, fullText, purposeDocument } from './purposes.ts';

describe.each(exampleNames)('%s', (name) => {
  test.each(['en', 'zh'] as const)('its card and its example in %s have no hole', (lang) => {
    for (const purpose of ['card', 'example'] as const) {
      const written = markdown.render(purposeDocument(name, { purpose, lang }), {});
      expect(written.match(/.*(undefined|NaN|null|\[object).*/g)).toBeNull();
    }
  });

  test('the card has every equation once and explains every symbol', () => {
    const d = purposeDocument(name, { purpose: 'card' });
    expect(blocksIn(d).filter((b) => b.kind === 'card')).toHaveLength(1);
    const [symbols] = blocksIn(d).flatMap((b) => (b.kind === 'table' ? [b] : []));
    expect(symbols?.rows.length).toBeGreaterThan(2);
  });
});

describe('the worked example', () => {
  const text = fullText(purposeDocument('2-3-2', { purpose: 'example' }));

  test.each([
    'z₁² = Σₖ w₁ₖ² aₖ¹ + b₁²',
    '0.4·0.5 + (−0.6)·(−1) + 0.1 = 0.9',
    'a₁² = σ(z₁²) = σ(0.9) = 0.7109',
    '(0.7·(−0.07289) + (−0.3)·0.1224)·0.7109·(1 − 0.7109) = −0.01803',
    '0.5·(−0.01803) = −0.009015',
    'the same 22 derivatives',
  ])('says %s', (fact) => {
    expect(text).toContain(fact);
  });

  test('of the general network says that there is nothing to put in', () => {
    expect(fullText(purposeDocument('general', { purpose: 'example' }))).toContain(
      'This network has no numbers',
    );
  });

  test('works out the entry that is asked for', () => {
    const other = fullText(purposeDocument('2-3-2', { purpose: 'example', entry: [2, 1] }));
    expect(other).toContain('z₂² = Σₖ w₂ₖ² aₖ¹ + b₂²');
    expect(other).toContain('∂C/∂w₂₁²');
  });
});

const launch = chromium();

describe.runIf(launch !== null)('printed', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await browserType.launch(launch ?? {});
  });
  afterAll(() => browser.close());

  test.each(exampleNames.flatMap((n) => [[n, 'en'] as const, [n, 'zh'] as const]))(
    'the card of %s in %s is one page',
    async (name, lang) => {
      const open = await browser.newPage();
      await open.setContent(html.render(purposeDocument(name, { purpose: 'card', lang }), { page: page() }));
      const pdf = await open.pdf({ preferCSSPageSize: true });
      await open.close();
      expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
    },
  );
});
