// A derivation as a table, which reads well without any style sheet: left side, right side, why; numbers below each line.

import type { DerivationBlock, LemmaBlock, Line, LineNumbers } from '../../document/blocks.ts';
import type { Formula } from '../../lang/phrase.ts';
import type { Token } from './host.ts';
import { type Attributes, inline, mathToken, phraseTokens, textToken, within } from './make.ts';
import type { TokenPen } from './setup.ts';

export const derivationTokens = (d: DerivationBlock, pen: TokenPen): Token[] =>
  within(
    pen,
    'chainrule_derivation',
    'table',
    within(
      pen,
      'tbody',
      'tbody',
      d.lines.flatMap((line) => lineTokens(line, pen)),
    ),
    { class: 'chainrule-derivation', id: d.id },
  );

function lineTokens(line: Line, pen: TokenPen): Token[] {
  const left = line.showLeft ? [shown([line.left], pen)] : [];
  const tag = line.tag === null ? [] : [textToken(pen, ` (${line.tag})`)];
  const cells = [
    ...cell(left, pen, { class: 'chainrule-left' }),
    ...cell([shown([line.right], pen, true), ...tag], pen, { class: 'chainrule-right' }),
    ...cell(phraseTokens(line.why, pen), pen, { class: 'chainrule-why' }),
  ];
  return [
    ...line.lemmas.flatMap((lemma) => lemmaTokens(lemma, pen)),
    ...row(cells, pen, { id: line.id, class: 'chainrule-line' }),
    ...(line.numbers === null ? [] : numbersTokens(line.numbers, pen)),
    ...(line.finer.length === 0 ? [] : finerTokens(line.finer, pen)),
  ];
}

const row = (cells: readonly Token[], pen: TokenPen, attributes: Attributes): Token[] =>
  within(pen, 'chainrule_line', 'tr', cells, attributes);

const cell = (children: Token[], pen: TokenPen, attributes: Attributes): Token[] =>
  within(pen, 'chainrule_cell', 'td', [inline(pen, children)], attributes);

/** Formulas with equal signs between them, as large as one that is set apart. */
function shown(parts: readonly Formula[], pen: TokenPen, lead = false): Token {
  const latex = parts.map((f) => f.latex).join(' = ');
  return mathToken(pen, `\\displaystyle ${lead ? '= ' : ''}${latex}`, parts, lead);
}

/** In numbers: the entry, and the whole it belongs to. */
function numbersTokens(n: LineNumbers, pen: TokenPen): Token[] {
  const middle = n.substituted === null ? [] : [n.substituted];
  const whole =
    n.whole === null ? [] : [new pen.Token('hardbreak', 'br', 0), shown([n.whole.left, n.whole.right], pen)];
  const cells = [
    ...cell([], pen, {}),
    ...cell([shown([n.left, ...middle, n.value], pen), ...whole], pen, {}),
    ...cell(n.remark === null ? [] : phraseTokens(n.remark, pen), pen, { class: 'chainrule-why' }),
  ];
  return row(cells, pen, { class: 'chainrule-numbers' });
}

function lemmaTokens({ lead, derivation }: LemmaBlock, pen: TokenPen): Token[] {
  const words = phraseTokens(lead, pen);
  const [first] = words;
  if (first?.type === 'text') first.content = pen.words.capital(first.content);
  return folded('chainrule-lemma', words, derivation, pen);
}

const finerTokens = (lines: readonly Line[], pen: TokenPen): Token[] =>
  folded(
    'chainrule-finer',
    [textToken(pen, pen.words.finerSteps(lines.length))],
    { kind: 'derivation', id: null, lines },
    pen,
  );

/** Lines of their own below a line of words: a lemma stands open, finer steps are asked for. */
function folded(kind: string, summary: Token[], inner: DerivationBlock, pen: TokenPen): Token[] {
  const details = within(
    pen,
    'chainrule_fold',
    'details',
    [...within(pen, 'chainrule_summary', 'summary', [inline(pen, summary)]), ...derivationTokens(inner, pen)],
    { open: kind === 'chainrule-lemma' ? '' : null },
  );
  return row(within(pen, 'chainrule_cell', 'td', details, { colspan: '3' }), pen, { class: kind });
}
