// Expressions as formulas: each look is printed when a format asks for it.

import type { Affine } from '../expr/affine.ts';
import type { Condition } from '../expr/condition.ts';
import type { Expr, Tensor } from '../expr/expr.ts';
import type { System } from '../expr/system.ts';
import type { Formula } from '../lang/phrase.ts';
import type { Notation } from '../tables/notations.ts';
import { latex, latexConditions, latexEquation, latexTensor } from '../text/latex.ts';
import { plain, plainConditions, plainEquation, plainTensor } from '../text/plain.ts';
import { spoken, spokenConditions, spokenEquation, spokenTensor } from '../text/spoken.ts';
import type { SpokenWords } from '../text/spoken-words.ts';
import { unicode, unicodeConditions, unicodeEquation, unicodeTensor } from '../text/unicode.ts';

/** What formulas are printed with. */
export interface Printing {
  readonly notation: Notation;
  readonly system: System;
}

/** A formula whose looks are functions, each run once; printing costs more than deriving, and no format wants all of them. */
export function lazily(looks: {
  latex: () => string;
  unicode: () => string;
  plain: (() => string) | null;
  spoken?: (words: SpokenWords) => string;
}): Formula {
  const latexText = once(looks.latex);
  const unicodeText = once(looks.unicode);
  const plainText = once(looks.plain ?? (() => null));
  return {
    ...(looks.spoken === undefined ? {} : { spoken: onceIn(looks.spoken) }),
    get latex() {
      return latexText();
    },
    get unicode() {
      return unicodeText();
    },
    get plain() {
      return plainText();
    },
  };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** The same in each language; the last one asked for is kept. */
function onceIn(say: (words: SpokenWords) => string): (words: SpokenWords) => string {
  let said: { readonly words: SpokenWords; readonly text: string } | null = null;
  return (words) => {
    if (said?.words !== words) said = { words, text: say(words) };
    return said.text;
  };
}

export const exprFormula = (e: Expr, p: Printing): Formula =>
  lazily({
    latex: () => latex(e, p),
    unicode: () => unicode(e, p),
    plain: () => plain(e, p.system),
    spoken: (words) => spoken(e, p, words),
  });

export const tensorFormula = (t: Tensor, p: Printing): Formula =>
  lazily({
    latex: () => latexTensor(t, p),
    unicode: () => unicodeTensor(t, p),
    plain: () => plainTensor(t, p.system),
    spoken: (words) => spokenTensor(t, p, words),
  });

export const equationFormula = (left: Expr | Tensor, right: Expr | Tensor, p: Printing): Formula =>
  lazily({
    latex: () => latexEquation(left, right, p),
    unicode: () => unicodeEquation(left, right, p),
    plain: () => plainEquation(left, right, p.system),
    spoken: (words) => spokenEquation(left, right, p, words),
  });

/** An index form by itself, `l-1`: where it stands nothing says that it is a number. */
export function indexFormula(value: Affine, p: Printing): Formula {
  const e: Expr = { kind: 'size', value };
  return lazily({
    latex: () => latex(e, p),
    unicode: () => unicode(e, p),
    plain: () => value.key,
    spoken: (words) => spoken(e, p, words),
  });
}

/** Several conditions as one formula: 2 <= l <= L. */
export const conditionsFormula = (cs: readonly Condition[], p: Printing): Formula =>
  lazily({
    latex: () => latexConditions(cs, p),
    unicode: () => unicodeConditions(cs, p),
    plain: () => plainConditions(cs),
    spoken: (words) => spokenConditions(cs, p, words),
  });

/** A formula that is given in its looks: numbers. */
export const givenFormula = (
  latexText: string,
  unicodeText: string,
  plainText: string | null = null,
): Formula => ({
  latex: latexText,
  unicode: unicodeText,
  plain: plainText,
});
