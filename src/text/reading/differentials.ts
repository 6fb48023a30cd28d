// d before a letter, a bar over it, and letters that the question itself gave a meaning.

import type { NameSyntax, Syntax } from '../syntax.ts';
import { syntaxText } from '../syntax-text.ts';
import { fail, type Reader, spanSince } from './cursor.ts';
import { type Glyph, readGlyph, startsGlyph } from './glyph.ts';
import { meaningOf } from './letters.ts';
import { known, looksLikeStage, MISSING, tensorSyntax } from './names.ts';
import type { Item } from './scripts.ts';

/** A bar over a quantity: the derivative of the loss by it. */
export function barred(p: Reader, g: Glyph): Syntax | null {
  if (!g.key.startsWith('bar ') || p.letters.free) return null;
  const below: Glyph = { ...g, key: g.key.slice(4) };
  const found = known(p, below, 'quantity');
  if (found?.meaning.kind === 'tensor')
    return adjointOf(p, tensorSyntax(p, found.meaning.name, found.glyph), g);
  return found?.meaning.kind === 'syntax'
    ? adjointOf(p, withScripts(p, found.meaning.of, found.glyph), g)
    : null;
}

/** dZ, dW, da_prev: the derivative of the loss by a quantity, written with a d before it. */
export function differential(p: Reader, g: Glyph, from: number): Syntax | null {
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
  if (by.kind !== 'name') return fail(p, g.span, { code: 'derivative-by' }, 'tensor');
  const of: NameSyntax = { kind: 'name', name: p.letters.scope.loss, brackets: [], span: g.span };
  return { kind: 'derivative', of, by, cut: null, span: g.span };
}

/** A quantity that the question gave a letter to, with what the text hangs on it. */
export function withScripts(p: Reader, of: Syntax, g: Glyph): Syntax {
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
  if (stage !== undefined) refuseOtherLayer(p, of.name, stage, g);
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

/** A letter that stands for a quantity of one layer can't be given another. */
function refuseOtherLayer(p: Reader, name: string, stage: readonly Syntax[], g: Glyph): void {
  const own = stage.map((s) => syntaxText(s).replace(/ /g, '')).join();
  for (const i of g.sups) {
    if (i.kind !== 'index' || i.of.kind === 'number' || /^\(?T\)?$/.test(i.text)) continue;
    if (!looksLikeStage(p, i.of)) continue;
    const said = syntaxText(i.of).replace(/ /g, '');
    if (said !== own)
      fail(p, g.span, { code: 'own-layer', quantity: `${name}[${own}]` }, { text: `${name}[${said}]` });
  }
}

const clean = (brackets: readonly (readonly Item[])[]): (readonly Item[])[] =>
  brackets.filter((b) => b.length > 0);
