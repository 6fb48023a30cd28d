// A matrix equation as blocks: every factor a rectangle as high and wide as its rows and columns, equal sizes equally long.

import { index } from '../../expr/affine.ts';
import type { Tensor } from '../../expr/expr.ts';
import { symbol } from '../../expr/make.ts';
import type { TensorDecl } from '../../expr/system.ts';
import type { Style } from '../../text/style.ts';
import { type Item, itemsOf, signItem } from './block-items.ts';
import { type Lengths, lengthsOf, type SizeValues } from './block-sizes.ts';
import {
  at,
  curve,
  FAINT,
  type FigureWords,
  label,
  line,
  PLAIN,
  rect,
  stroke,
  tensorFormula,
} from './draw.ts';
import { widthOf } from './measure.ts';
import type { Figure, FigureFormula, LabelPart, Rect, Shape } from './shapes.ts';

export interface BlocksPicture {
  readonly id: string;
  readonly words: FigureWords;
  readonly style: Style;
  readonly left: Tensor;
  readonly right: Tensor;
  /** Values of the sizes, 'n[2]' -> 3, where they are known; left out: symbolic. */
  readonly sizes?: SizeValues;
}

/** An item with the room it takes. */
type Cell = SignCell | BlockCell;
interface SignCell {
  readonly kind: 'sign';
  readonly text: FigureFormula;
  readonly tall: boolean;
  readonly width: number;
}
interface BlockCell {
  readonly kind: 'block';
  readonly touches: boolean;
  readonly name: readonly LabelPart[];
  readonly shape: readonly LabelPart[];
  readonly rows: number;
  readonly columns: number;
  /** How many entries it has each way, where they are few and known. */
  readonly grid: readonly [number, number] | null;
  readonly width: number;
}

const NAME = 16;
const SHAPE = 13;
const GAP = 12;
const BRACKET = 10;
/** Entries are drawn of blocks with at most this many each way. */
const MOST_LINES = 8;
const MARGIN = 26;
const INNER = stroke('forward', 3);

/** left = right, each a row of blocks; where two blocks are multiplied, the two sides that must agree are thick. */
export function blocksFigure(p: BlocksPicture): Figure {
  const items = [...itemsOf(p.left, p.style), signItem('=', '='), ...itemsOf(p.right, p.style)];
  const lengths = lengthsOf(items, p.style, p.sizes);
  const cells = items.map((i) => cellOf(i, p.style, lengths));
  const high = Math.max(...cells.map((c) => (c.kind === 'block' ? c.rows : 0)));
  const middle = MARGIN + 16 + high / 2;
  const shapes: Shape[] = [];
  let x = MARGIN;
  for (const [i, cell] of cells.entries()) {
    shapes.push(
      ...(cell.kind === 'sign'
        ? signShapes(cell, x, middle, high)
        : blockShapes(cell, x, middle, cells[i + 1])),
    );
    x += cell.width + GAP;
  }
  const { title, description } = p.words;
  return { id: p.id, title, description, width: x - GAP + MARGIN, height: middle + high / 2 + 52, shapes };
}

function cellOf(item: Item, style: Style, lengths: Lengths): Cell {
  if (item.kind === 'sign')
    return { ...item, width: item.tall ? BRACKET : widthOf([{ kind: 'math', formula: item.text }], NAME) };
  const [rows, columns] = lengths.of(item.of);
  const name: LabelPart[] = [{ kind: 'math', formula: tensorFormula(item.of, style) }];
  const shape = lengths.text(item.of);
  const width = Math.max(columns.length, widthOf(name, NAME), widthOf(shape, SHAPE));
  const known = [rows.count, columns.count].every((c) => c !== null && c <= MOST_LINES);
  const grid = known ? ([rows.count ?? 1, columns.count ?? 1] as const) : null;
  return {
    kind: 'block',
    touches: item.touches,
    name,
    shape,
    rows: rows.length,
    columns: columns.length,
    grid,
    width,
  };
}

/** A sign, or a bracket as high as the blocks. */
function signShapes(cell: SignCell, left: number, middle: number, high: number): Shape[] {
  const x = left + cell.width / 2;
  if (!cell.tall) return [label(at(x, middle), cell.text, { size: NAME })];
  const [reach, half] = [cell.text.latex === '(' ? -1 : 1, high / 2 + 4];
  const [inner, bulge] = [x - (reach * BRACKET) / 2, x + (reach * BRACKET) / 2];
  const bend = [at(bulge, middle - half * 0.5), at(bulge, middle + half * 0.5)] as const;
  return [curve(at(inner, middle - half), bend, at(inner, middle + half), PLAIN, false)];
}

function blockShapes(cell: BlockCell, left: number, middle: number, next: Cell | undefined): Shape[] {
  const x = left + cell.width / 2;
  const corner = at(x - cell.columns / 2, middle - cell.rows / 2);
  const box = rect(corner, cell.columns, cell.rows, PLAIN, 'pale', 0);
  const inside = cell.grid === null && widthOf(cell.name, NAME) + 6 <= cell.columns;
  const joins = next?.kind === 'block' && next.touches;
  return [
    box,
    ...gridLines(box, cell.grid),
    ...(joins ? [line(corner, at(corner.x + cell.columns, corner.y), INNER)] : []),
    ...(cell.touches ? [line(corner, at(corner.x, corner.y + cell.rows), INNER)] : []),
    label(at(x, inside ? middle : corner.y - 15), cell.name, { size: NAME }),
    label(at(x, corner.y + cell.rows + 17), cell.shape, { size: SHAPE }),
  ];
}

/** Lines between the entries. */
function gridLines(box: Rect, grid: readonly [number, number] | null): Shape[] {
  const [rows, columns] = grid ?? [1, 1];
  const { x, y } = box.at;
  const inner = (n: number): number[] => Array.from({ length: n - 1 }, (_, i) => (i + 1) / n);
  return [
    ...inner(rows).map((s) => line(at(x, y + s * box.height), at(x + box.width, y + s * box.height), FAINT)),
    ...inner(columns).map((s) =>
      line(at(x + s * box.width, y), at(x + s * box.width, y + box.height), FAINT),
    ),
  ];
}

export interface ProductPicture {
  readonly id: string;
  readonly words: FigureWords;
  readonly style: Style;
}

/** The rule of rows and columns: A (p x q) times B (q x r) is C (p x r). */
export function productFigure(p: ProductPicture): Figure {
  const matrix = (name: string, rows: string, columns: string): TensorDecl => ({
    name,
    stage: [],
    size: [index(rows), index(columns)],
    kind: 'input',
  });
  const declared = [matrix('A', 'p', 'q'), matrix('B', 'q', 'r'), matrix('C', 'p', 'r')];
  const system = { ...p.style.system, tensors: new Map(declared.map((t) => [t.name, t])) };
  // C is a matrix here, never a notation's loss.
  const { C: _loss, ...letters } = p.style.notation.letters;
  const style: Style = { ...p.style, system, notation: { ...p.style.notation, letters, unicode: {} } };
  const left: Tensor = { kind: 'product', args: [symbol('A'), symbol('B')] };
  return blocksFigure({ ...p, style, left, right: symbol('C') });
}
