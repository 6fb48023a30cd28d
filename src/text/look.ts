// What one look (LaTeX, Unicode) must say for the printer to write a formula in it: signs, and how parts are put together.

import type { Notation } from '../tables/notations.ts';
import type { LetterUse } from './letters.ts';
import type { Piece } from './piece.ts';

/** What hangs on a letter. Scripts come as text of the same look. */
export interface Scripts {
  readonly sub?: string;
  /** The layer or time step, in the notation's brackets. */
  readonly stage?: string;
  readonly power?: string;
  /** The text of the look's own sign for it. */
  readonly transposed?: string;
  readonly primes?: number;
}

/** A letter, and what always hangs on it as a subscript: `W` and `out`. */
export interface Letter {
  readonly base: string;
  readonly hangs: readonly string[];
}

/** The signs of a look, by what they mean. */
export interface Signs {
  readonly plus: string;
  readonly minus: string;
  readonly equals: string;
  readonly less: string;
  readonly greater: string;
  readonly atMost: string;
  readonly atLeast: string;
  readonly partial: string;
  /** The d in dW, where that is a gradient's name. */
  readonly differential: string;
  readonly nabla: string;
  readonly ones: string;
  readonly identity: string;
  readonly anyStage: string;
  /** Entrywise division. */
  readonly divided: string;
  /** Between conditions. */
  readonly comma: string;
}

export interface Look {
  /** Fractions in two storeys; false: everything on one line. */
  readonly stacked: boolean;
  /** A letter with a stage above needs brackets before a power; false where words follow one another. */
  readonly oneSuperscript: boolean;
  readonly signs: Signs;
  hadamard(notation: Notation): string;
  transpose(notation: Notation): string;
  /** The letter that a notation has for a name, or the name's own; `use`: the tensor it is the letter of. */
  letter(name: string, notation: Notation, use: LetterUse): Letter;
  /** A function's letter, where it has a usual one: tanh, ln. */
  functionLetter(name: string): string | null;
  /** A word written upright: diag, tr. */
  upright(word: string): string;
  /** Index texts side by side: `jk`, or with commas `j,k+1`. */
  beside(parts: readonly string[]): string;
  scripts(base: string, s: Scripts, notation: Notation): string;
  /** What stands between two factors. */
  between(left: Piece, right: Piece): string;
  /** A fraction in two storeys, or the single character that some small ones have; null where there is neither. */
  fraction(top: Piece, bottom: Piece, small: boolean): Piece | null;
  root(of: Piece): Piece;
  /** The text in brackets that are tall enough; `small`: inside a script. */
  bracket(of: Piece, shape: 'round' | 'square', small: boolean): string;
  /** A function before its arguments: f(x). */
  call(fn: string, args: Piece, small: boolean): string;
  /** 1 where a condition on indices holds, else 0: [k = j]. */
  guard(condition: string): string;
  /** 1 where a real number satisfies a relation: 1[z > 0]. */
  indicator(relation: Piece, small: boolean): string;
  absolute(of: Piece): string;
  norm(of: Piece): string;
  /** e^x; null where x is too long for a superscript. */
  exponential(of: Piece): string | null;
  /** The sum sign with what stands under and over it. */
  sumSign(under: readonly string[], over: string, notation: Notation): string;
  /** A derivative with what is held constant. */
  held(derivative: Piece, what: readonly string[], small: boolean): string;
  /** The exponent of an entrywise power. */
  entrywise(exponent: string): string;
  /** The last touch on a whole text. */
  finish(text: string): string;
}
