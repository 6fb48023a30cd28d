// A function with its argument, in brackets or without.

import { type Syntax } from '../syntax.ts';
import { type Reader, bracketed, fail, isCommand, isEnd, isSign, matching, peek, spanSince, topLevel, within } from './cursor.ts';
import { type Glyph, readGlyph, startsGlyph } from './glyph.ts';
import { indicator, isRelation } from './indicators.ts';
import { meaningOf } from './letters.ts';
import { known, missing, tensorSyntax } from './names.ts';
import { type IndexItem, type Item, affine } from './scripts.ts';

export const opensCall = (p: Reader): boolean =>
  isSign(p, '(') || isSign(p, '[') || (isSign(p, '{') && isSign(p, '(', 1));

export const primesOf = (g: Glyph): number => g.primes + g.sups.filter((i) => i.kind === 'prime').length;

export const indexItems = (items: readonly Item[]): IndexItem[] =>
  items.filter((i): i is IndexItem => i.kind === 'index');

/** A function with its argument: sigma'(z), tanh^2 x, ln a. */
export function functionCall(p: Reader, name: string, g: Glyph, from: number): Syntax {
  const primes = primesOf(g);
  if (primes > 8) fail(p, g.span, `${name} has ${primes} primes; at most 8 can be read`);
  const items = [...indexItems(g.sups), ...indexItems(g.subs), ...indexItems(g.brackets[0] ?? [])];
  const staged = hasStages(p, name);
  const stage = staged
    ? (items.find((i) => i.of.kind !== 'name' || !/^[ijk]$/.test(i.of.name))?.of ?? null)
    : null;
  const power = staged
    ? null
    : (indexItems(g.sups).find((i) => i.bracket === '' && isPower(i.of))?.of ?? null);
  const args = argumentsOf(p, name, g, primes);
  const span = spanSince(p, from);
  const call: Syntax =
    name === 'sqrt' || name === 'abs' || primes > 0 || args.length !== 1
      ? { kind: 'call', name, stage, primes, args, span }
      : { kind: 'call', name, stage, primes: 0, args, span };
  return power === null ? call : { kind: 'power', entrywise: false, base: call, exponent: power, span };
}

const isPower = (s: Syntax): boolean =>
  s.kind === 'number' ||
  (s.kind === 'negative' && s.of.kind === 'number') ||
  (s.kind === 'name' && s.name === 'n');

const hasStages = (p: Reader, name: string): boolean => p.letters.scope.stagedFunctions.has(name);

/** Forms of the syntax whose arguments are indices and sizes. */
const OF_INDICES = new Set(['kron', 'ones', 'eye', 'size']);

function indicesIn(p: Reader): Syntax[] {
  const commas = topLevel(p, p.at, p.to, (t) => t.text === ',');
  const ends = [...commas, p.to];
  return ends.map((end, i) => affine({ ...p, at: i === 0 ? p.at : (ends[i - 1] ?? 0) + 1, to: end }));
}

function argumentsOf(p: Reader, name: string, g: Glyph, primes: number): Syntax[] {
  if (OF_INDICES.has(name) && isSign(p, '(')) return indicesIn(bracketed(p));
  if (isSign(p, '{') && isSign(p, '(', 1) && matching(p, p.at + 1) === matching(p, p.at) - 1)
    return argumentsOf(bracketed(p), name, g, primes);
  if (isSign(p, '(') || isSign(p, '[') || isSign(p, '{')) return listIn(bracketed(p));
  if (p.letters.scope.functions.has(name)) return [bareArgument(p, name, g, primes)];
  return [implicitArgument(p, name)];
}

/** Formulas separated by commas. */
export function listIn(p: Reader): Syntax[] {
  const args: Syntax[] = [];
  for (;;) {
    args.push(conditionOrSum(p));
    if (!isSign(p, ',') && !isSign(p, ';')) break;
    p.at++;
  }
  if (!isEnd(p))
    fail(
      p,
      peek(p),
      `expected an operator or the closing bracket, found ${JSON.stringify(peek(p).text)}`,
      'an operator',
    );
  return args;
}

function conditionOrSum(p: Reader): Syntax {
  const [comma = p.to] = topLevel(p, p.at, p.to, (t) => t.text === ',' || t.text === ';');
  if (topLevel(p, p.at, comma, isRelation).length === 0) return p.parts.sum(p);
  const inside: Reader = { ...p, to: comma };
  const s = indicator(inside);
  p.at = comma;
  return s;
}

/** sigma z, or sigma' alone, which is taken at the weighted input of the layer at hand. */
function bareArgument(p: Reader, name: string, g: Glyph, primes: number): Syntax {
  if (startsGlyph(p)) {
    const start = p.at;
    const of = readGlyph(p);
    const found = known(p, of, 'quantity');
    if (found?.meaning.kind === 'tensor') return tensorSyntax(p, found.meaning.name, found.glyph);
    p.at = start;
  }
  const z = p.letters.scope.tensors.get('z');
  if (primes > 0 && z !== undefined && z.stage.length === 1)
    return { kind: 'name', name: 'z', brackets: [[missing(g.span)]], span: g.span };
  return fail(p, peek(p), `${name} is a function; expected "(" after it`, '"("');
}

/** ln a, sin 2x: the factors that follow, up to a sign, a function, a fraction or a bracket behind a letter. */
function implicitArgument(outer: Reader, name: string): Syntax {
  const p = within(outer, outer.at, outer.to);
  const s = argumentBehind(p, name);
  outer.at = p.at;
  return s;
}

function argumentBehind(p: Reader, name: string): Syntax {
  const from = p.at;
  const parts: Syntax[] = [];
  while (!isEnd(p)) {
    const t = peek(p);
    const first = parts.length === 0;
    if (t.kind === 'word' && !first && meaningOf(p.letters, t.text, 'called')?.kind === 'function') break;
    if (t.kind === 'command' && !first && !isCommand(p, 'hat')) break;
    if (t.kind === 'sign' && !(first && /^[-+([{|]$/.test(t.text)) && !startsGlyph(p)) break;
    parts.push(p.parts.factor(p));
    if (t.kind === 'sign' || t.kind === 'command') break;
  }
  const [only] = parts;
  if (only === undefined)
    return fail(p, peek(p), `${name} is a function; expected its argument after it`, '"("');
  if (parts.length === 1) return only;
  const span = spanSince(p, from);
  return { kind: 'product', parts: parts.map((of) => ({ operator: '*', span: of.span, of })), span };
}
