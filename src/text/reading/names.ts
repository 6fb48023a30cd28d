// A letter with scripts to a name with brackets: which script is the layer, which the entry, which a sample or a power.

import type { TensorDecl } from '../../expr/system.ts';
import { nearHint } from '../nearest.ts';
import { ReadError, type Span } from '../read-error.ts';
import type { NameSyntax, Syntax } from '../syntax.ts';
import { bracketed, fail, isSign, peek, type Reader, typed, within } from './cursor.ts';
import { type Glyph, scriptsBehind } from './glyph.ts';
import { knownNames, type Meaning, meaningOf, type Stand } from './letters.ts';
import { type IndexItem, type Item, primed } from './scripts.ts';
import { ALL, digitsApart, withOpenSlot } from './slices.ts';

/** What stands where a stage, a slot or a size is not said and has to be found. */
export const MISSING = '?';

export const missing = (span: Span): NameSyntax => ({ kind: 'name', name: MISSING, brackets: [], span });

/** A letter's meaning; some of what hangs on it may belong to its name, as in W_{out}. */
export interface Known {
  readonly meaning: Meaning;
  readonly glyph: Glyph;
}

export function known(p: Reader, g: Glyph, stand: Stand): Known | null {
  const called = isSign(p, '(') ? withArgument(p, g) : null;
  if (called !== null) return called;
  const [first] = g.subs;
  if (first?.kind === 'index') {
    const whole = meaningOf(p.letters, `${g.key}_${first.text}`, stand);
    if (whole !== null) return { meaning: whole, glyph: { ...g, subs: g.subs.slice(1) } };
  }
  const [over] = g.sups;
  if (over?.kind === 'index') {
    const whole = meaningOf(p.letters, `${g.key}^${over.text}`, stand);
    if (whole !== null) return { meaning: whole, glyph: { ...g, sups: g.sups.slice(1) } };
  }
  const meaning = meaningOf(p.letters, g.key, stand);
  return meaning === null ? null : { meaning, glyph: g };
}

/** What the question writes with an argument: h_\theta(x). Moves behind the argument. */
function withArgument(p: Reader, g: Glyph): Known | null {
  const [sub] = g.subs;
  const long = sub?.kind === 'index' ? p.letters.meanings.get(`${g.key}_${sub.text}(`) : undefined;
  const meaning = long ?? p.letters.meanings.get(`${g.key}(`);
  if (meaning === undefined) return null;
  bracketed(p);
  return { meaning, glyph: scriptsBehind(p, long === undefined ? g : { ...g, subs: g.subs.slice(1) }) };
}

export function unknown(p: Reader, g: Glyph): never {
  const shown = p.text.slice(g.span.offset, g.span.offset + g.span.length);
  const hint = nearHint(g.key.replace(/ /g, ''), knownNames(p.letters));
  const complaint = { code: 'unknown', as: 'quantity', name: shown.slice(0, 40), hint } as const;
  throw new ReadError(p.text, g.span, complaint, { expected: 'quantity', problem: 'name' });
}

/** The hints that people hang on names for the layer before and the one behind. */
const BEFORE = new Set(['prev', 'in', 'before']);
const AFTER = new Set(['next', 'after']);
const HERE = new Set(['curr', 'cur', 'current', 'out', 'now']);

interface Places {
  stage: Syntax | null;
  slots: Syntax[];
  samples: Syntax[];
  power: Syntax | null;
  transposed: boolean;
}

/** What a letter that means a tensor stands for. */
export function tensorSyntax(p: Reader, name: string, g: Glyph): Syntax {
  const decl = p.letters.scope.tensors.get(name);
  if (decl === undefined) return unknown(p, g);
  const at: Places = { stage: null, slots: [], samples: [], power: null, transposed: g.transposed };
  if (g.primes % 2 === 1) at.transposed = !at.transposed;
  fromBrackets(g, decl, at);
  for (const item of g.sups) fromAbove(p, item, decl, g, at);
  fromBelow(p, g, decl, at);
  return finished(p, name, decl, g, at);
}

function fromBrackets(g: Glyph, decl: TensorDecl, at: Places): void {
  const [first, second] = g.brackets;
  const forms = (items: readonly Item[] | undefined): Syntax[] =>
    items?.every((i) => i.kind === 'all') ? [] : (items ?? []).map(formOf);
  if (decl.stage.length === 0 && first !== undefined) at.slots = forms(first);
  else if (first !== undefined) {
    at.stage = forms(first)[0] ?? null;
    if (second !== undefined) at.slots = forms(second);
  }
}

/** `:` for all entries along a slot. */
const formOf = (item: Item): Syntax =>
  item.kind === 'index'
    ? item.of
    : { kind: 'name', name: item.kind === 'all' ? ALL : '*', brackets: [], span: item.span };

const isBare = (s: Syntax, name: string): boolean =>
  s.kind === 'name' && s.name === name && s.brackets.length === 0;

function fromAbove(p: Reader, item: Item, decl: TensorDecl, g: Glyph, at: Places): void {
  if (item.kind === 'transpose') at.transposed = !at.transposed;
  else if (item.kind === 'prime') primeAbove(at);
  else if (item.kind === 'star' && at.stage === null) at.stage = formOf(item);
  else if (item.kind !== 'index') return;
  else if (isTransposing(p, item, decl, g, at)) at.transposed = !at.transposed;
  else if ((at.stage !== null || stageIsBelow(g, decl)) && item.bracket === '' && item.of.kind === 'number')
    at.power = item.of;
  else if (decl.stage.length > 0) stageAbove(p, item, at);
  else if (p.letters.free) at.power = item.of;
  else if (item.bracket === '(' || item.of.kind !== 'number') at.samples.push(item.of);
  else at.power = item.of;
}

/** A lone T transposes, unless it is the last time step of something that has steps and no other. */
function isTransposing(p: Reader, item: IndexItem, decl: TensorDecl, g: Glyph, at: Places): boolean {
  if (!isBare(item.of, 'T')) return false;
  const step = decl.stage.length > 0 && p.letters.scope.sizes.has('T') && at.stage === null;
  const { place, left } = p.letters.notation.stage;
  const bare = place === 'superscript' && left === '' && !saysStage(p, g);
  return !(step && (item.bracket !== '' || bare));
}

/** Whether there is one index below more than slots. */
const stageIsBelow = (g: Glyph, decl: TensorDecl): boolean =>
  g.subs.filter((i) => i.kind === 'index').length === decl.size.length + 1;

/** Whether an index below is a layer or a time step. */
const saysStage = (p: Reader, g: Glyph): boolean =>
  g.subs.some((i) => i.kind === 'index' && (looksLikeStage(p, i.of) || hintOf(i.text) !== null));

/** The layer stands in the first script above; what stands beside it in other brackets is a sample. */
function stageAbove(p: Reader, item: IndexItem, at: Places): void {
  const alias = p.letters.meanings.get(item.text);
  const of = alias?.kind === 'stage' ? alias.of : (layerWord(p, item) ?? item.of);
  if (at.stage === null) at.stage = of;
  else if (looksLikeStage(p, of) && !looksLikeStage(p, at.stage)) {
    at.samples.push(at.stage);
    at.stage = of;
  } else if (item.bracket === '' && looksLikeStage(p, of))
    fail(p, item.span, { code: 'two-layers' }, 'one-layer');
  else at.samples.push(of);
}

/** W^o and W^h: of the output layer, and of the hidden one before it. */
function layerWord(p: Reader, item: IndexItem): Syntax | null {
  const back = /^(?:o|out|output)$/.test(item.text) ? 0 : /^(?:h|hid|hidden)$/.test(item.text) ? 1 : null;
  if (back === null || item.bracket !== '' || !p.letters.scope.sizes.has('L')) return null;
  const { span } = item;
  const L: Syntax = { kind: 'name', name: 'L', brackets: [], span };
  if (back === 0) return L;
  const one: Syntax = { kind: 'number', text: '1', span };
  const parts = [
    { operator: '+', span, of: L },
    { operator: '-', span, of: one },
  ];
  return { kind: 'sum', parts, span };
}

/** W^{l'} belongs to another layer than W^l; behind anything else a prime transposes. */
function primeAbove(at: Places): void {
  const { stage } = at;
  if (stage?.kind === 'name' && stage.brackets.length === 0 && stage.name.length === 1)
    at.stage = { ...stage, name: primed(stage.name, 1) };
  else at.transposed = !at.transposed;
}

const STAGE_LETTERS = new Set(['l', 'L', 't', 'T', 'tau']);

/** Whether an index form is rather a layer or a time step than an entry: `2`, `l+1`, `L`. */
export function looksLikeStage(p: Reader, s: Syntax): boolean {
  switch (s.kind) {
    case 'number':
      return true;
    case 'name':
      return STAGE_LETTERS.has(s.name) || (p.letters.scope.sizes.get(s.name) === 0 && s.name === 'L');
    case 'group':
    case 'negative':
      return looksLikeStage(p, s.of);
    case 'sum':
    case 'product':
      return s.parts.some((part) => part.of.kind === 'name' && looksLikeStage(p, part.of));
    default:
      return false;
  }
}

function fromBelow(p: Reader, g: Glyph, decl: TensorDecl, at: Places): void {
  const items = g.subs.filter((i): i is IndexItem => i.kind === 'index');
  if (g.subs.some((i) => i.kind === 'transpose')) at.transposed = !at.transposed;
  const star = g.subs.find((i) => i.kind === 'star');
  if (star !== undefined && at.stage === null && decl.stage.length > 0) at.stage = formOf(star);
  const hint = items.find((i) => hintOf(i.text) !== null);
  const said = items.filter((i) => i !== hint && !isSampleHint(i.text));
  const rest = digitsApart(said, decl, at.stage !== null);
  if (hint !== undefined && at.stage === null && decl.stage.length > 0) at.stage = hinted(p, hint);
  const forms = rest.map((i) => i.of);
  const [first] = rest;
  if (at.slots.length > 0 || first === undefined) {
    if (forms.length > 1 || (forms.length === 1 && (at.stage !== null || decl.stage.length === 0)))
      fail(p, g.span, { code: 'indices-twice', name: decl.name }, 'indices-one-way');
    if (forms.length > 0 && at.slots.length > 0) at.stage = forms[0] ?? null;
    return;
  }
  if (decl.stage.length > 0 && at.stage === null && stageBelow(p, first, forms.length, decl)) {
    const alias = p.letters.meanings.get(first.text);
    at.stage = alias?.kind === 'stage' ? alias.of : (p.letters.labels.get(first.text) ?? first.of);
    forms.shift();
  }
  at.slots = forms;
}

/** Whether the first index below is the layer: W_2, h_t, w_{2jk}, but not a_j. */
function stageBelow(p: Reader, first: IndexItem, count: number, decl: TensorDecl): boolean {
  if (p.letters.meanings.get(first.text)?.kind === 'stage' || p.letters.labels.has(first.text)) return true;
  if (first.bracket !== '') return true;
  const order = decl.size.length;
  if (count === order + 1) return true;
  if (count === 1 && order !== 1 && sampleSlot(decl, p.letters.sample) === null) return true;
  return count === 1 && (looksLikeStage(p, first.of) || mentionsStage(p, first.of));
}

/** Whether one of its letters was declared a layer. */
function mentionsStage(p: Reader, s: Syntax): boolean {
  if (s.kind === 'name') return p.letters.meanings.get(s.name)?.kind === 'stage';
  return (s.kind === 'sum' || s.kind === 'product') && s.parts.some((part) => mentionsStage(p, part.of));
}

const hintOf = (text: string): -1 | 0 | 1 | null =>
  BEFORE.has(text) ? -1 : AFTER.has(text) ? 1 : HERE.has(text) ? 0 : null;
const isSampleHint = (text: string): boolean => text === 'batch' || text === 'all';

/** The layer at hand, the one before, the one after. */
function hinted(p: Reader, item: IndexItem): Syntax {
  const by = hintOf(item.text) ?? 0;
  const { layer } = p.letters;
  if (layer === null) return missing(item.span);
  if (by === 0) return layer;
  const one: Syntax = { kind: 'number', text: '1', span: item.span };
  return {
    kind: 'sum',
    parts: [
      { operator: '+', span: item.span, of: layer },
      { operator: by < 0 ? '-' : '+', span: item.span, of: one },
    ],
    span: item.span,
  };
}

function finished(p: Reader, name: string, decl: TensorDecl, g: Glyph, at: Places): Syntax {
  const slots = [...at.slots];
  const order = decl.size.length;
  const place = sampleSlot(decl, p.letters.sample);
  if (slots.length === 0 && order === 1 && place === 0 && at.samples[0] !== undefined)
    slots.push(at.samples[0]);
  const [lone] = slots;
  const opened = slots.length === 1 && order === 2 && lone !== undefined ? withOpenSlot(decl, g, lone) : null;
  if (opened !== null) slots.splice(0, 1, ...opened);
  else if (slots.length > 0 && slots.length < order && place !== null)
    slots.splice(place, 0, at.samples[0] ?? missing(g.span));
  if (order === 0 && slots.length === 1 && slots[0]?.kind === 'name' && !p.letters.free) slots.pop();
  if (slots.length > 0 && slots.length !== order) return wrongCount(p, name, decl, g, slots.length);
  const stage = decl.stage.length === 0 ? [] : [[at.stage ?? missing(g.span)]];
  const brackets = [...stage, ...(slots.length === 0 ? [] : [slots])];
  let s: Syntax = { kind: 'name', name, brackets, span: g.span };
  if (at.transposed) s = { kind: 'transpose', of: s, span: g.span };
  if (g.power !== null) at.power = formulaAt(p, g.power);
  if (at.power !== null) s = { kind: 'power', entrywise: false, base: s, exponent: at.power, span: g.span };
  return s;
}

/** The formula of a range. */
export function formulaAt(p: Reader, { from, to }: { readonly from: number; readonly to: number }): Syntax {
  const inside = within(p, from, to);
  const s = p.parts.sum(inside);
  if (inside.at < to)
    fail(
      inside,
      peek(inside),
      { code: 'expected', what: 'operator-or-end', found: typed(p, peek(inside)) },
      'operator',
    );
  return s;
}

/** The slot that counts samples. */
export function sampleSlot(decl: TensorDecl, sample: string | null): number | null {
  const found = decl.size.findIndex((s) => s.key === sample);
  return found < 0 ? null : found;
}

function wrongCount(p: Reader, name: string, decl: TensorDecl, g: Glyph, given: number): never {
  const has = decl.size.length;
  return fail(p, g.span, { code: 'index-count', name, has, given }, has === 0 ? null : { indices: has });
}
