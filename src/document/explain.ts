// A derivation as a block: the lines of a grain, each with its reason, its lemmas before it and its numbers beside it.

import type { Derivation } from '../engine/types.ts';
import type { Phrase } from '../lang/phrase.ts';
import type { Language, StepName } from '../lang/types.ts';
import { latex } from '../text/latex.ts';
import type { DerivationBlock, LemmaBlock, Line, LineNumbers } from './blocks.ts';
import { factsOf } from './facts.ts';
import { equationFormula, exprFormula, type Printing } from './formulas.ts';
import { bareLine, type Telling as Grained, linesOf, type Told, type ToldLemma } from './grain.ts';

export interface Telling extends Grained {
  readonly printing: Printing;
  readonly language: Language;
  /** The numbers beside a line; null where there are none. `last`: the line that states the result. */
  readonly numbers: ((line: Told, of: Derivation, place: Place) => LineNumbers | null) | null;
}

/** Where a line stands in its derivation. */
export interface Place {
  readonly first: boolean;
  readonly last: boolean;
  readonly lemma: boolean;
}

/** A derivation told: its lines get the ids `id-1`, `id-2`, ..., the last one the tag. */
export function explain(
  d: Derivation,
  t: Telling,
  names: { readonly id: string; readonly tag: string | null },
): DerivationBlock {
  const told = onceEach(linesOf(d, t), t);
  const lines = told.map((line, i): Line => {
    const last = i === told.length - 1;
    const block = lineOf(line, t, d, { first: i === 0, last, lemma: false });
    return { ...block, id: `${names.id}-${i + 1}`, tag: last ? names.tag : null };
  });
  return { kind: 'derivation', id: names.id, lines };
}

/** A line that reads like the one before it says nothing new: `1 + a(-1)` is printed as `1 - a` is. Both are told where all is. */
function onceEach(lines: readonly Told[], t: Telling): readonly Told[] {
  if (t.grain === 'full') return lines;
  const kept: Told[] = [];
  for (const line of lines) {
    const before = kept.at(-1);
    if (before !== undefined && readsLike(before, line, t.printing)) {
      const finer = t.finer ? [...before.finer, bareLine(line.left, line.step)] : [];
      kept[kept.length - 1] = { ...before, right: line.right, finer };
    } else kept.push(line);
  }
  return kept;
}

const readsLike = (before: Told, line: Told, p: Printing): boolean =>
  line.step.rule === 'multiply-out' &&
  line.lemmas.length === 0 &&
  latex(before.right, p) === latex(line.right, p);

function lineOf(line: Told, t: Telling, d: Derivation, place: Place): Line {
  const p = t.printing;
  return {
    id: null,
    left: exprFormula(line.left, p),
    showLeft: line.showLeft,
    right: exprFormula(line.right, p),
    rule: line.step.rule,
    why: reason(line, t),
    numbers: t.numbers === null ? null : t.numbers(line, d, place),
    lemmas: line.lemmas.map((l) => lemmaOf(l, t)),
    finer: line.finer.map((f, i) => ({
      ...lineOf({ ...f, showLeft: i === 0 }, { ...t, numbers: null }, d, { ...place, last: false }),
    })),
    tag: null,
  };
}

function lemmaOf(lemma: ToldLemma, t: Telling): LemmaBlock {
  const lines = lemma.lines.map((line, i) =>
    lineOf(line, t, lemma.derivation, { first: false, last: i === lemma.lines.length - 1, lemma: true }),
  );
  return {
    lead: t.language.lemma.lead(exprFormula(lemma.of, t.printing)),
    derivation: { kind: 'derivation', id: null, lines },
  };
}

/** Why a line holds, as a sentence without full stop. */
export function reason(line: Told, t: Pick<Telling, 'printing' | 'language'>): Phrase {
  const { language, printing } = t;
  const facts = factsOf(line, printing);
  if (line.because !== null)
    return language.lemma.because(equationFormula(line.because.left, line.because.right, printing));
  if (line.opening) return language.lemma.opened(facts.names);
  if (line.lemmas.length > 0 && line.step.rule === 'put-in') return language.lemma.putItIn();
  return language.rules[stepName(line.step.rule, language)](facts);
}

/** The name as one that the language knows; the catalogue and the engine's folded lines are all it may be. */
function stepName(rule: string, language: Language): StepName {
  if (!Object.hasOwn(language.rules, rule)) throw new RangeError(`no sentence for the rule ${rule}`);
  return rule as StepName;
}
