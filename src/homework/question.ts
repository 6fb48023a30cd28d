// A question: what is asked for, in which system, what the right answer is, and what an answer may hold.

import type { Case, Derivation } from '../engine/types.ts';
import type { Affine } from '../expr/affine.ts';
import { bareName, index } from '../expr/affine.ts';
import type { Condition } from '../expr/condition.ts';
import type { Expr, SymbolEntry, Tensor } from '../expr/expr.ts';
import { lowerAll, lowerEntry } from '../expr/lower.ts';
import { isSymbolEntry } from '../expr/make.ts';
import { shapeOf } from '../expr/shape.ts';
import { freshName } from '../expr/substitute.ts';
import { type System, sizesAt, tensorDecl } from '../expr/system.ts';
import { freeNames, tensorFreeNames } from '../expr/walk.ts';
import type { World } from '../numeric/world.ts';
import { isTensor, type Read } from '../text/read.ts';
import type { ReadIn } from './answer.ts';

/** What an answer is: a formula, an equation that is true whatever it says, or a number. */
export type Question = FormulaQuestion | StepQuestion | NumberQuestion;

interface Common extends ReadIn {
  /** The same question put in other words, for which an answer may be right as well: with the input as layer 0. */
  readonly also: () => readonly Question[];
  /** A concrete network's numbers; null where it has none. */
  readonly world: World | null;
}

export interface FormulaQuestion extends Common {
  readonly kind: 'formula';
  /** What is asked for, entry by entry: delta[l][j]; null where only a right side is expected. */
  readonly left: Expr | null;
  /** The free indices for a tensor's slots, in their order, with the sizes of the slots. */
  readonly slots: readonly string[];
  readonly shape: readonly Affine[];
  /** The slots in the order of the left side's own tensor, where the layout turns the derivative; else those above. */
  readonly leftSlots: readonly string[] | null;
  /** Whether a vector may as well be a row. */
  readonly rows: boolean;
  /** What holds for the free indices: their ranges, and the case. */
  readonly given: readonly Condition[];
  /** Right sides, in components: for any loss and activation first, then for this network's. */
  readonly answers: readonly [Expr, ...Expr[]];
  /** The right answer as matrices; null where there is none. */
  readonly matrix: Tensor | null;
  /** The right sides of the derivation's lines, the last one not among them; empty for an expected formula. */
  readonly lines: readonly Expr[];
  /** The derivation's steps: what each leads to. */
  readonly steps: readonly { readonly rule: string; readonly after: Expr }[];
  /** Whether the definition itself is asked for: the derivative, not what it comes to. */
  readonly definition: boolean;
  /** Networks with a loss or an activation chosen, where the question leaves them open. */
  readonly specials: readonly SpecialCase[];
  /** The same question under one other convention each. */
  readonly alternatives: readonly Alternative[];
  /** The question with L open, where a concrete network says what L is; null where nothing was put in. */
  readonly general: FormulaQuestion | null;
  /** What a derivative of the loss by a quantity of one sample is multiplied by, as its author means it; null: by nothing. */
  readonly perSample: Expr | null;
}

/** A choice of loss or activation that the question doesn't make. */
export interface SpecialCase {
  readonly loss: string | null;
  readonly activation: string | null;
  /** Null where there is no such network. */
  readonly system: () => System | null;
}

/** Another convention, with the question as it is under it; null where it makes no sense there. */
export interface Alternative {
  readonly name: string;
  readonly value: string;
  /** What the question itself says. */
  readonly asked: string;
  readonly accepted: boolean;
  readonly question: () => FormulaQuestion | null;
}

/** Any true equation that isn't the same thing twice. */
export interface StepQuestion extends Common {
  readonly kind: 'step';
  readonly given: readonly Condition[];
}

export interface NumberQuestion extends Common {
  readonly kind: 'number';
  readonly of: Expr | null;
  /** Row-major; one for a single number. */
  readonly values: readonly number[];
  readonly shape: readonly number[];
  /** Relative. */
  readonly tolerance: number;
}

export const nothingElse = (): readonly Question[] => [];

const NOTHING = {
  also: nothingElse,
  world: null,
  open: null,
  definition: false,
  specials: [],
  alternatives: [],
  general: null,
  perSample: null,
  leftSlots: null,
  rows: false,
};

type Extras = Pick<FormulaQuestion, 'writing'> &
  Partial<Pick<FormulaQuestion, 'also' | 'world' | 'open' | 'definition' | 'specials' | 'alternatives'>>;

/** The entries whose slots are the free indices of a derivative, in the order of its tensor's slots. */
export function entriesOf(left: Expr): readonly SymbolEntry[] {
  switch (left.kind) {
    case 'adjoint':
    case 'head':
    case 'partial':
      return [left.by];
    case 'jacobian':
      return [left.of, left.by];
    case 'entry':
      return left.of.kind === 'symbol' ? [left as SymbolEntry] : [];
    case 'call':
      return left.args.flatMap(entriesOf);
    default:
      return [];
  }
}

/** A case of a derived result as a question. */
export function derivedQuestion(system: System, found: Case, extras: Extras): FormulaQuestion {
  const { derivation, special, matrix } = found;
  const right = [derivation.right, ...(special === null ? [] : [special.derivation.right])];
  const lowered = right.map((e) => lowerAll(e, system));
  return {
    ...NOTHING,
    kind: 'formula',
    system,
    left: derivation.left,
    ...slotsOf(derivation.left, system),
    given: derivation.given,
    answers: [lowered[0] ?? derivation.right, ...lowered.slice(1)],
    matrix: 'why' in matrix ? null : matrix.right,
    lines: linesOf(derivation),
    steps: [...derivation.steps, ...(special?.derivation.steps ?? [])].map(({ rule, after }) => ({
      rule,
      after: lowerAll(after, system),
    })),
    ...extras,
  };
}

/** The slots that run, with their sizes: a fixed one, as in dC/dw[2][j,1], is none. */
function slotsOf(left: Expr, system: System): { slots: string[]; shape: Affine[] } {
  const slots: string[] = [];
  const shape: Affine[] = [];
  for (const e of entriesOf(left)) {
    const sizes = sizesAt(tensorDecl(system, e.of.name), e.of.stage);
    for (const [i, slot] of e.slots.entries()) {
      const name = bareName(slot);
      const size = sizes[i];
      if (name === null || size === undefined) continue;
      slots.push(name);
      shape.push(size);
    }
  }
  return { slots, shape };
}

const linesOf = (d: Derivation): Expr[] => d.steps.slice(0, -1).map((s) => s.after);

const SLOTS = ['j', 'k', 'i', 'm', 'p', 'q'];

/** An expected formula as a question: a right side, or a whole equation. */
export function expectedQuestion(
  system: System,
  left: Read | null,
  right: Read,
  given: readonly Condition[],
  extras: Extras,
): FormulaQuestion {
  const of = isTensor(right) ? right : left !== null && isTensor(left) ? left : null;
  const shape = of === null ? [] : shapeOf(of, system);
  const slots = freshSlots([left, right], shape.length, system);
  const entryOf = (r: Read): Expr =>
    isTensor(r)
      ? lowerEntry(
          r,
          slots.map((s) => index(s)),
          system,
          new Set(slots),
        )
      : lowerAll(r, system);
  return {
    ...NOTHING,
    kind: 'formula',
    system,
    left: left === null ? null : entryOf(left),
    slots: of === null && left !== null && !isTensor(left) ? slotsOf(left, system).slots : slots,
    shape: of === null && left !== null && !isTensor(left) ? slotsOf(left, system).shape : shape,
    given: [...given, ...ranges(slots, shape)],
    answers: [entryOf(right)],
    matrix: isTensor(right) ? right : null,
    lines: [],
    steps: [],
    ...extras,
  };
}

const ranges = (slots: readonly string[], shape: readonly Affine[]): Condition[] =>
  slots.flatMap((s, i): Condition[] => {
    const size = shape[i];
    if (size === undefined) return [];
    const one: Affine = { constant: 1, terms: [], key: '1' };
    return [
      { relation: '<=', left: one, right: index(s) },
      { relation: '<=', left: index(s), right: size },
    ];
  });

function freshSlots(sides: readonly (Read | null)[], order: number, system: System): string[] {
  const taken = new Set(system.sizes.keys());
  for (const s of sides)
    if (s !== null) for (const n of isTensor(s) ? tensorFreeNames(s) : freeNames(s)) taken.add(n);
  return Array.from({ length: order }, () => {
    const name = freshName(SLOTS, taken);
    taken.add(name);
    return name;
  });
}

/** The free indices of a question, in the order they stand in its left side, or in its answer. */
export function indicesOf(q: FormulaQuestion): ReadonlySet<string> {
  const names = new Set<string>();
  const all = q.left === null ? q.answers : [q.left];
  for (const e of all) for (const n of freeNames(e)) if (!q.system.sizes.has(n)) names.add(n);
  return names;
}

/** The question in numerator layout: a derivative has the rows of its numerator, so that a gradient is turned. */
export function inNumeratorLayout(asked: FormulaQuestion): FormulaQuestion {
  const q = { ...asked, writing: { ...asked.writing, rowGradients: true } };
  const { left } = q;
  const error = left !== null && isSymbolEntry(left) && tensorDecl(q.system, left.of.name).kind === 'error';
  if (q.shape.length === 1 && (error || left?.kind === 'adjoint')) return { ...q, rows: true };
  if (left?.kind !== 'adjoint' || q.shape.length === 0) return q;
  return {
    ...q,
    slots: [...q.slots].reverse(),
    shape: [...q.shape].reverse(),
    leftSlots: q.slots,
    matrix: q.matrix === null ? null : { kind: 'transpose', of: q.matrix },
  };
}
