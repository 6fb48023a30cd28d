// Letters that are no quantity of the network: Kronecker deltas, ones, e and pi, sizes, indices.

import type { Syntax } from '../syntax.ts';
import { indexItems } from './calls.ts';
import { bracketed, isSign, matching, peek, type Reader, spanSince, topLevel } from './cursor.ts';
import { type Glyph, readGlyph } from './glyph.ts';
import { indicator, isRelation } from './indicators.ts';
import { meaningOf } from './letters.ts';
import { formulaAt, missing } from './names.ts';

/** 1 before a condition, and a bold 1 alone. */
export function onesOrIndicator(p: Reader): Syntax | null {
  const t = peek(p);
  if (t.text !== '1' || (t.kind === 'letter') !== (t.font === 'bb')) return null;
  const from = p.at;
  const at = isSign(p, '_', 1) ? 2 : 1;
  const open = peek(p, at);
  if (open.kind === 'sign' && /^[([{]$/.test(open.text)) {
    const close = matching(p, p.at + at);
    const relation = close < 0 ? [] : topLevel(p, p.at + at + 1, close, isRelation);
    if (relation.length > 0) {
      p.at += at;
      const inside = bracketed(p);
      return { ...indicator(inside), span: spanSince(p, from) };
    }
  }
  if (t.font !== 'bb') return null;
  const g = readGlyph(p);
  const transposed =
    g.transposed || g.sups.some((i) => i.kind === 'transpose' || (i.kind === 'index' && i.text === 'T'));
  const ones: Syntax = {
    kind: 'call',
    name: 'ones',
    stage: null,
    primes: 0,
    args: [missing(g.span)],
    span: g.span,
  };
  return transposed ? { kind: 'transpose', of: ones, span: g.span } : ones;
}

/** delta_{ij} and I_{ij} of two indices, where the first is no layer. */
export function kroneckerOf(p: Reader, g: Glyph): Syntax | null {
  const [a, b] = indexItems(g.subs);
  if ((g.key !== 'delta' && g.key !== 'I') || a === undefined || b === undefined || g.subs.length > 2)
    return null;
  if (g.sups.length + g.brackets.length > 0) return null;
  const meaning = p.letters.meanings.get(g.key);
  const decl = meaning?.kind === 'tensor' ? p.letters.scope.tensors.get(meaning.name) : undefined;
  if (decl !== undefined && (decl.stage.length === 0 || /^(?:\d+|[lL].*)$/.test(a.text))) return null;
  return { kind: 'call', name: 'kron', stage: null, primes: 0, args: [a.of, b.of], span: g.span };
}

export function constantOrIndex(p: Reader, g: Glyph): Syntax | null {
  const plain = g.subs.length + g.brackets.length + g.primes === 0;
  if (!plain) return null;
  if (g.key === 'I') {
    const eye: Syntax = {
      kind: 'call',
      name: 'eye',
      stage: null,
      primes: 0,
      args: [missing(g.span)],
      span: g.span,
    };
    return g.sups.length === 0 ? eye : null;
  }
  if (g.key === 'e' || g.key === 'pi') {
    const name: Syntax = { kind: 'name', name: g.key, brackets: [], span: g.span };
    return raised(p, name, g);
  }
  const free = p.letters.scope.indices?.has(g.key) === true || p.letters.scope.sizes.has(g.key);
  return free ? raised(p, { kind: 'name', name: g.key, brackets: [], span: g.span }, g) : null;
}

/** A base with its superscript as a power. */
function raised(p: Reader, base: Syntax, g: Glyph): Syntax | null {
  const [sup, more] = g.sups;
  if (g.power !== null && g.key === 'e')
    return { kind: 'call', name: 'exp', stage: null, primes: 0, args: [formulaAt(p, g.power)], span: g.span };
  if (g.power !== null)
    return { kind: 'power', entrywise: false, base, exponent: formulaAt(p, g.power), span: g.span };
  if (sup === undefined) return base;
  if (sup.kind !== 'index' || more !== undefined) return null;
  return { kind: 'power', entrywise: false, base, exponent: sup.of, span: g.span };
}

/** A typed word nobody declared, as the product of its letters where each is known: `xy`. */
export function lettersOfWord(p: Reader, g: Glyph): Syntax | null {
  const letters = [...g.key];
  if (!/^[A-Za-z]{2,4}$/.test(g.key) || !p.letters.free || g.primes + g.subs.length + g.brackets.length > 0)
    return null;
  const names = letters.map((c) => meaningOf(p.letters, c, 'quantity'));
  if (names.some((m) => m?.kind !== 'tensor')) return null;
  const parts = letters.map((c, i) => {
    const span = { offset: g.span.offset + i, length: 1 };
    const name: Syntax = { kind: 'name', name: c, brackets: [], span };
    return { operator: '*', span, of: i === letters.length - 1 ? (raised(p, name, g) ?? name) : name };
  });
  return { kind: 'product', parts, span: g.span };
}

/** n_l; a bare n, where widths have layers, is the number of samples. */
export function sizeSyntax(p: Reader, name: string, g: Glyph): Syntax {
  const [first] = [...g.subs, ...g.sups, ...(g.brackets[0] ?? [])];
  if (first?.kind === 'index') return { kind: 'name', name, brackets: [[first.of]], span: g.span };
  const { scope, sample } = p.letters;
  const samples = sample !== null && (scope.sizes.get(name) ?? 0) > 0;
  return { kind: 'name', name: samples ? sample : name, brackets: [], span: g.span };
}
