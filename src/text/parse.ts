// Tokens to syntax: operator precedence over the one table, with spans. Knows no shapes; asks what a name may be.

import { infixOperator, LEVEL } from './operators.ts';
import { atom, startsAtom } from './parse-atom.ts';
import {
  deeper,
  expectSign,
  fail,
  isSign,
  type Names,
  next,
  type Parser,
  peek,
  sourceText,
} from './parse-cursor.ts';
import type { Part, Syntax } from './syntax.ts';
import { spanFrom } from './syntax.ts';
import type { Token } from './tokens.ts';

/** A formula, or a formula with the conditions behind `for`. */
export interface Parsed {
  readonly formula: Syntax;
  readonly where: readonly Syntax[] | null;
}

/** Reads one formula (a relation included), and after it `for` and conditions. Throws a ReadError. */
export function parseFormula(text: string, tokens: readonly Token[], names: Names): Parsed {
  const p = parser(text, tokens, names);
  const formula = relation(p);
  let where: Syntax[] | null = null;
  if (peek(p).kind === 'name' && peek(p).text === 'for') {
    next(p);
    where = listed(p);
  }
  atEnd(p);
  return { formula, where };
}

/** Reads formulas separated by commas. */
export function parseList(text: string, tokens: readonly Token[], names: Names): Syntax[] {
  const p = parser(text, tokens, names);
  const list = listed(p);
  atEnd(p);
  return list;
}

const parser = (text: string, tokens: readonly Token[], names: Names): Parser => ({
  text,
  tokens,
  names,
  at: 0,
  depth: 0,
  relation,
  sum: (p) => deeper(p, () => chain(p, 'sum')),
});

function listed(p: Parser): Syntax[] {
  const list = [relation(p)];
  while (isSign(p, ',')) {
    next(p);
    list.push(relation(p));
  }
  return list;
}

function atEnd(p: Parser): void {
  const t = peek(p);
  if (t.kind === 'end') return;
  if (t.text === ')' || t.text === ']') fail(p, t, { code: 'closes-nothing', found: sourceText(p, t) });
  fail(p, t, { code: 'expected', what: 'operator-or-end', found: sourceText(p, t) }, 'operator-or-end');
}

const RELATIONS: ReadonlySet<string> = new Set(['=', '<', '>', '<=', '>=']);

function relation(p: Parser): Syntax {
  return deeper(p, () => {
    const first = chain(p, 'sum');
    const sides = [first];
    const relations: string[] = [];
    while (peek(p).kind === 'sign' && RELATIONS.has(peek(p).text)) {
      relations.push(next(p).text);
      sides.push(chain(p, 'sum'));
    }
    const last = sides.at(-1) ?? first;
    return sides.length === 1
      ? first
      : { kind: 'relation', sides, relations, span: spanFrom(first.span, last.span) };
  });
}

type ChainKind = 'sum' | 'hadamard' | 'product';

/** Operands joined by the infix operators of one level, kept flat. */
function chain(p: Parser, kind: ChainKind): Syntax {
  const operand = kind === 'sum' ? signed : kind === 'hadamard' ? productChain : factor;
  const first = operand(p);
  const parts: Part[] = [{ operator: kind === 'sum' ? '+' : '*', span: first.span, of: first }];
  for (;;) {
    const t = peek(p);
    if (t.kind === 'sign' && infixOperator(t.text)?.level === LEVEL[kind]) {
      next(p);
      parts.push({ operator: t.text, span: t, of: operand(p) });
    } else if (kind === 'product' && startsAtom(t) && t.kind !== 'number') {
      const of = power(p);
      parts.push({ operator: '*', span: of.span, of });
    } else break;
  }
  const last = parts.at(-1)?.of ?? first;
  return parts.length === 1 ? first : { kind, parts, span: spanFrom(first.span, last.span) };
}

const productChain = (p: Parser): Syntax => chain(p, 'product');

/** A term of a sum: the sign in front reaches over its products. */
function signed(p: Parser): Syntax {
  return afterSign(p, signed) ?? chain(p, 'hadamard');
}

/** A factor of a product, which may have a sign of its own: a*-b. */
function factor(p: Parser): Syntax {
  return afterSign(p, factor) ?? power(p);
}

function afterSign(p: Parser, operand: (p: Parser) => Syntax): Syntax | null {
  const t = peek(p);
  if (t.kind !== 'sign' || (t.text !== '-' && t.text !== '+')) return null;
  next(p);
  const of = deeper(p, () => operand(p));
  return t.text === '+' ? of : { kind: 'negative', of, span: spanFrom(t, of.span) };
}

function power(p: Parser): Syntax {
  const base = postfix(p);
  const t = peek(p);
  if (t.kind !== 'sign' || infixOperator(t.text)?.level !== LEVEL.power) return base;
  next(p);
  const exponent = deeper(p, () => exponentOf(p));
  return {
    kind: 'power',
    entrywise: t.text === '.^',
    base,
    exponent,
    span: spanFrom(base.span, exponent.span),
  };
}

function exponentOf(p: Parser): Syntax {
  return afterSign(p, exponentOf) ?? power(p);
}

/** Transposes and entries behind an atom: (E)'[j]. */
function postfix(p: Parser): Syntax {
  const start = p.depth;
  let e = atom(p);
  for (;;) {
    const t = peek(p);
    if (isSign(p, "'")) {
      next(p);
      e = { kind: 'transpose', of: e, span: spanFrom(e.span, t) };
    } else if (isSign(p, '[')) {
      e = entriesOf(p, e);
    } else break;
    deeper(p, () => e);
    p.depth++;
  }
  p.depth = start;
  return e;
}

function entriesOf(p: Parser, of: Syntax): Syntax {
  const open = next(p);
  if (of.kind === 'number') fail(p, open, { code: 'number-entries' });
  const slots = [p.sum(p)];
  while (isSign(p, ',')) {
    next(p);
    slots.push(p.sum(p));
  }
  const close = expectSign(p, ']', open);
  return { kind: 'indexed', of, slots, span: spanFrom(of.span, close) };
}
