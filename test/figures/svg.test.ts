// The SVG of every picture: named for those who can't see it, text as text, nothing from outside, and as wide as was reckoned.

import { chromium as launcher } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { boxOf } from '../../src/document/figures/measure.ts';
import type { Figure } from '../../src/document/figures/shapes.ts';
import { svg } from '../../src/formats/svg.ts';
import { notationNames } from '../../src/tables/notations.ts';
import { chromium } from '../chromium.ts';
import { gallery, WORDS } from './gallery.ts';

const numbers = { inputs: [-5, 0.4, 0.5, 2], passes: 30_001 } as const;
const pictures = (Object.keys(WORDS) as (keyof typeof WORDS)[]).flatMap((language) =>
  notationNames.flatMap((notation) => [
    ...gallery({ widths: null, notation, language, layer: 2, neuron: 1, ...numbers }),
    ...gallery({ widths: [784, 30, 10, 12], notation, language, layer: 3, neuron: 7, ...numbers }),
  ]),
);

const angry: Figure = {
  id: 'a"b',
  title: '<b> & "c"',
  description: 'x < y',
  width: 100,
  height: 40,
  shapes: [
    {
      kind: 'label',
      at: { x: 50, y: 20 },
      anchor: 'middle',
      parts: [
        { kind: 'text', text: '<script>' },
        { kind: 'math', formula: { latex: 'w_{jk}^l', unicode: 'w' } },
      ],
      size: 10,
      ink: 'forward',
      patch: false,
    },
  ],
};

const browser = chromium();

describe('SVG', () => {
  test('a label is text with its scripts moved by dy; words and names are escaped', () => {
    expect(svg(angry, 'zh-CN').split('\n')).toEqual([
      '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 40" width="100" height="40" role="img" ' +
        'aria-labelledby="a&quot;b-title a&quot;b-desc" xml:lang="zh-CN" lang="zh-CN">',
      '<title id="a&quot;b-title">&lt;b&gt; &amp; &quot;c&quot;</title>',
      '<desc id="a&quot;b-desc">x &lt; y</desc>',
      '<rect x="0.5" y="0.5" width="99" height="39" rx="8" fill="#ffffff" stroke="#d8dde3"/>',
      expect.stringMatching(
        /^<g fill="none" stroke-linecap="butt" font-family="'Latin Modern Roman',.*,serif">$/,
      ),
      '<text x="50" y="23.1" font-size="10" text-anchor="middle" fill="#1a56b0">&lt;script&gt;' +
        '<tspan font-style="italic">w</tspan><tspan dy="2.5" font-size="7" font-style="italic">jk</tspan>' +
        '<tspan dx="-6.3" dy="-6.8" font-size="7" font-style="italic">l</tspan></text>',
      '</g>',
      '</svg>',
      '',
    ]);
  });

  test('nothing comes from outside, nothing is scripted, no number is missing', () => {
    for (const figure of pictures) {
      const text = svg(figure);
      expect(text).not.toMatch(
        /foreignObject|<script|<style|<image|href|url\(|NaN|undefined|Infinity|\de-\d/,
      );
      expect(text).toContain('role="img"');
    }
  });

  test('backward is dashed and forward is not, so that grey tells them apart', () => {
    for (const figure of pictures) {
      for (const s of figure.shapes) {
        if (!('stroke' in s) || s.stroke.weight === 0 || s.kind === 'circle') continue;
        if (s.stroke.ink === 'backward') expect(s.stroke.dashed, figure.id).toBe(true);
        if (s.stroke.ink === 'forward') expect(s.stroke.dashed, figure.id).toBe(false);
      }
    }
  });

  test.runIf(browser)('a browser sets no label wider than was reckoned', async () => {
    const chrome = await launcher.launch(browser ?? {});
    const page = await chrome.newPage();
    const wide: string[] = [];
    for (const figure of pictures) {
      await page.setContent(svg(figure));
      const widths = await page
        .locator('text')
        .evaluateAll((all) =>
          all.map((t) =>
            'getBBox' in t ? (t as unknown as { getBBox(): { width: number } }).getBBox().width : 0,
          ),
        );
      const labels = figure.shapes.filter((s) => s.kind === 'label');
      expect(widths.length).toBe(labels.length);
      for (const [i, label] of labels.entries()) {
        const { left, right } = boxOf(label);
        const over = (widths[i] ?? 0) - (right - left);
        if (over > 3)
          wide.push(`${figure.id}: ${JSON.stringify(label.parts)} is wider by ${over.toFixed(1)}`);
      }
    }
    await chrome.close();
    expect(wide).toEqual([]);
  });
});
