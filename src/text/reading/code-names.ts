// Names as code spells them: layers as digits and suffixes, derivatives as prefixes, activations and their derivatives.

import type { Span } from '../read-error.ts';
import type { Syntax } from '../syntax.ts';
import type { Reader } from './cursor.ts';
import { adjointOf } from './differentials.ts';
import type { Glyph } from './glyph.ts';
import { meaningOf } from './letters.ts';
import { known, MISSING, tensorSyntax } from './names.ts';
import { ofGlyph } from './quantity.ts';
import type { Item } from './scripts.ts';

/** What code calls the lists of all layers' quantities, and other words for one quantity. */
const WORDS: ReadonlyMap<string, string> = new Map([
  ['activations', 'a'],
  ['activation', 'a'],
  ['weights', 'w'],
  ['weight', 'w'],
  ['biases', 'b'],
  ['bias', 'b'],
  ['zs', 'z'],
  ['deltas', 'delta'],
  ['error', 'delta'],
  ['errors', 'delta'],
  ['hidden', 'a'],
  ['inputs', 'x'],
  ['target', 'y'],
  ['targets', 'y'],
  ['label', 'y'],
  ['labels', 'y'],
]);
/** What code calls the last weighted input. */
const SCORES = new Set(['scores', 'logits']);
const OUTPUT =
  /^(?:outputs?|preds?|predictions?|predicted|probs?|probabilities|y_?hats?|y_?preds?|y_?(?:prob|probs|predicted|output))$/i;
/** What code calls the layers at the end. */
const LAYER_WORDS: ReadonlyMap<string, number> = new Map([
  ['output', 0],
  ['hidden', 1],
  ['hid', 1],
]);

const item = (text: string, span: Span): Item => ({
  kind: 'index',
  of: /^\d+$/.test(text) ? { kind: 'number', text, span } : { kind: 'name', name: text, brackets: [], span },
  bracket: '',
  text,
  span,
});

/** `hidden` as the layer before the last, `output` as the last; any other as it stands. */
function layerItem(text: string, span: Span): Item {
  const back = LAYER_WORDS.get(text);
  if (back === undefined) return item(text, span);
  const L: Syntax = { kind: 'name', name: 'L', brackets: [], span };
  const one: Syntax = { kind: 'number', text: '1', span };
  const parts = [
    { operator: '+', span, of: L },
    { operator: '-', span, of: one },
  ];
  const of: Syntax = back === 0 ? L : { kind: 'sum', parts, span };
  return { kind: 'index', of, bracket: '', text: back === 0 ? 'L' : 'L-1', span };
}

/** A name of code as a letter with what hangs on it: `W2`, `dZ_curr`, `A_prev`, `prev_c`. */
function glyphOf(name: string, span: Span, own: (key: string) => boolean): Glyph {
  const plain = { subs: [], sups: [], brackets: [], primes: 0, transposed: false, power: null, span };
  if (own(name) || OUTPUT.test(name)) return { ...plain, key: name };
  const all = name.split('_').filter((part) => part !== '');
  const parts = all.length > 1 ? all.filter((part) => !/^layers?$/.test(part)) : all;
  const [first = name, ...rest] = parts;
  const hint = /^(prev|next|last|output|hidden)$/.test(first) && rest.length > 0;
  const base = hint ? (rest[0] ?? first) : first;
  const hangs = hint ? [first, ...rest.slice(1)] : rest;
  const [, letters = base, digits = ''] = own(base)
    ? []
    : (/^([A-Za-z]+?)(\d+|(?<=^d?[A-Za-z])L)$/.exec(base) ?? []);
  const key = WORDS.get(letters) ?? (hint && /^outputs?$/.test(letters) ? 'a' : letters);
  const said = hangs.filter((text) =>
    /^(?:\d+|[lL]|prev|next|last|curr|cur|current|in|out|output|hidden|hid)$/.test(text),
  );
  const kept = own(`${key}_${hangs[0] ?? ''}`) ? hangs : said;
  const itemOf = kept === said ? layerItem : item;
  const subs = [...(digits === '' ? [] : [digits]), ...kept].map((text) => itemOf(text, span));
  return { ...plain, key, subs };
}

const GRADIENT = /^(?:nabla_|grad_|d_?(?:J|L|C|E|loss|Loss|cost|err)(?:_*d_*|__?)|d_)(\w+)$/;

/** The quantity that a name of code stands for; null where nothing is called so. */
export function codeName(p: Reader, name: string, span: Span): Syntax | null {
  const own = (key: string): boolean => p.letters.meanings.has(key);
  if (name.includes('.') && !own(name)) return null;
  const layer = /_(?:delta|error)$/.test(name) ? layerName(p, name, span) : null;
  if (layer !== null) return layer;
  const direct = labelled(p, name, quantityOf(p, glyphOf(name, span, own)));
  if (direct !== null && (own(name) || !GRADIENT.test(name))) return direct;
  const [, below] = GRADIENT.exec(name) ?? /^d([A-Za-z]\w*)$/.exec(name) ?? [];
  const by = below === undefined ? null : quantityOf(p, glyphOf(below, span, own));
  if (by !== null && below !== undefined) return named(p, name, by, glyphOf(below, span, own));
  return direct ?? layerName(p, name, span);
}

/** A label that is the letter of a quantity at a layer is that layer: delta_o beside o for a[L]. */
function labelled(p: Reader, name: string, of: Syntax | null): Syntax | null {
  const label = name.split('_').at(-1) ?? '';
  const meaning = name.includes('_') ? p.letters.meanings.get(label) : undefined;
  if (of?.kind !== 'name' || meaning?.kind !== 'syntax' || meaning.of.kind !== 'name') return of;
  const [stage] = of.brackets[0] ?? [];
  const [there] = meaning.of.brackets[0] ?? [];
  const open = stage?.kind === 'name' && stage.name === MISSING && there !== undefined;
  return open ? { ...of, brackets: [[there], ...of.brackets.slice(1)] } : of;
}

/** dZ is the error where the notation calls it so; any other d is the derivative of the loss. */
function named(p: Reader, name: string, by: Syntax, g: Glyph): Syntax {
  const letter = `d${g.key}`;
  const whole = p.letters.meanings.get(letter);
  if (whole?.kind === 'tensor' && name.startsWith(letter)) return tensorSyntax(p, whole.name, g);
  return adjointOf(p, by, g);
}

function quantityOf(p: Reader, g: Glyph): Syntax | null {
  if (SCORES.has(g.key) && !p.letters.meanings.has(g.key)) return scoresOf(p, g);
  if (OUTPUT.test(g.key) && !p.letters.meanings.has(g.key)) return outputOf(p, g);
  const found = known(p, g, 'quantity');
  if (found === null || found.meaning.kind === 'function' || found.meaning.kind === 'loss') return null;
  if (found.meaning.kind === 'tensor') return tensorSyntax(p, found.meaning.name, found.glyph);
  return ofGlyph(p, g, p.at);
}

/** z[L] */
function scoresOf(p: Reader, g: Glyph): Syntax | null {
  const z = p.letters.scope.tensors.get('z');
  if (z?.stage.length !== 1 || !p.letters.scope.sizes.has('L')) return null;
  const L: Syntax = { kind: 'name', name: 'L', brackets: [], span: g.span };
  return { kind: 'name', name: 'z', brackets: [[L]], span: g.span };
}

function outputOf(p: Reader, g: Glyph): Syntax | null {
  const meaning = meaningOf(p.letters, 'hat y', 'quantity');
  if (meaning?.kind === 'syntax' && meaning.of.kind === 'name') return { ...meaning.of, span: g.span };
  return meaning?.kind === 'tensor' ? tensorSyntax(p, meaning.name, { ...g, key: meaning.name }) : null;
}

/** layer_2 is a[2], layer_2_delta is delta[2]. */
function layerName(p: Reader, name: string, span: Span): Syntax | null {
  const [, number, what] = /^(?:layer|l)_?(\d+)(?:_(delta|error))?$/.exec(name) ?? [];
  if (number === undefined) return null;
  const tensor = what === undefined ? 'a' : 'delta';
  if (!p.letters.scope.tensors.has(tensor)) return null;
  const stage: Syntax = { kind: 'number', text: number, span };
  return { kind: 'name', name: tensor, brackets: [[stage]], span };
}

export interface CodeFunction {
  /** Its name in the system or the syntax. */
  readonly name: string;
  /** What the code calls it, without what says that it is a derivative. */
  readonly word: string;
  /** How many derivatives. */
  readonly primes: number;
}

/** What a function of code is. */
export function codeFunction(p: Reader, name: string): CodeFunction | null {
  const prime =
    /^(\w+?)(?:_?(?:[pP]rime|[dD]erivative|[gG]rad(?:ient)?|deriv|backward)|2deriv)$/.exec(name) ??
    /^d_?(sigmoid|relu|tanh|act\w*)$/.exec(name);
  const base = prime?.[1] ?? (name === 'sp' ? 'sigmoid' : name);
  const primes = prime !== null || name === 'sp' ? 1 : 0;
  const meaning = meaningOf(p.letters, base, 'called');
  if (meaning?.kind === 'function') return { name: meaning.name, word: base, primes };
  const usual = /^(?:sigmoid|sigma|sig|relu|ReLU|act|activation|f|g|tanh|nonlin)\d*$/.test(base);
  return usual && p.letters.activation !== null ? { name: p.letters.activation, word: base, primes } : null;
}
