// Characters and what they stand for: Unicode letters and signs, small raised and lowered letters, HTML entities.

import { greekLetters } from '../letters.ts';

const pairs = (from: string, to: string): readonly (readonly [string, string])[] =>
  [...from].map((c, i) => [c, [...to][i] ?? c] as const);

/** Small raised letters and what they are when set full size. */
export const RAISED: ReadonlyMap<string, string> = new Map(
  pairs(
    '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵝᵞᵟᵠᵡ',
    '0123456789+-=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWβγδφχ',
  ),
);

/** Small lowered letters. */
export const LOWERED: ReadonlyMap<string, string> = new Map(
  pairs('₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ', '0123456789+-=()aehijklmnoprstuvxβγρφχ'),
);

const GREEK_CHARACTERS = new Map([...greekLetters].map(([name, letter]) => [letter, name]));
const OTHER_LETTERS: ReadonlyMap<string, string> = new Map([
  ['ϕ', 'phi'],
  ['ϵ', 'epsilon'],
  ['ς', 'sigma'],
  ['ϑ', 'theta'],
  ['µ', 'mu'],
  ['ℓ', 'ell'],
]);

/** The name of a Greek letter by its character. */
export const greekName = (c: string): string | null =>
  GREEK_CHARACTERS.get(c) ?? OTHER_LETTERS.get(c) ?? null;

/** Script and double-struck letters: the letter and its font. */
const FONTED: ReadonlyMap<string, readonly [string, string]> = new Map([
  ['ℒ', ['L', 'cal']],
  ['ℰ', ['E', 'cal']],
  ['𝒥', ['J', 'cal']],
  ['𝓛', ['L', 'cal']],
  ['𝒩', ['N', 'cal']],
  ['𝟙', ['1', 'bb']],
  ['𝟏', ['1', 'bb']],
]);
export const fontedLetter = (c: string): readonly [string, string] | null => FONTED.get(c) ?? null;

/** Signs by character, in the spelling that the parser knows. */
export const SIGNS: ReadonlyMap<string, string> = new Map([
  ...pairs('−–—﹣', '----'),
  ...pairs('·⋅∙×✕∗⁎⋆', '··∙××***'),
  ['⊙', '⊙'],
  ['◦', '∘'],
  ['∘', '∘'],
  ['○', '∘'],
  ['•', '∘'],
  ['⊗', '⊗'],
  ['⊘', './'],
  ['÷', '/'],
  ['∕', '/'],
  ['⁄', '/'],
  ['≤', '<='],
  ['≦', '<='],
  ['⩽', '<='],
  ['≥', '>='],
  ['≧', '>='],
  ['⩾', '>='],
  ['≠', '!='],
  ['≡', '='],
  ['≔', '='],
  ['≜', '='],
  ['←', '←'],
  ['⟵', '←'],
  ['≈', '~='],
  ['≃', '~='],
  ['→', '=>'],
  ['⟶', '=>'],
  ['⇒', '=>'],
  ['⟹', '=>'],
  ['⇔', '=>'],
  ['⟺', '=>'],
  ['∴', '=>'],
  ['±', '±'],
  ['∓', '±'],
  ['…', '…'],
  ['⋯', '…'],
  ['∣', '|'],
  ['∥', '‖'],
  ['‖', '‖'],
  ['⟨', '⟨'],
  ['〈', '⟨'],
  ['⟩', '⟩'],
  ['〉', '⟩'],
  ['′', "'"],
  ['ʹ', "'"],
  ['’', "'"],
  ['‘', "'"],
  ['´', "'"],
  ['`', "'"],
  ['⊤', '⊤'],
  ['⊺', '⊤'],
  ['，', ','],
  ['、', ','],
  ['。', '.'],
  ['．', '.'],
  ['；', ';'],
  ['：', ':'],
  ['（', '('],
  ['）', ')'],
  ['【', '['],
  ['】', ']'],
  ['∈', '∈'],
  ['∞', '∞'],
  ['∑', '∑'],
]);

/** Several primes in one character. */
export const PRIMES: ReadonlyMap<string, number> = new Map([
  ['″', 2],
  ['‴', 3],
  ['⁗', 4],
]);

/** Characters that are commands. */
export const COMMAND_CHARACTERS: ReadonlyMap<string, string> = new Map([
  ['∂', 'partial'],
  ['∇', 'nabla'],
  ['∑', 'sum'],
  ['∏', 'prod'],
  ['√', 'sqrt'],
]);

/** Fractions in one character: numerator and denominator. */
export const VULGAR: ReadonlyMap<string, readonly [string, string]> = new Map([
  ['½', ['1', '2']],
  ['⅓', ['1', '3']],
  ['⅔', ['2', '3']],
  ['¼', ['1', '4']],
  ['¾', ['3', '4']],
  ['⅕', ['1', '5']],
  ['⅙', ['1', '6']],
  ['⅛', ['1', '8']],
]);

/** Combining marks: the accent that each puts on the letter before it. */
export const ACCENT_MARKS: ReadonlyMap<string, string> = new Map([
  ['\u0302', 'hat'],
  ['\u0303', 'tilde'],
  ['\u0304', 'bar'],
  ['\u0305', 'bar'],
  ['\u0307', 'dot'],
]);

/** What an HTML entity at the beginning of a text stands for, and its length; null where none begins. */
export function entityAt(text: string): { readonly as: string; readonly length: number } | null {
  const found = /^&(amp|lt|gt|nbsp|quot|apos|#39|#x27|minus|middot|times|sdot|prime);/.exec(text);
  const as = ENTITIES.get(found?.[1] ?? '');
  return found === null || as === undefined ? null : { as, length: found[0].length };
}

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['nbsp', ' '],
  ['quot', '"'],
  ['apos', "'"],
  ['#39', "'"],
  ['#x27', "'"],
  ['minus', '-'],
  ['middot', '·'],
  ['sdot', '·'],
  ['times', '×'],
  ['prime', "'"],
]);
