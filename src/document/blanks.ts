// A document with gaps to fill in: what is asked for is taken out of the lines, and with it all that would give it away.

import { type Formula, type Inline, type Phrase, say } from '../lang/phrase.ts';
import type { Block, CardBlock, DerivationBlock, Display, Line, LineNumbers, TableBlock } from './blocks.ts';
import type { Blanks } from './purposes.ts';

/** A line to write on, so many quads long. */
export const gap = (length: number): Formula => ({
  latex: `\\underline{${'\\qquad'.repeat(length)}}`,
  unicode: '_'.repeat(length * 5),
  plain: null,
});
const [LONG, SHORT] = [gap(5), gap(2)];

/** The blocks with gaps where `what` says; the same blocks where it says nothing. */
export function blanked(blocks: readonly Block[], what: ReadonlySet<Blanks>): readonly Block[] {
  return what.size === 0 ? blocks : blocks.flatMap((b) => blank(b, what));
}

function blank(b: Block, what: ReadonlySet<Blanks>): readonly Block[] {
  const asked = 'asks' in b && b.asks !== undefined && what.has(b.asks);
  switch (b.kind) {
    case 'derivation':
      return [derivation(b, what)];
    case 'fold':
      return [{ ...b, blocks: blanked(b.blocks, what) }];
    case 'card':
      return [what.has('steps') ? card(b) : b];
    case 'display':
      return [asked ? display(b) : b];
    case 'table':
      return [asked ? table(b) : b];
    case 'figure':
    case 'code':
      return asked ? [] : [b];
    default:
      return [b];
  }
}

/** Left sides stay; a row that only goes on from the one above would say what that one comes to. */
const display = (d: Display): Display => ({
  ...d,
  rows: d.rows.flatMap((r) => (r.left?.latex === '' ? [] : [{ ...r, right: LONG }])),
});

/** The first column says what a row is about. */
const table = (t: TableBlock): TableBlock => ({
  ...t,
  rows: t.rows.map((r) => r.map((cell, i) => (i === 0 ? cell : say`${SHORT}`))),
});

const card = (c: CardBlock): CardBlock => ({
  ...c,
  rows: c.rows.map((r) => ({
    ...r,
    component: { ...r.component, right: LONG },
    matrix: r.matrix && { ...r.matrix, right: LONG },
  })),
});

function derivation(d: DerivationBlock, what: ReadonlySet<Blanks>): DerivationBlock {
  const end = d.lines.length - 1;
  return { ...d, lines: d.lines.map((l, i) => line(l, i === end, what)) };
}

/** One line; `last`: it states what the derivation leads to. */
function line(l: Line, last: boolean, what: ReadonlySet<Blanks>): Line {
  const hidden = what.has('steps') && !isGiven(l);
  const why = what.has('steps') ? withoutResults(l.why) : l.why;
  return {
    ...l,
    right: hidden ? LONG : l.right,
    // The rule by its name would be the reason.
    rule: what.has('reasons') ? null : l.rule,
    why: what.has('reasons') && l.rule !== null ? say`${LONG}` : why,
    numbers: l.numbers && numbers(l.numbers, hidden, last, what),
    lemmas: l.lemmas.map((m) => ({ ...m, derivation: lemma(m.derivation, what) })),
    // The finer steps would give away what is asked for.
    finer: [],
  };
}

/** A lemma's last line is no result to check: its numbers go with its steps. */
const lemma = (d: DerivationBlock, what: ReadonlySet<Blanks>): DerivationBlock => ({
  ...d,
  lines: d.lines.map((l) => line(l, false, what)),
});

/** What a derivation starts from is given: dC/dz_j^l, by the definition of the error. */
const isGiven = (l: Line): boolean => l.rule === 'definition-of-error';

/** A reason without the equations that a lemma proved: sigma' = sigma (1 - sigma). Definitions stay. */
const withoutResults = (why: Phrase): Phrase =>
  why.map((part): Inline => {
    if (part.kind !== 'math') return part;
    const { latex } = part.formula;
    return /=/.test(latex) && /\\partial|'|\\prime/.test(latex) ? { kind: 'math', formula: LONG } : part;
  });

/** The numbers of a line whose formula is hidden say nothing of it: those of a result are kept, to check one's own against. */
function numbers(
  n: LineNumbers,
  hidden: boolean,
  last: boolean,
  what: ReadonlySet<Blanks>,
): LineNumbers | null {
  if (what.has('numbers')) {
    return {
      ...n,
      substituted: n.substituted === null ? null : LONG,
      value: SHORT,
      whole: n.whole === null ? null : { ...n.whole, right: LONG },
      remark: null,
    };
  }
  if (!hidden) return n;
  return last ? { ...n, substituted: null } : null;
}
