// Unicode for terminals: scripts as small letters where all of a script has them, everything on one line.

import { activationRow } from '../tables/activations.ts';
import { greekLetters, ownLetter, splitName, unicodeLetter } from './letters.ts';
import type { Look } from './look.ts';
import { LEVEL } from './operators.ts';
import { atom, piece } from './piece.ts';

const pairs = (plain: string, small: string): ReadonlyMap<string, string> =>
  new Map([...plain].map((c, i) => [c, [...small][i] ?? c]));

const ABOVE = pairs(
  '0123456789+−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWβγδφχ',
  '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵝᵞᵟᵠᵡ',
);
const BELOW = pairs('0123456789+−=()aehijklmnoprstuvxβγρφχ', '₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ');

const FUNCTIONS: ReadonlyMap<string, string> = new Map([
  ['log', 'ln'],
  ['atan', 'arctan'],
]);

const VULGAR: ReadonlyMap<string, string> = new Map([
  ['1/2', '½'],
  ['1/3', '⅓'],
  ['2/3', '⅔'],
  ['1/4', '¼'],
  ['3/4', '¾'],
  ['1/5', '⅕'],
  ['1/6', '⅙'],
  ['1/8', '⅛'],
]);

/** The whole script in small letters; where one character has none, all of it after `mark`. */
function script(text: string, small: ReadonlyMap<string, string>, mark: string): string {
  if (text === '') return '';
  const tight = text.replace(/ ([-+−=<≤≥]) /g, '$1');
  const letters = [...tight].map((c) => small.get(c));
  if (letters.every((c) => c !== undefined)) return letters.join('');
  return [...tight].length === 1 || /^\[[^\]]*\]$/.test(tight) ? mark + tight : `${mark}{${tight}}`;
}

const HADAMARD: ReadonlyMap<string, string> = new Map([
  ['\\bullet', '•'],
  ['\\circ', '∘'],
  ['\\ast', '∗'],
  ['*', '∗'],
]);

const PRIMES = ['', '′', '″', '‴'];

/** How many characters of e's exponent are still read well as a superscript. */
const LONGEST_EXPONENT = 6;

export const unicodeLook: Look = {
  stacked: false,
  oneSuperscript: true,
  signs: {
    plus: '+',
    minus: '−',
    equals: '=',
    less: '<',
    greater: '>',
    atMost: '≤',
    atLeast: '≥',
    partial: '∂',
    differential: 'd',
    nabla: '∇',
    ones: '𝟏',
    identity: 'I',
    anyStage: '*',
    divided: '⊘',
    comma: ', ',
  },
  hadamard: (notation) => HADAMARD.get(notation.hadamard.trim()) ?? '⊙',
  transpose: () => 'T',
  letter(name, notation, use) {
    const plain = Object.hasOwn(notation.unicode, name) ? notation.unicode[name] : undefined;
    const own = plain ?? ownLetter(name, notation, use);
    if (own !== null) return { base: unicodeLetter(own), hangs: [] };
    const { base, hangs } = splitName(name);
    const letter = hangs.length === 0 ? null : ownLetter(base, notation, use);
    return { base: letter === null ? (greekLetters.get(base) ?? base) : unicodeLetter(letter), hangs };
  },
  functionLetter(name) {
    const row = activationRow(name);
    return FUNCTIONS.get(name) ?? (row === null ? null : unicodeLetter(row.latex));
  },
  upright: (word) => word,
  beside: (parts) => parts.join(parts.every((p) => [...p].length === 1) ? '' : ','),
  scripts(base, { sub = '', stage = '', power = '', transposed = '', primes = 0 }) {
    const sup = stage + power + transposed;
    const dashes = PRIMES[primes] ?? `⁽${script(String(primes), ABOVE, '^')}⁾`;
    return base + script(sub, BELOW, '_') + script(sup, ABOVE, '^') + dashes;
  },
  between: (left, right) => (right.number || (left.number && /^\d/.test(right.text)) ? '·' : ' '),
  fraction(top, bottom) {
    const vulgar = VULGAR.get(`${top.text}/${bottom.text}`);
    return vulgar === undefined ? null : atom(vulgar, { number: true });
  },
  root: (of) =>
    of.level >= LEVEL.atom
      ? piece(`√${of.text}`, LEVEL.power, { scripted: true, number: of.number })
      : atom(`√(${of.text})`, { height: 1, number: of.number }),
  bracket: (of, shape) => (shape === 'round' ? `(${of.text})` : `[${of.text}]`),
  call: (fn, args) => `${fn}(${args.text})`,
  guard: (condition) => `[${condition}]`,
  indicator: (relation) => `𝟏[${relation.text}]`,
  // Inside bars, other bars could be the end.
  absolute: (of) => (of.text.includes('|') ? `abs(${of.text})` : `|${of.text}|`),
  norm: (of) => `‖${of.text}‖`,
  exponential: (of) => ([...of.text].length > LONGEST_EXPONENT ? null : exponent(of.text)),
  sumSign: (under, over) => `Σ${script(under.join(', '), BELOW, '_')}${script(over, ABOVE, '^')}`,
  held: (d, what) => `(${d.text} | ${what.join(', ')})`,
  entrywise: (exponent) => `⊙${exponent}`,
  finish: (text) => text,
};

/** e with a superscript, only where all of it has small letters. */
function exponent(text: string): string | null {
  const raised = script(text, ABOVE, '^');
  return raised.startsWith('^') ? null : `e${raised}`;
}
