// Slips with factors and terms: one left out, a sum left out, a mean's 1/m, one path of two.

import { bareName, index, shift } from '../expr/affine.ts';
import type { Expr, SumExpr } from '../expr/expr.ts';
import { add, inverse, isNumber, mul, size } from '../expr/make.ts';
import { substitute } from '../expr/substitute.ts';
import { some } from '../expr/walk.ts';
import { edits, FREE, type SlipRow, type SlipSource } from './slip-edits.ts';

const isDerivative = (e: Expr): boolean => e.kind === 'call' && e.fn.order > 0;

/** n, 1/n: what a mean divides by. */
const isCount = (e: Expr): boolean => e.kind === 'size' || (e.kind === 'power' && e.base.kind === 'size');

/** The product without one factor that `test` picks. */
const without =
  (test: (factor: Expr) => boolean) =>
  (e: Expr): Expr[] =>
    e.kind === 'mul' ? e.args.flatMap((f, i) => (test(f) ? [mul(...e.args.toSpliced(i, 1))] : [])) : [];

/** Edits that leave a factor out, with that factor as the piece that is missing. */
const dropped = (source: SlipSource, test: (factor: Expr) => boolean) =>
  edits(source.right, without(test)).map((edit) => ({
    ...edit,
    right: missing(edit.right, edit.wrong),
    wrong: null,
  }));

/** The factor that one product has more than the other. */
function missing(before: Expr | null, after: Expr | null): Expr | null {
  if (before?.kind !== 'mul' || after === null) return before;
  const rest = after.kind === 'mul' ? after.args : [after];
  return before.args.find((f, i) => f !== rest[i]) ?? null;
}

/** A sum without its sign: the index becomes one of the left side's, or stays free. */
const withoutSum =
  (slots: readonly string[]) =>
  (e: Expr): Expr[] =>
    e.kind === 'sum'
      ? [...slots, FREE].map((name) => substitute(e.body, new Map([[e.index, index(name)]])))
      : [];

const isSoftmax = ({ lines }: SlipSource): boolean =>
  lines.some((line) => some(line, (e) => e.kind === 'sum' && some(e.body, (c) => c.kind === 'guard')));

/** Sizes by which a mean divides: those of sums, and of the system's samples. */
function counts(source: SlipSource): Expr[] {
  const { system } = source;
  return [...system.sizes].flatMap(([name, stages]) =>
    stages === 0 && name !== 'L' ? [size(index(name))] : [],
  );
}

/** A sum over one term more or less, at either end, or moved by one. */
function otherRanges(e: SumExpr): Expr[] {
  const [from, to, more] = e.where;
  if (from?.relation !== '<=' || to?.relation !== '<=' || more !== undefined) return [];
  if (bareName(from.right) !== e.index || bareName(to.left) !== e.index) return [];
  const ends = [-1, 0, 1].flatMap((lo) => [-1, 0, 1].map((hi) => [lo, hi] as const));
  return ends
    .filter(([lo, hi]) => lo !== 0 || hi !== 0)
    .map(([lo, hi]) => ({
      ...e,
      where: [
        { ...from, left: shift(from.left, lo) },
        { ...to, right: shift(to.right, hi) },
      ],
    }));
}

export const factorRows: readonly SlipRow[] = [
  {
    code: 'sigma-prime-missing',
    cost: 1,
    example: "w' delta sigma'(z) -> w' delta",
    apply: (source) => dropped(source, isDerivative),
  },
  {
    code: 'factor-dropped',
    cost: 1.3,
    example: 'a delta -> delta',
    apply: (source) => dropped(source, (f) => !isDerivative(f) && f.kind !== 'number' && !isCount(f)),
  },
  {
    code: 'factor-number',
    cost: 1.2,
    example: '1/2 x -> x',
    apply: (source) => dropped(source, (f) => f.kind === 'number' && !isNumber(f, -1)),
  },
  {
    code: 'softmax-elementwise',
    cost: 1,
    example: 'sum_k dC/da_k da_k/dz_j -> dC/da_j da_j/dz_j',
    apply: (source) =>
      isSoftmax(source) ? source.lines.flatMap((line) => edits(line, withoutSum(source.slots))) : [],
  },
  {
    code: 'sum-missing',
    cost: 1.1,
    example: 'sum_k w_kj delta_k -> w_kj delta_k',
    apply: (source) => edits(source.right, withoutSum(source.slots)),
  },
  {
    code: 'sum-range',
    cost: 1.3,
    example: 'sum_{k=1}^n -> sum_{k=0}^n',
    apply: ({ right }) => edits(right, (e) => (e.kind === 'sum' ? otherRanges(e) : [])),
  },
  {
    code: 'path-missing',
    cost: 1.2,
    example: "w' delta + w delta -> w' delta",
    apply: ({ right, lines }) => {
      const paths = [right, ...lines].filter((e) => e.kind === 'add');
      return paths.flatMap((e) =>
        e.kind === 'add' && e.args.length > 1
          ? e.args.map((term, i) => ({ to: add(...e.args.toSpliced(i, 1)), right: term, wrong: null }))
          : [],
      );
    },
  },
  {
    code: 'term-dropped',
    cost: 1.6,
    example: 'a (1 - a) -> a',
    apply: ({ right }) =>
      edits(right, (e) =>
        e.kind === 'add' && e.args.length > 1 ? e.args.map((_, i) => add(...e.args.toSpliced(i, 1))) : [],
      ),
  },
  {
    code: 'mean',
    cost: 1.4,
    example: 'sum_i delta_i -> 1/m sum_i delta_i',
    // Which number of samples or outputs it is doesn't show where all sizes are one.
    apply: (source) =>
      [
        ...dropped(source, isCount).map(({ to }) => to),
        ...counts(source).flatMap((m) => [mul(m, source.right), mul(inverse(m), source.right)]),
      ].map((to) => ({ to, right: null, wrong: null })),
  },
];
