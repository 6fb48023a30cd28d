// The parser's atoms: numbers, names with their brackets, calls, groups, derivatives.

import { deeper, expectSign, fail, isSign, next, type Parser, peek, sourceText } from './parse-cursor.ts';
import type { DerivativeSyntax, NameSyntax, PartialSyntax, Syntax } from './syntax.ts';
import { spanFrom } from './syntax.ts';
import type { Token } from './tokens.ts';

/** Whether a token can begin an operand. */
export const startsAtom = (t: Token): boolean =>
  t.kind === 'number' || (t.kind === 'name' && t.text !== 'for') || (t.kind === 'sign' && t.text === '(');

export function atom(p: Parser): Syntax {
  const t = peek(p);
  if (!startsAtom(t)) return noOperand(p, t);
  if (t.kind === 'number') {
    next(p);
    return { kind: 'number', text: t.text, span: t };
  }
  if (t.kind === 'sign') return group(p);
  return partialOf(p) ?? derivative(p) ?? call(p) ?? named(p);
}

function noOperand(p: Parser, t: Token): never {
  const before = p.tokens[p.at - 1];
  if (before === undefined && t.kind === 'end') fail(p, t, { code: 'empty-formula' }, 'formula');
  const after = before === undefined ? {} : { after: sourceText(p, before) };
  return fail(p, t, { code: 'expected', what: 'operand', ...after, found: sourceText(p, t) }, 'operand');
}

/** (E), or (dX/dY | what is held). */
function group(p: Parser): Syntax {
  const open = next(p);
  const of = p.relation(p);
  if (isSign(p, '|')) return withCut(p, open, of);
  const close = expectSign(p, ')', open);
  return { kind: 'group', of, span: spanFrom(open, close) };
}

function withCut(p: Parser, open: Token, of: Syntax): Syntax {
  const bar = next(p);
  if (of.kind !== 'derivative') return fail(p, bar, { code: 'held-outside' });
  const cut: NameSyntax[] = [];
  while (!isSign(p, ')') || cut.length > 0) {
    cut.push(named(p, true));
    if (!isSign(p, ',')) break;
    next(p);
  }
  const close = expectSign(p, ')', open);
  return { ...of, cut, span: spanFrom(open, close) };
}

/** A name with its brackets; in a cut a bracket may hold `*`, every stage. */
function named(p: Parser, stars = false): NameSyntax {
  const t = next(p);
  if (t.kind !== 'name') fail(p, t, { code: 'expected', what: 'tensor', found: sourceText(p, t) }, 'tensor');
  return withBrackets(p, t, t.text, stars);
}

function withBrackets(p: Parser, t: Token, name: string, stars = false): NameSyntax {
  const brackets: Syntax[][] = [];
  let last = t;
  while (isSign(p, '[')) {
    const open = next(p);
    const inside = [indexIn(p, stars)];
    while (isSign(p, ',')) {
      next(p);
      inside.push(indexIn(p, stars));
    }
    last = expectSign(p, ']', open);
    brackets.push(inside);
  }
  return { kind: 'name', name, brackets, span: spanFrom(t, last) };
}

function indexIn(p: Parser, stars: boolean): Syntax {
  if (stars && isSign(p, '*')) return { kind: 'name', name: '*', brackets: [], span: next(p) };
  return p.sum(p);
}

/** The place behind the brackets [..][..] that begin at token `at`; where one isn't closed, the end. */
function behindBrackets(p: Parser, at: number, most = Number.POSITIVE_INFINITY): number {
  const is = (text: string): boolean => p.tokens[here]?.kind === 'sign' && p.tokens[here]?.text === text;
  let here = at;
  for (let count = 0; count < most && is('['); count++) here = behind(p, here, '[', ']');
  return here;
}

function behind(p: Parser, at: number, open: string, close: string): number {
  let depth = 0;
  for (let here = at; here < p.tokens.length; here++) {
    const t = p.tokens[here];
    if (t?.kind !== 'sign') continue;
    if (t.text === open) depth++;
    else if (t.text === close && --depth === 0) return here + 1;
  }
  return p.tokens.length;
}

/** Whether a name can be read as d and a tensor: dz, but not the declared delta. */
function isDifferential(p: Parser, t: Token | undefined): t is Token {
  if (t?.kind !== 'name' || t.text.length < 2 || !t.text.startsWith('d')) return false;
  return !p.names.declared(t.text) || p.names.declared(t.text.slice(1));
}

const isDeclared = (p: Parser, t: Token): boolean => p.names.declared(t.text);

/** dX[..]/dY[..], one thing. */
function derivative(p: Parser): DerivativeSyntax | null {
  const t = peek(p);
  if (!isDifferential(p, t)) return null;
  const slash = behindBrackets(p, p.at + 1);
  const by = p.tokens[slash + 1];
  if (p.tokens[slash]?.text !== '/' || !isDifferential(p, by)) return null;
  if (isDeclared(p, t) && isDeclared(p, by)) return null;
  const of = differential(p);
  next(p);
  const below = differential(p);
  return { kind: 'derivative', of, by: below, cut: null, span: spanFrom(t, below.span) };
}

function differential(p: Parser): NameSyntax {
  const t = next(p);
  return withBrackets(p, { ...t, offset: t.offset + 1, length: t.length - 1 }, t.text.slice(1));
}

/** d(E)/dY[..] */
function partialOf(p: Parser): PartialSyntax | null {
  const t = peek(p);
  if (t.text !== 'd' || !isSign(p, '(', 1)) return null;
  const slash = behind(p, p.at + 1, '(', ')');
  if (p.tokens[slash]?.text !== '/' || !isDifferential(p, p.tokens[slash + 1])) return null;
  next(p);
  const open = next(p);
  const of = p.relation(p);
  expectSign(p, ')', open);
  next(p);
  const by = differential(p);
  return { kind: 'partial', of, by, span: spanFrom(t, by.span) };
}

/** f(..), f[l](..), f'(..): a function's name up to its closing bracket; null where it isn't one. */
function call(p: Parser): Syntax | null {
  const t = peek(p);
  if (!p.names.callable(t.text)) return null;
  let here = behindBrackets(p, p.at + 1, 1);
  while (p.tokens[here]?.text === "'") here++;
  if (p.tokens[here]?.text !== '(') return null;
  next(p);
  const stage = isSign(p, '[') ? stageOf(p) : null;
  let primes = 0;
  while (isSign(p, "'")) {
    next(p);
    primes++;
  }
  if (primes > 8) fail(p, t, { code: 'primes', name: t.text, primes });
  const open = next(p);
  const args: Syntax[] = [];
  while (!isSign(p, ')') || args.length > 0) {
    args.push(p.relation(p));
    if (!isSign(p, ',')) break;
    next(p);
  }
  const close = expectSign(p, ')', open);
  return { kind: 'call', name: t.text, stage, primes, args, span: spanFrom(t, close) };
}

function stageOf(p: Parser): Syntax {
  const open = next(p);
  const stage = deeper(p, () => p.sum(p));
  expectSign(p, ']', open);
  return stage;
}
