// Index forms, letters with their scripts, and conditions.

import { type Affine, bareName, isConstant, sameAffine, shift } from '../expr/affine.ts';
import type { Condition } from '../expr/condition.ts';
import type { SymbolTensor } from '../expr/expr.ts';
import type { Notation } from '../tables/notations.ts';
import type { LetterUse } from './letters.ts';
import type { Look, Scripts } from './look.ts';
import { LEVEL } from './operators.ts';
import { type Piece, piece } from './piece.ts';
import type { Style } from './style.ts';

/** What index forms need of a printer. */
export interface IndexStyle {
  readonly look: Look;
  readonly style: Style;
}

/** A letter with what hangs on it and further scripts. */
export function lettered(
  name: string,
  x: Omit<Scripts, 'sub'> & { sub?: readonly string[] },
  { look, style }: IndexStyle,
  use: LetterUse = null,
): string {
  const { base, hangs } = look.letter(name, style.notation, use);
  const sub = [...hangs, ...(x.sub ?? [])].filter((s) => s !== '').join(',');
  return look.scripts(base, { ...x, sub }, style.notation);
}

/** l, l+1, 2k-1, n_l: positive terms first. */
export function affine(a: Affine, t: IndexStyle): Piece {
  const terms = [...a.terms].sort((x, y) => Number(x.coefficient < 0) - Number(y.coefficient < 0));
  let text = '';
  for (const { symbol, coefficient } of terms) {
    const stage = t.look.beside(symbol.at.map((s) => affine(s, t).text));
    const count = Math.abs(coefficient);
    const sign = coefficient < 0 ? t.look.signs.minus : text === '' ? '' : t.look.signs.plus;
    text += `${sign}${count === 1 ? '' : count}${sizeText(symbol.name, stage, t)}`;
  }
  const count = Math.abs(a.constant);
  if (terms.length === 0) return piece(`${a.constant < 0 ? t.look.signs.minus : ''}${count}`, ...numeral(a));
  if (count > 0) text += `${a.constant < 0 ? t.look.signs.minus : t.look.signs.plus}${count}`;
  const [only] = terms;
  if (terms.length > 1 || count > 0 || only === undefined) return piece(text, LEVEL.sum);
  if (only.coefficient < 0) return piece(text, LEVEL.negative);
  const scripted = only.symbol.at.length > 0 && t.style.notation.sizeStage === 'superscript';
  return piece(text, only.coefficient === 1 ? LEVEL.atom : LEVEL.product, { scripted });
}

/** An index takes the notation's letter where that is a command, \ell; an ordinary letter may be meant for a size of that name. */
function indexText(name: string, t: IndexStyle): string {
  const own = t.style.notation.letters[name];
  const usual = own === undefined || !/^[A-Za-z]$/.test(own);
  return usual
    ? lettered(name, {}, t)
    : lettered(name, {}, { ...t, style: { ...t.style, notation: plainLetters(t.style.notation) } });
}

const bare = new WeakMap<Notation, Notation>();

function plainLetters(notation: Notation): Notation {
  let found = bare.get(notation);
  if (found === undefined) {
    found = { ...notation, letters: {}, unicode: {} };
    bare.set(notation, found);
  }
  return found;
}

/** n_l, or n^{[l]}. */
function sizeText(name: string, stage: string, t: IndexStyle): string {
  const { sizeStage, stage: brackets } = t.style.notation;
  if (stage === '' && !t.style.system.sizes.has(name)) return indexText(name, t);
  if (stage === '' || sizeStage === 'subscript') return lettered(name, { sub: [stage] }, t);
  return lettered(name, { stage: `${brackets.left}${stage}${brackets.right}` }, t);
}

const numeral = (a: Affine): [number, { number: true }] => [
  a.constant < 0 ? LEVEL.negative : LEVEL.atom,
  { number: true },
];

export const affineText = (a: Affine, t: IndexStyle): string => affine(a, t).text;

/** The text of a stage with the notation's brackets; null stands for every stage. */
export function stageText(stage: readonly (Affine | null)[], t: IndexStyle): string {
  if (stage.length === 0) return '';
  const { left, right } = t.style.notation.stage;
  const inner = t.look.beside(stage.map((s) => (s === null ? t.look.signs.anyStage : affineText(s, t))));
  return `${left}${inner}${right}`;
}

/** Which letter a tensor takes: as many slots as it is declared with, whole where none are given. */
export function useOf(name: string, slots: readonly Affine[], { style }: IndexStyle): LetterUse {
  const decl = style.system.tensors.get(name);
  return decl === undefined ? null : { slots: decl.size.length, whole: slots.length === 0 };
}

/** z_j^l; without slots z^l; transposed beside its stage, where the notation puts it there. */
export function symbolPiece(
  name: string,
  stage: readonly (Affine | null)[],
  slots: readonly Affine[],
  t: IndexStyle,
  more: Pick<Scripts, 'transposed'> = {},
): Piece {
  const at = stageText(stage, t);
  const below = t.look.beside(slots.map((s) => affineText(s, t)));
  const above = t.style.notation.stage.place === 'superscript';
  const scripts = above ? { sub: [below], stage: at } : { sub: [at, below] };
  const text = lettered(name, { ...scripts, ...more }, t, useOf(name, slots, t));
  return piece(text, LEVEL.atom, { scripted: (above && at !== '') || more.transposed !== undefined });
}

export const tensorName = (s: SymbolTensor, t: IndexStyle): string =>
  symbolPiece(s.name, s.stage, [], t).text;

interface Relation {
  readonly left: Affine;
  readonly relation: '=' | '<=' | '<';
  readonly right: Affine;
}

const lone = (a: Affine): boolean => a.terms.length === 1 && a.terms[0]?.coefficient === 1;

/** The constant that moves to the other side, so that an index stands alone: l+1 <= L as l <= L-1. */
function moved({ left, right }: Condition): number {
  if (lone(left) && left.constant !== 0) return -left.constant;
  return lone(right) && isConstant(left) ? -right.constant : 0;
}

/** Solved for the index; l <= L-1 as l < L; L = l as l = L. */
function solved(c: Condition, style: Style): Relation {
  const by = moved(c);
  const left = shift(c.left, by);
  const right = shift(c.right, by);
  if (c.relation === '=') {
    const name = bareName(left);
    const fixed = isConstant(left) || (name !== null && style.system.sizes.has(name));
    const other = bareName(right);
    const turn = fixed && other !== null && !style.system.sizes.has(other);
    return turn ? { left: right, relation: '=', right: left } : { left, relation: '=', right };
  }
  if (right.constant === -1 && lone(right)) return { left, relation: '<', right: shift(right, 1) };
  if (left.constant === 1 && lone(left)) return { left: shift(left, -1), relation: '<', right };
  return { left, relation: '<=', right };
}

/** The relations that follow on one another, as chains: 2 <= l, l < L as 2 <= l < L. */
function chains(relations: readonly Relation[]): Relation[][] {
  const rest = [...relations];
  const found: Relation[][] = [];
  const take = (test: (r: Relation) => boolean): Relation | null => {
    const at = rest.findIndex((r) => r.relation !== '=' && test(r));
    return at < 0 ? null : (rest.splice(at, 1)[0] ?? null);
  };
  for (let first = rest.shift(); first !== undefined; first = rest.shift()) {
    const chain = [first];
    if (first.relation !== '=') extend(chain, take);
    found.push(chain);
  }
  return found;
}

function extend(chain: Relation[], take: (test: (r: Relation) => boolean) => Relation | null): void {
  for (;;) {
    const [first, last] = [chain[0], chain.at(-1)];
    const next = take((r) => last !== undefined && !isConstant(r.left) && sameAffine(r.left, last.right));
    if (next !== null) chain.push(next);
    const before = take(
      (r) => first !== undefined && !isConstant(r.right) && sameAffine(r.right, first.left),
    );
    if (before !== null) chain.unshift(before);
    if (next === null && before === null) return;
  }
}

function chainText(chain: readonly Relation[], t: IndexStyle): string {
  const [first] = chain;
  if (first === undefined) return '';
  const { equals, less, atMost, atLeast } = t.look.signs;
  const text = (a: Affine): string => affineText(a, t);
  if (chain.length === 1 && first.relation === '<=' && isConstant(first.left) && !isConstant(first.right))
    return `${text(first.right)} ${atLeast} ${text(first.left)}`;
  const sign = (r: Relation): string => ({ '=': equals, '<': less, '<=': atMost })[r.relation];
  return text(first.left) + chain.map((r) => ` ${sign(r)} ${text(r.right)}`).join('');
}

/** Conditions as texts, solved and chained where possible, each once. */
export function conditionTexts(where: readonly Condition[], t: IndexStyle): string[] {
  const texts = chains(where.map((c) => solved(c, t.style))).map((chain) => chainText(chain, t));
  return texts.filter((text, i) => texts.indexOf(text) === i);
}

export const conditionsText = (where: readonly Condition[], t: IndexStyle): string =>
  conditionTexts(where, t).join(t.look.signs.comma);
