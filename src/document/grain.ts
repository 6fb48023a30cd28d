// Which lines of a derivation are told: brief, as a textbook would, or every step.

import type { Derivation, Step } from '../engine/types.ts';
import type { IndexMap } from '../expr/affine.ts';
import { decide } from '../expr/condition.ts';
import type { Expr } from '../expr/expr.ts';
import { isNumber, isSymbolEntry, mul, NUM1 } from '../expr/make.ts';
import { mapParts } from '../expr/parts.ts';
import { same, substitute } from '../expr/substitute.ts';
import { at as placeAt } from '../expr/walk.ts';
import { catalogue } from '../rules/catalogue.ts';

export type Grain = 'brief' | 'textbook' | 'full';
export const grains: readonly Grain[] = ['brief', 'textbook', 'full'];

/** A line to be told: `left = right`, why, what it uses, and what was folded into it. */
export interface Told {
  readonly left: Expr;
  readonly right: Expr;
  readonly showLeft: boolean;
  /** The step that gives the line its reason. */
  readonly step: Step;
  /** What the step's rule says of it, beyond itself: an equation short enough to be the reason. */
  readonly because: ToldEquation | null;
  /** The entries written out on the way, first to last. */
  readonly opened: readonly Expr[];
  /** Whether the line says what a quantity is in full, before it is differentiated. */
  readonly opening: boolean;
  readonly lemmas: readonly ToldLemma[];
  readonly finer: readonly Told[];
}
export interface ToldEquation {
  readonly left: Expr;
  readonly right: Expr;
}
export interface ToldLemma {
  readonly of: Expr;
  /** The derivation that the lines come from, and what its free indices stand for. */
  readonly derivation: Derivation;
  readonly lines: readonly Told[];
}

const tidyRules: ReadonlySet<string> = new Set([
  ...catalogue.filter((r) => r.kind === 'tidy').map((r) => r.id),
  'tidy',
  'arrange',
]);

const isTidy = (step: Step): boolean => tidyRules.has(step.rule);

export interface Telling {
  readonly grain: Grain;
  /** Whether lines carry the steps that they fold. */
  readonly finer: boolean;
  /** Functions whose derivatives were worked out before, by `headKey`: their equation is reason enough. */
  readonly known: ReadonlySet<string>;
}

/** The lines of a derivation at a grain. */
export function linesOf(d: Derivation, t: Telling): Told[] {
  const { grain } = t;
  const lines = grain === 'full' ? d.steps.map((s) => everything(d.left, s, t)) : textbook(d, t);
  const told = grain === 'brief' ? keyLines(lines) : lines;
  return told.map((line, i) => (i === 0 ? { ...line, showLeft: true } : line));
}

/** A step as a line by itself. */
export const bareLine = (left: Expr, step: Step): Told => ({
  left,
  right: step.after,
  showLeft: false,
  step,
  because: null,
  opened: [],
  opening: false,
  lemmas: [],
  finer: [],
});

/** Every step a line, and the lines folded into it below it. */
function everything(left: Expr, step: Step, t: Telling): Told {
  const lemma = step.lemma;
  const from = step.from ?? [];
  return {
    ...bareLine(left, step),
    lemmas: lemma === undefined ? [] : [{ of: lemma.left, derivation: lemma, lines: linesOf(lemma, t) }],
    finer: from.map((s) => ({ ...everything(left, s, t), lemmas: [] })),
  };
}

/** Tidy steps fold into the line above them, and each lemma is told shortly. */
function textbook(d: Derivation, t: Telling): Told[] {
  const groups: Step[][] = [];
  for (const step of d.steps) {
    const last = groups.at(-1);
    if (last === undefined || !isTidy(step)) groups.push([step]);
    else last.push(step);
  }
  return groups.flatMap((group) => {
    const [main] = group;
    const last = group.at(-1);
    if (main === undefined || last === undefined) return [];
    const line = {
      ...bareLine(d.left, main),
      right: last.after,
      finer: t.finer ? leaves(d.left, group) : [],
    };
    return [withLemma(line, main, t)];
  });
}

/** The single steps of a group, in order; none where the line is a single step itself. */
function leaves(left: Expr, group: readonly Step[]): Told[] {
  const flat = (s: Step): Step[] => (s.from === undefined ? [s] : s.from.flatMap(flat));
  const steps = group.flatMap(flat);
  return steps.length < 2 ? [] : steps.map((s) => bareLine(left, s));
}

function withLemma(line: Told, step: Step, t: Telling): Told {
  const { lemma } = step;
  if (lemma === undefined) return line;
  const map: IndexMap = new Map(step.with.at ?? []);
  const short = shortReason(lemma, map) ?? knownReason(lemma, map, t);
  if (short !== null) return { ...line, because: short };
  if (step.rule === 'differentiate-formula')
    return { ...line, because: null, lemmas: [], opened: openedIn(lemma, map) };
  return {
    ...line,
    lemmas: [{ of: at(lemma.left, map), derivation: lemma, lines: lemmaLines(lemma, map, t) }],
  };
}

const at = (e: Expr, map: IndexMap): Expr => (map.size === 0 ? e : withoutTrue(substitute(e, map)));

/** An expression without the factors that say j = j. */
function withoutTrue(e: Expr): Expr {
  const inside = mapParts(e, { expr: withoutTrue, tensor: (t) => t, affine: (a) => a });
  if (inside.kind === 'guard') return inside.where.every((c) => decide(c, []) === true) ? NUM1 : inside;
  return inside.kind === 'mul' ? mul(...inside.args.filter((a) => !isNumber(a, 1))) : inside;
}

/** a_j = sigma(z_j) is the whole reason of da_j/dz_j = sigma'(z_j). */
function shortReason(lemma: Derivation, map: IndexMap): ToldEquation | null {
  const formula = formulaOf(lemma);
  if (formula === null || formula.right.kind !== 'call' || formula.right.fn.order > 0) return null;
  const [argument] = formula.right.args;
  const right = at(lemma.right, map);
  const derivative = right.kind === 'call' && right.fn.order === 1 && right.fn.name === formula.right.fn.name;
  if (!derivative || argument === undefined || !isSymbolEntry(argument)) return null;
  return { left: at(formula.left, map), right: at(formula.right, map) };
}

/** A function's derivative that was told before needs no second proof. */
function knownReason(lemma: Derivation, map: IndexMap, t: Telling): ToldEquation | null {
  const name = headKey(lemma.left);
  return name === null || !t.known.has(name)
    ? null
    : { left: at(lemma.left, map), right: at(lemma.right, map) };
}

/** Which function's derivative an expression is: its head with its stage. */
export function headKey(e: Expr): string | null {
  return e.kind === 'call' && e.fn.order > 0 ? `${e.fn.name}[${e.fn.stage?.key ?? ''}]` : null;
}

/** The functions whose derivatives a derivation works out on its way. */
export const functionsIn = (d: Derivation): string[] =>
  d.steps.flatMap((s) =>
    (s.lemma === undefined ? [] : [headKey(s.lemma.left) ?? '']).filter((k) => k !== ''),
  );

/** The formula that a lemma differentiates, opened; null for a lemma of another kind. */
function formulaOf(lemma: Derivation): Derivation | null {
  const [first] = lemma.steps;
  return first?.rule === 'differentiate-formula' ? (first.lemma ?? null) : null;
}

/** u written out; then du/dv worked out. */
function lemmaLines(lemma: Derivation, map: IndexMap, t: Telling): Told[] {
  const lines = textbook(lemma, t);
  const [first, second, ...rest] = lines;
  const formula = formulaOf(lemma);
  const placed = (line: Told): Told => ({ ...line, left: at(line.left, map), right: at(line.right, map) });
  if (formula === null || first === undefined || second === undefined)
    return lines.map((l, i) => ({ ...placed(l), showLeft: i === 0 }));
  const opened: Told = {
    ...bareLine(at(formula.left, map), first.step),
    right: at(formula.right, map),
    showLeft: true,
    opened: openedIn(formula, map),
    opening: true,
  };
  return [opened, { ...placed(second), showLeft: true }, ...rest.map(placed)];
}

/** The entries that a formula writes out, in order. */
function openedIn(formula: Derivation, map: IndexMap): Expr[] {
  return formula.steps.flatMap((s) => {
    const e = openedBy(s);
    return e === null ? [] : [at(e, map)];
  });
}

/** The entry that a step opens. */
export function openedBy(step: Step): Expr | null {
  const [first] = step.from ?? [step];
  if (first === undefined) return null;
  return placeAt(first.before, first.path);
}

/** The chain rule and the statement. */
function keyLines(lines: readonly Told[]): Told[] {
  const last = lines.at(-1);
  if (last === undefined) return [];
  const key = lines.filter((l) => l !== last && l.step.rule === 'chain-rule' && !same(l.right, last.right));
  return [...key, last].map((l) => ({ ...l, lemmas: [], finer: [], because: l.because ?? provedBy(l) }));
}

/** What a line's lemma comes to, as the reason that stands for its proof. */
function provedBy(line: Told): ToldEquation | null {
  const [lemma] = line.lemmas;
  const last = lemma?.lines.at(-1);
  return lemma === undefined || last === undefined ? null : { left: lemma.of, right: last.right };
}
