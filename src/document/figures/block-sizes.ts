// How long the sides of blocks are drawn: the same size always the same, larger sizes longer where they are known.

import { type Affine, evaluateAffine, integer, isConstant } from '../../expr/affine.ts';
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
  /** Rows and columns of a shape; a vector is one column. */
  of(shape: readonly Affine[]): readonly [Side, Side];
  /** p x q */
  text(shape: readonly Affine[]): readonly LabelPart[];
}

const UNIT = 24;
const FEW = 4;
const SYMBOLIC = [84, 58, 108, 70] as const;
const ONE_SIDE = integer(1);

/** Long sides grow slowly. */
const knownLength = (count: number): number =>
  count <= FEW ? UNIT * count : UNIT * FEW + 11 * Math.log2(count / FEW);

const both = (shape: readonly Affine[]): readonly [Affine, Affine] => [shape[0] ?? ONE_SIDE, shape[1] ?? ONE_SIDE];

export function lengthsOf(items: readonly Item[], style: Style, values?: SizeValues): Lengths {
  const shapes = items.flatMap((i) => (i.kind === 'block' ? both(shapeOf(i.of, style.system)) : []));
  const keys = [...new Set(shapes.filter((s) => !isConstant(s)).map((s) => s.key))];
  const count = (a: Affine): number | null => {
    if (isConstant(a)) return a.constant;
    if (values === undefined) return null;
    return evaluateAffine(a, (name, at) => values.get(at.length === 0 ? name : `${name}[${at.join(',')}]`) ?? 1);
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
    of: (shape) => [side(both(shape)[0]), side(both(shape)[1])],
    text(shape) {
      const [rows, columns] = both(shape).map(name);
      if (rows === undefined || columns === undefined) return [];
      return [math(sign(`${rows.latex} \\times ${columns.latex}`, `${rows.unicode} × ${columns.unicode}`))];
    },
  };
}
