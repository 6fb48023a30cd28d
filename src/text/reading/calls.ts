// A function with its argument, in brackets or without.

import type { CallSyntax, Syntax } from '../syntax.ts';
import { writtenOut } from './activations.ts';
import {
  bracketed,
  fail,
  isCommand,
  isEnd,
  isSign,
  matching,
  peek,
  type Reader,
  spanSince,
  topLevel,
  typed,
  within,
} from './cursor.ts';
import { type Glyph, readGlyph, startsGlyph } from './glyph.ts';
import { indicator, isRelation } from './indicators.ts';
import { meaningOf } from './letters.ts';
import { formulaAt, known, missing, tensorSyntax } from './names.ts';
import { affine, type IndexItem, type Item } from './scripts.ts';

export const opensCall = (p: Reader): boolean =>
  isSign(p, '(') || isSign(p, '[') || (isSign(p, '{') && isSign(p, '(', 1));

/** Code's word for a derivative, behind the name of a function: sigmoid_prime(z). */
const DERIVATIVE = /^(?:prime|deriv|derivative|der|grad|gradient)$/;

export const primesOf = (g: Glyph): number =>
  g.primes +
  g.sups.filter((i) => i.kind === 'prime').length +
  g.subs.filter((i) => i.kind === 'index' && DERIVATIVE.test(i.text)).length;

export const indexItems = (items: readonly Item[]): IndexItem[] =>
  items.filter((i): i is IndexItem => i.kind === 'index');

/** A function with its argument: sigma'(z), tanh^2 x, ln a. */
export function functionCall(p: Reader, name: string, g: Glyph, from: number): Syntax {
  const primes = primesOf(g);
  if (primes > 8) fail(p, g.span, { code: 'primes', name, primes });
  const own = p.letters.scope.functions.has(name) || p.letters.scope.opaque.has(name);
  const stage = hasStages(p, name) ? stageOf(g) : null;
  const raised = g.power === null ? null : formulaAt(p, g.power);
  const power = hasStages(p, name) ? raised : (raised ?? powerOf(p, name, g, own));
  const base = own ? null : baseOf(p, name, g);
  const args = argumentsOf(p, name, g, primes);
  const span = spanSince(p, from);
  const fn = base?.kind === 'number' ? `log${base.text}` : name;
  const call: CallSyntax = { kind: 'call', name: fn, stage, primes, args, span };
  const plain = writtenOut(p.letters, g.key, call);
  const whole = base === null || base.kind === 'number' ? plain : overLog(call, base);
  return power === null ? whole : { kind: 'power', entrywise: false, base: whole, exponent: power, span };
}

/** The layer of an activation that has one for each layer; the neuron that may hang on it says nothing. */
function stageOf(g: Glyph): Syntax | null {
  const items = [...indexItems(g.sups), ...indexItems(g.subs), ...indexItems(g.brackets[0] ?? [])];
  return items.find((i) => i.of.kind !== 'name' || !/^[ijk]$/.test(i.of.name))?.of ?? null;
}

/** What is raised on a function's name: a number is a power, of an elementary function a letter too. */
function powerOf(p: Reader, name: string, g: Glyph, own: boolean): Syntax | null {
  const [item] = indexItems(g.sups).filter((i) => i.bracket === '');
  if (item === undefined) return null;
  const minus = item.of.kind === 'negative' || (item.of.kind === 'sum' && item.of.parts[0]?.operator === '-');
  if (minus) fail(p, item.span, { code: 'power-or-inverse', name }, { text: `1/${name}(x)` });
  if (own && item.of.kind !== 'number' && !(item.of.kind === 'name' && item.of.name === 'n')) return null;
  return item.of;
}

/** The base of a logarithm; 10 and 2 have functions of their own, e is the usual one. */
function baseOf(p: Reader, name: string, g: Glyph): Syntax | null {
  const [item] = indexItems(g.subs);
  if (item === undefined || TAKING_INDICES.has(name)) return null;
  if (name !== 'log') fail(p, item.span, { code: 'no-index', name }, { sign: '(' });
  if (item.of.kind === 'number')
    return /^(?:2|10)$/.test(item.text) ? item.of : { kind: 'group', of: item.of, span: item.span };
  return item.text === 'e' ? null : item.of;
}

/** Names whose index is no part of what they are. */
const TAKING_INDICES: ReadonlySet<string> = new Set([
  'sum',
  'norm',
  'max',
  'min',
  'kron',
  'ind',
  'ones',
  'eye',
  'diag',
  'tr',
]);

/** log_b x as log(x)/log(b). */
function overLog(call: Syntax, base: Syntax): Syntax {
  const { span } = call;
  const below: Syntax = { kind: 'call', name: 'log', stage: null, primes: 0, args: [base], span: base.span };
  const parts = [
    { operator: '*', span, of: call },
    { operator: '/', span, of: below },
  ];
  return { kind: 'group', of: { kind: 'product', parts, span }, span };
}

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
  if (p.letters.scope.functions.has(name) && isFactor(p, g)) return [bareArgument(p, name, g, primes)];
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
    fail(p, peek(p), { code: 'expected', what: 'operator-or-closing', found: typed(p, peek(p)) }, 'operator');
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

/** The variable of a function that the question is about, with nothing else in it; null elsewhere. */
function variableOf(p: Reader): string | null {
  const [only, more] = p.letters.scope.tensors.keys();
  return p.letters.free && more === undefined ? (only ?? null) : null;
}

/** Whether the bracket behind a function's name is a factor: sigma (1 - sigma), where the name itself stands in it alone. */
function isFactor(p: Reader, g: Glyph): boolean {
  if (variableOf(p) === null || !isSign(p, '(')) return false;
  const inside = p.marks.slice(p.at + 1, matching(p, p.at));
  return inside.some((t, i) => t.text === g.key && !/^[({[']$/.test(inside[i + 1]?.text ?? ''));
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
  const own = variableOf(p);
  if (own !== null) return { kind: 'name', name: own, brackets: [], span: g.span };
  const z = p.letters.scope.tensors.get('z');
  if (primes > 0 && z !== undefined && z.stage.length === 1)
    return { kind: 'name', name: 'z', brackets: [[missing(g.span)]], span: g.span };
  return fail(p, peek(p), { code: 'function-alone', name, wants: 'bracket' }, { sign: '(' });
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
  const variable = only === undefined ? variableOf(p) : null;
  if (variable !== null) return { kind: 'name', name: variable, brackets: [], span: spanSince(p, from) };
  if (only === undefined)
    return fail(p, peek(p), { code: 'function-alone', name, wants: 'argument' }, { sign: '(' });
  if (parts.length === 1) return only;
  const span = spanSince(p, from);
  return { kind: 'product', parts: parts.map((of) => ({ operator: '*', span: of.span, of })), span };
}
