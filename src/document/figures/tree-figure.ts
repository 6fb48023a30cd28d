// A formula's tree laid out: subtrees as near as their contours allow, an operator over the middle of its arguments.

import type { Expr } from '../../expr/expr.ts';
import type { Style } from '../../text/style.ts';
import { at, circle, type FigureWords, label, line, math, PLAIN, rect } from './draw.ts';
import { widthOf } from './measure.ts';
import type { Figure, Point, Shape } from './shapes.ts';
import { type ExprTree, exprTree } from './tree.ts';

export interface TreePicture {
  readonly id: string;
  readonly words: FigureWords;
  readonly style: Style;
  readonly of: Expr;
}

/** A subtree placed: x of its root is 0. */
interface Placed {
  readonly tree: ExprTree;
  readonly half: number;
  readonly children: readonly { readonly x: number; readonly placed: Placed }[];
  /** How far it reaches to the left and right at each depth below its root. */
  readonly contour: readonly { readonly left: number; readonly right: number }[];
}

const STEP = 66;
const SIZE = 16;
const APART = 22;
const MARGIN = 30;
const LEAF = 15;

/** Half the width of what is drawn for an operator or a leaf. */
function halfWidth(t: ExprTree): number {
  const text = widthOf([math(t.label)], SIZE) / 2;
  return Math.max(text + (t.joins ? 6 : 9), t.joins ? 19 : 17);
}

function place(tree: ExprTree): Placed {
  const half = halfWidth(tree);
  const children = tree.children.map(place);
  const xs: number[] = [];
  const contour: { left: number; right: number }[] = [];
  for (const child of children) {
    const x = Math.max(
      0,
      ...child.contour.map((c, i) => (contour[i] ? contour[i].right + APART - c.left : -Infinity)),
    );
    xs.push(x);
    for (const [i, c] of child.contour.entries()) {
      const known = contour[i];
      contour[i] = { left: known?.left ?? c.left + x, right: c.right + x };
    }
  }
  const middle = ((xs[0] ?? 0) + (xs.at(-1) ?? 0)) / 2;
  return {
    tree,
    half,
    children: children.map((placed, i) => ({ x: (xs[i] ?? 0) - middle, placed })),
    contour: [
      { left: -half, right: half },
      ...contour.map((c) => ({ left: c.left - middle, right: c.right - middle })),
    ],
  };
}

/** The expression tree of a formula, its root at the top. */
export function treeFigure(p: TreePicture): Figure {
  const placed = place(exprTree(p.of, p.style));
  const left = Math.min(...placed.contour.map((c) => c.left));
  const right = Math.max(...placed.contour.map((c) => c.right));
  const shapes = draw(placed, at(MARGIN - left, MARGIN + 10));
  const { title, description } = p.words;
  const height = 2 * MARGIN + 20 + (placed.contour.length - 1) * STEP;
  return { id: p.id, title, description, width: right - left + 2 * MARGIN, height, shapes };
}

function draw(p: Placed, where: Point): Shape[] {
  const below = p.children.map((c) => ({ ...c, to: at(where.x + c.x, where.y + STEP) }));
  const edges = below.map((c) => line(where, c.to, PLAIN));
  return [...edges, ...below.flatMap((c) => draw(c.placed, c.to)), ...mark(p, where)];
}

/** An operator in a ring, a quantity in a box. */
function mark({ tree, half }: Placed, where: Point): Shape[] {
  const text = label(where, tree.label, { size: SIZE });
  if (tree.joins && half <= 19) return [circle(where, 19, PLAIN, 'pale'), text];
  const corner = at(where.x - half, where.y - (tree.joins ? 19 : LEAF));
  const high = tree.joins ? 38 : 2 * LEAF;
  return [rect(corner, 2 * half, high, PLAIN, tree.joins ? 'pale' : 'ground', tree.joins ? 19 : 4), text];
}
