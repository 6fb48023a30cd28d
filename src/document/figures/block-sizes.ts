// How long the sides of blocks are drawn: the same size always the same, larger sizes longer where they are known.

import { type Affine, evaluateAffine, integer, isConstant } from '../../expr/affine.ts';
import type { Tensor } from '../../expr/expr.ts';
import { size } from '../../expr/make.ts';
import { shapeOf } from '../../expr/shape.ts';
import type { Style } from '../../text/style.ts';
import type { Item } from './block-items.ts';
import { exprFormula, math, sign } from './draw.ts';
import type { FigureFormula, LabelPart } from './shapes.ts';

/** Values of sizes by their plain text: 'n[2]' -> 3. */
export type SizeValues = ReadonlyMap<string, number>;

interface Side {
  readonly length: number;
  /** How many entries; null where it isn't known. */
  readonly count: number | null;
}
export interface Lengths {
  /** Rows and columns. */
  of(t: Tensor): readonly [Side, Side];
  /** p x q */
  text(t: Tensor): readonly LabelPart[];
}

const UNIT = 24;
const FEW = 4;
const SYMBOLIC = [84, 58, 108, 70] as const;
const ONE_SIDE = integer(1);

/** Long sides grow slowly. */
const knownLength = (count: number): number =>
  count <= FEW ? UNIT * count : UNIT * FEW + 11 * Math.log2(count / FEW);

/** Rows and columns: a vector is one column, transposed one row. */
function sidesOf(t: Tensor, style: Style): readonly [Affine, Affine] {
  const [first = ONE_SIDE, second] = shapeOf(t, style.system);
  if (second !== undefined) return [first, second];
  return t.kind === 'transpose' ? [ONE_SIDE, first] : [first, ONE_SIDE];
}

export function lengthsOf(items: readonly Item[], style: Style, values?: SizeValues): Lengths {
  const shapes = items.flatMap((i) => (i.kind === 'block' ? sidesOf(i.of, style) : []));
  const keys = [...new Set(shapes.filter((s) => !isConstant(s)).map((s) => s.key))];
  const count = (a: Affine): number | null => {
    if (isConstant(a)) return a.constant;
    if (values === undefined) return null;
    return evaluateAffine(
      a,
      (name, at) => values.get(at.length === 0 ? name : `${name}[${at.join(',')}]`) ?? 1,
    );
  };
  const side = (a: Affine): Side => {
    const n = count(a);
    const symbolic = SYMBOLIC[keys.indexOf(a.key) % SYMBOLIC.length] ?? UNIT;
    return { length: n === null ? symbolic : knownLength(n), count: n };
  };
  const name = (a: Affine): FigureFormula => {
    const n = count(a);
    return n === null ? exprFormula(size(a), style) : sign(String(n), String(n));
  };
  return {
    of(t) {
      const [rows, columns] = sidesOf(t, style);
      return [side(rows), side(columns)];
    },
    text(t) {
      const [rows, columns] = sidesOf(t, style);
      const [p, q] = [name(rows), name(columns)];
      return [math(sign(`${p.latex} \\times ${q.latex}`, `${p.unicode} × ${q.unicode}`))];
    },
  };
}
