// A letter where a value is wanted: a tensor, a function with its argument, the loss, a size, an index, a Kronecker delta.

import type { CallSyntax, NameSyntax, Syntax } from '../syntax.ts';
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
  within,
} from './cursor.ts';
import { type Glyph, readGlyph, scriptsBehind, startsGlyph } from './glyph.ts';
import { meaningOf } from './letters.ts';
import { formulaAt, type Known, known, MISSING, missing, tensorSyntax, unknown } from './names.ts';
import { affine, type IndexItem, type Item } from './scripts.ts';

/** Reads the letter that begins here, and what belongs to it. */
export function quantity(p: Reader): Syntax {
  const from = p.at;
  const ones = onesOrIndicator(p);
  if (ones !== null) return ones;
  const g = readGlyph(p);
  return sigmaMatrix(p, g) ?? differential(p, g, from) ?? ofGlyph(p, g, from);
}

/** What a glyph that has been read stands for. */
export function ofGlyph(p: Reader, g: Glyph, from: number): Syntax {
  const call = opensCall(p);
  const found = known(p, g, call || primesOf(g) > 0 ? 'called' : 'quantity');
  const delta = found?.glyph.subs === g.subs ? kroneckerOf(p, g) : null;
  if (delta !== null) return delta;
  return found === null ? unlisted(p, g, from) : ofKnown(p, found, from);
}

/** What a letter whose meaning is known stands for, with what hangs on it. */
export function ofKnown(p: Reader, { meaning, glyph }: Known, from: number): Syntax {
  switch (meaning.kind) {
    case 'tensor':
      return tensorSyntax(p, meaning.name, withoutArgument(p, glyph));
    case 'function':
      return functionCall(p, meaning.name, glyph, from);
    case 'loss':
      return lossSyntax(p, glyph, from);
    case 'size':
      return sizeSyntax(meaning.name, glyph);
    case 'stage':
      return meaning.of;
    case 'syntax':
      return withScripts(p, meaning.of, withoutArgument(p, glyph));
  }
}

/** z^o(x): a quantity of the network at its input. */
function withoutArgument(p: Reader, g: Glyph): Glyph {
  if (!isSign(p, '(') || peek(p).spaced || p.letters.free) return g;
  const close = matching(p, p.at);
  const input = close === p.at + 2 && isInput(p, peek(p, 1).text);
  const braced = close === p.at + 4 && isSign(p, '{', 1) && isInput(p, peek(p, 2).text);
  if (!input && !braced) return g;
  p.at = close + 1;
  return scriptsBehind(p, g);
}

const isInput = (p: Reader, letter: string): boolean => {
  const found = p.letters.meanings.get(letter);
  return found?.kind === 'tensor' && found.name === 'x' && p.letters.scope.tensors.get('x')?.kind === 'input';
};

/** A letter that neither the notation nor the system has. */
function unlisted(p: Reader, g: Glyph, from: number): Syntax {
  const delta = kroneckerOf(p, g) ?? constantOrIndex(p, g) ?? barred(p, g) ?? lettersOfWord(p, g);
  if (delta !== null) return delta;
  const output = g.key === 'softmax' ? softmaxOf(p) : null;
  if (output !== null) return output;
  if ((g.key === 'prod' || g.key === 'chain') && isSign(p, '('))
    return {
      kind: 'call',
      name: 'chain',
      stage: null,
      primes: 0,
      args: listIn(bracketed(p)),
      span: spanSince(p, from),
    };
  const called = known(p, g, 'called');
  return called?.meaning.kind === 'function'
    ? functionCall(p, called.meaning.name, called.glyph, from)
    : unknown(p, g);
}

/** softmax(z^L) is a^L: what the network calls it. */
function softmaxOf(p: Reader): Syntax | null {
  if (!isSign(p, '(') || !p.letters.scope.tensors.has('a')) return null;
  const start = p.at;
  const [z, more] = listIn(bracketed(p));
  if (z?.kind === 'name' && z.name === 'z' && z.brackets.length === 1 && more === undefined)
    return tensorSyntax(p, 'a', scriptsBehind(p, { ...glyphFor('a', z.span), brackets: [itemsFor(z)] }));
  p.at = start;
  return null;
}

const glyphFor = (key: string, span: Syntax['span']): Glyph => ({
  key,
  subs: [],
  sups: [],
  brackets: [],
  primes: 0,
  transposed: false,
  power: null,
  span,
});
const itemsFor = (s: NameSyntax): Item[] =>
  (s.brackets[0] ?? []).map((of): Item => ({ kind: 'index', of, bracket: '[', text: '', span: s.span }));

/** A bar over a quantity: the derivative of the loss by it. */
function barred(p: Reader, g: Glyph): Syntax | null {
  if (!g.key.startsWith('bar ') || p.letters.free) return null;
  const below: Glyph = { ...g, key: g.key.slice(4) };
  const found = known(p, below, 'quantity');
  if (found?.meaning.kind === 'tensor')
    return adjointOf(p, tensorSyntax(p, found.meaning.name, found.glyph), g);
  return found?.meaning.kind === 'syntax'
    ? adjointOf(p, withScripts(p, found.meaning.of, found.glyph), g)
    : null;
}

const opensCall = (p: Reader): boolean =>
  isSign(p, '(') || isSign(p, '[') || (isSign(p, '{') && isSign(p, '(', 1));

const primesOf = (g: Glyph): number => g.primes + g.sups.filter((i) => i.kind === 'prime').length;

const indexItems = (items: readonly Item[]): IndexItem[] =>
  items.filter((i): i is IndexItem => i.kind === 'index');

/** dZ, dW, da_prev: the derivative of the loss by a quantity, written with a d before it. */
function differential(p: Reader, g: Glyph, from: number): Syntax | null {
  const word = /^d([A-Za-z]\w*)$/.exec(g.key)?.[1];
  if (word !== undefined && meaningOf(p.letters, g.key, 'quantity') === null) {
    const short = wordGlyph(p, word, g);
    const found = known(p, short, 'quantity');
    return found?.meaning.kind === 'tensor'
      ? adjointOf(p, tensorSyntax(p, found.meaning.name, found.glyph), g)
      : null;
  }
  if (g.key !== 'd' || !startsGlyph(p) || g.subs.length + g.sups.length + g.brackets.length + g.primes > 0)
    return null;
  if (p.letters.meanings.has('d') && p.letters.free) return null;
  const start = p.at;
  const of = readGlyph(p);
  const named = meaningOf(p.letters, `d ${of.key}`, 'quantity');
  const whole = { ...of, span: spanSince(p, from) };
  if (named?.kind === 'tensor') return tensorSyntax(p, named.name, whole);
  const found = known(p, of, 'quantity');
  if (found?.meaning.kind === 'tensor')
    return adjointOf(p, tensorSyntax(p, found.meaning.name, found.glyph), whole);
  if (found?.meaning.kind === 'syntax')
    return adjointOf(p, withScripts(p, found.meaning.of, found.glyph), whole);
  p.at = start;
  return null;
}

/** The rest of a typed word behind its d, as a glyph: `dW2` as W with the 2. */
function wordGlyph(p: Reader, word: string, g: Glyph): Glyph {
  const [, letters = word, digits = ''] = /^([A-Za-z]+?)(\d*)$/.exec(word) ?? [];
  if (digits === '' || p.letters.meanings.has(word)) return { ...g, key: word };
  const span = { offset: g.span.offset + g.span.length - digits.length, length: digits.length };
  const item: Item = {
    kind: 'index',
    of: { kind: 'number', text: digits, span },
    bracket: '',
    text: digits,
    span,
  };
  return { ...g, key: letters, subs: [item, ...g.subs] };
}

/** dC/dv for what v was read as; a transpose goes around it. */
export function adjointOf(p: Reader, by: Syntax, g: Glyph): Syntax {
  if (by.kind === 'transpose') return { ...by, of: adjointOf(p, by.of, g) };
  if (by.kind !== 'name')
    return fail(p, g.span, 'a derivative is taken by an entry or a whole tensor', 'a tensor');
  const of: NameSyntax = { kind: 'name', name: p.letters.scope.loss, brackets: [], span: g.span };
  return { kind: 'derivative', of, by, cut: null, span: g.span };
}

/** \Sigma'(z): the diagonal matrix of the activation's derivatives. */
function sigmaMatrix(p: Reader, g: Glyph): Syntax | null {
  const { activation } = p.letters;
  if (g.key !== 'Sigma' || primesOf(g) === 0 || activation === null || !opensCall(p)) return null;
  const from = p.at;
  const inner = functionCall(p, activation, { ...g, key: activation }, from);
  return { kind: 'call', name: 'diag', stage: null, primes: 0, args: [inner], span: inner.span };
}

/** 1 before a condition, and a bold 1 alone. */
function onesOrIndicator(p: Reader): Syntax | null {
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

export const isRelation = (t: { kind: string; text: string }): boolean =>
  t.kind === 'sign' && ['=', '<', '>', '<=', '>=', '!=', '~='].includes(t.text);

/** Several conditions at once. */
function allOf(p: Reader, commas: readonly number[], from: number): Syntax {
  const ends = [...commas, p.to];
  const holds = ends.map((end, i) =>
    indicator({ ...p, at: i === 0 ? p.at : (ends[i - 1] ?? 0) + 1, to: end }),
  );
  const args = holds.flatMap((h) => (h.kind === 'call' ? h.args : []));
  p.at = p.to;
  if (args.length < holds.length)
    fail(p, p.marks[from] ?? peek(p), 'conditions with an unequal sign stand alone', 'one condition');
  return { kind: 'call', name: 'ind', stage: null, primes: 0, args, span: spanSince(p, from) };
}

/** Whether a range holds index letters and numbers only. */
function isIndexRange(p: Reader): boolean {
  const marks = p.marks.slice(p.at, p.to);
  const index = (letter: string): boolean => {
    const found = p.letters.meanings.get(letter);
    return found === undefined || found.kind === 'size' || found.kind === 'stage';
  };
  return (
    marks.length > 0 &&
    marks.every(
      (t) => t.kind === 'number' || /^[-+_{}]$/.test(t.text) || (t.kind === 'letter' && index(t.text)),
    ) &&
    marks.some((t) => t.kind === 'letter' || marks.length === 1)
  );
}

/** The condition that is all of a range, as 1 where it holds and 0 elsewhere; i != j as 1 less a Kronecker delta. */
export function indicator(p: Reader): Syntax {
  const from = p.at;
  const commas = topLevel(p, p.at, p.to, (t) => t.kind === 'sign' && t.text === ',');
  if (commas.length > 0) return allOf(p, commas, from);
  const places = topLevel(p, p.at, p.to, isRelation);
  const relations = places.map((i) => p.marks[i]?.text ?? '=');
  const ends = [...places, p.to];
  const sides = ends.map((end, i) => {
    const side: Reader = { ...p, at: i === 0 ? p.at : (ends[i - 1] ?? 0) + 1, to: end };
    const s = isIndexRange(side) ? affine(side) : p.parts.sum(side);
    if (!isEnd(side)) fail(side, peek(side), 'a condition is expected here', 'a condition');
    return s;
  });
  p.at = p.to;
  const span = spanSince(p, from);
  const unequal = relations.length === 1 && relations[0] === '!=';
  const relation: Syntax = { kind: 'relation', sides, relations: unequal ? ['='] : relations, span };
  const holds: CallSyntax = { kind: 'call', name: 'ind', stage: null, primes: 0, args: [relation], span };
  if (!unequal) return holds;
  const one: Syntax = { kind: 'number', text: '1', span };
  return {
    kind: 'group',
    of: {
      kind: 'sum',
      parts: [
        { operator: '+', span, of: one },
        { operator: '-', span, of: holds },
      ],
      span,
    },
    span,
  };
}

/** delta_{ij} and I_{ij} of two indices, where the first is no layer. */
function kroneckerOf(p: Reader, g: Glyph): Syntax | null {
  const [a, b] = indexItems(g.subs);
  if ((g.key !== 'delta' && g.key !== 'I') || a === undefined || b === undefined || g.subs.length > 2)
    return null;
  if (g.sups.length + g.brackets.length > 0) return null;
  const meaning = p.letters.meanings.get(g.key);
  const decl = meaning?.kind === 'tensor' ? p.letters.scope.tensors.get(meaning.name) : undefined;
  if (decl !== undefined && (decl.stage.length === 0 || /^(?:\d+|[lL].*)$/.test(a.text))) return null;
  return { kind: 'call', name: 'kron', stage: null, primes: 0, args: [a.of, b.of], span: g.span };
}

function constantOrIndex(p: Reader, g: Glyph): Syntax | null {
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
function lettersOfWord(p: Reader, g: Glyph): Syntax | null {
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

const sizeSyntax = (name: string, g: Glyph): Syntax => {
  const [first] = [...g.subs, ...g.sups, ...(g.brackets[0] ?? [])];
  const brackets = first?.kind === 'index' ? [[first.of]] : [];
  return { kind: 'name', name, brackets, span: g.span };
};

/** The loss; arguments and samples that are written behind it say nothing. */
function lossSyntax(p: Reader, g: Glyph, from: number): Syntax {
  if (isSign(p, '(')) {
    const start = p.at;
    const opaque = p.letters.scope.opaqueArgs.has(p.letters.scope.loss) ? opaqueCall(p, from) : null;
    if (opaque !== null) return opaque;
    p.at = start;
    bracketed(p);
  }
  return { kind: 'name', name: p.letters.scope.loss, brackets: [], span: { ...g.span } };
}

/** C(a^L) of an unknown loss; null where the argument is no list of whole tensors. */
function opaqueCall(p: Reader, from: number): Syntax | null {
  const inside = bracketed(p);
  const args: Syntax[] = [];
  while (!isEnd(inside)) {
    if (!startsGlyph(inside)) return null;
    const start = inside.at;
    const g = readGlyph(inside);
    const found = known(inside, g, 'quantity');
    if (found === null || found.meaning.kind !== 'tensor') return null;
    args.push(tensorSyntax(inside, found.meaning.name, found.glyph));
    if (inside.at === start) return null;
    if (isSign(inside, ',') || isSign(inside, ';')) inside.at++;
  }
  const whole = args.every((a) => a.kind === 'name');
  const known1 = p.letters.scope.opaqueArgs.get(p.letters.scope.loss)?.map((t) => t.name) ?? [];
  const same =
    args.length === known1.length && args.every((a, i) => a.kind === 'name' && a.name === known1[i]);
  if (!whole || !same) return null;
  return { kind: 'call', name: p.letters.scope.loss, stage: null, primes: 0, args, span: spanSince(p, from) };
}

/** A quantity that the question gave a letter to, with what the text hangs on it. */
function withScripts(p: Reader, of: Syntax, g: Glyph): Syntax {
  if (of.kind === 'derivative') {
    const by = withScripts(p, of.by, g);
    if (by.kind === 'transpose' && by.of.kind === 'name')
      return { ...by, of: { ...of, by: by.of, span: g.span } };
    return by.kind === 'name' ? { ...of, by, span: g.span } : of;
  }
  if (of.kind !== 'name') return { kind: 'group', of, span: g.span };
  const decl = p.letters.scope.tensors.get(of.name);
  if (decl === undefined) return { ...of, span: g.span };
  const [stated, slots] = decl.stage.length > 0 ? of.brackets : [undefined, of.brackets[0]];
  const stage = stated?.some((s) => s.kind === 'name' && s.name === MISSING) === true ? undefined : stated;
  const fixed = (forms: readonly Syntax[] | undefined): readonly Item[] | null =>
    forms?.map((s): Item => ({ kind: 'index', of: s, bracket: '[', text: '', span: g.span })) ?? null;
  const stageItems = fixed(stage);
  const subs =
    stageItems === null ? g.subs : g.subs.filter((i) => !(i.kind === 'index' && i.bracket === '['));
  const slotItems = g.subs.length === 0 && g.brackets.length === 0 ? fixed(slots) : null;
  const brackets =
    stageItems === null ? g.brackets : [stageItems, ...(slotItems === null ? g.brackets : [slotItems])];
  const own =
    stageItems !== null && slotItems === null && g.brackets.length === 0 ? [stageItems, []] : brackets;
  const sups = g.sups.map(
    (i): Item =>
      i.kind === 'index' && i.text !== 'T' && i.of.kind !== 'number' ? { ...i, bracket: '(' } : i,
  );
  return tensorSyntax(p, of.name, { ...g, subs: slotItems === null ? subs : [], sups, brackets: clean(own) });
}

const clean = (brackets: readonly (readonly Item[])[]): (readonly Item[])[] =>
  brackets.filter((b) => b.length > 0);

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
