// A derivation as HTML: a grid of formula, numbers and why, which folds away; lemmas indented before the line that uses them.

import type { DerivationBlock, LemmaBlock, Line, LineNumbers } from '../document/blocks.ts';
import { displayMath, escapeHtml, type HtmlPen, idAttribute, phraseHtml, tagHtml } from './html-pen.ts';

/** A derivation that its reader can fold away. */
export function derivationHtml(d: DerivationBlock, pen: HtmlPen): string {
  const words = escapeHtml(pen.words.page.derivation(d.lines.length));
  return `<details class="steps" open><summary>${words}</summary>\n${linesHtml(d, pen)}</details>`;
}

function linesHtml(d: DerivationBlock, pen: HtmlPen): string {
  const numbers = d.lines.some((l) => l.numbers !== null);
  const kind = numbers ? 'derivation numbered' : 'derivation';
  const lines = d.lines.map((line) => lineHtml(line, pen)).join('\n');
  return `<div class="frame"><div class="${kind}"${idAttribute(d.id)}>\n${lines}\n</div></div>`;
}

function lineHtml(line: Line, pen: HtmlPen): string {
  const left = line.showLeft ? displayMath([line.left], pen) : '';
  const right = displayMath([line.right], pen, true);
  const numbers = line.numbers === null ? '' : numbersHtml(line.numbers, pen);
  const why = line.why.length === 0 ? '' : phraseHtml(line.why, pen);
  const rule = line.rule === null ? '' : ` data-rule="${escapeHtml(line.rule)}"`;
  return [
    ...line.lemmas.map((l) => lemmaHtml(l, pen)),
    `<div class="line"${idAttribute(line.id)}${rule}>`,
    `<div class="left">${left}</div><div class="right">${right}${tagHtml(line.tag)}</div>`,
    `<div class="numbers">${numbers}</div><div class="why">${why}</div>`,
    '</div>',
    ...(line.finer.length === 0 ? [] : [finerHtml(line.finer, pen)]),
  ].join('\n');
}

function numbersHtml(n: LineNumbers, pen: HtmlPen): string {
  const middle = n.substituted === null ? [] : [n.substituted];
  const first = displayMath([n.left, ...middle, n.value], pen);
  const whole = n.whole === null ? '' : displayMath([n.whole.left, n.whole.right], pen);
  const remark = n.remark === null ? '' : `<p class="remark">${phraseHtml(n.remark, pen)}</p>`;
  return `${first}${whole}${remark}`;
}

function lemmaHtml(lemma: LemmaBlock, pen: HtmlPen): string {
  const lead = pen.words.capital(phraseHtml(lemma.lead, pen));
  return `<details class="lemma" open><summary>${lead}</summary>\n${linesHtml(lemma.derivation, pen)}</details>`;
}

function finerHtml(lines: readonly Line[], pen: HtmlPen): string {
  const summary = `<summary>${escapeHtml(pen.words.finerSteps(lines.length))}</summary>`;
  const inner = linesHtml({ kind: 'derivation', id: null, lines }, pen);
  return `<details class="finer">${summary}\n${inner}</details>`;
}
