// An equation as Python statements: one for the whole array where there is a way, else a loop over its entries.

import { type Affine, bareName, shift } from '../expr/affine.ts';
import { type Condition, conditionNames } from '../expr/condition.ts';
import type { Expr, SymbolEntry, Tensor } from '../expr/expr.ts';
import { sizesAt, tensorDecl } from '../expr/system.ts';
import { attempt, eitherIn, type NumpyEnv } from './numpy-env.ts';
import { conditionsText, integerPiece, rangeOf, symbolText, wholeRange } from './numpy-index.ts';
import { alignedTo, type NumpyPiece, unprintable, within } from './numpy-piece.ts';
import { LEVEL } from './operators.ts';

/** lhs = rhs for all values of the slots' indices within `where`; `matrix`: the right side as one tensor, where it is known. */
export interface NumpyEquation {
  readonly lhs: SymbolEntry;
  readonly rhs: Expr;
  readonly matrix: Tensor | null;
  readonly indices: readonly string[];
  readonly where: readonly Condition[];
}

const INDENT = '    ';
export const indented = (lines: readonly string[], by = 1): string[] =>
  lines.map((line) => (line === '' ? '' : INDENT.repeat(by) + line));

/** Characters in a line of code. */
const WIDTH = 92;

/** An assignment, one term below the other where they make a long line. */
function assigned(left: string, right: string): string[] {
  const terms = right.length > WIDTH ? outerTerms(right) : [right];
  return terms.length === 1 ? [`${left} = ${right}`] : [`${left} = (`, ...indented(terms), ')'];
}

/** A text parted before each sign that stands outside brackets. */
function outerTerms(text: string): string[] {
  const starts: number[] = [0];
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text.charAt(i);
    if ('([{'.includes(c)) depth++;
    if (')]}'.includes(c)) depth--;
    if (depth === 0 && /^ [+-] /.test(text.slice(i, i + 3))) starts.push(i + 1);
  }
  return starts.map((from, i) => text.slice(from, starts[i + 1]).trimEnd());
}

/** The statements. An equation of some entries only fills them into an array that must be there: see `isWhole`. */
export function statementLines(eq: NumpyEquation, env: NumpyEnv): string[] {
  const name = symbolText(eq.lhs.of, env);
  if (!isWhole(eq, env)) return entryLoops(eq, env);
  return eitherIn(
    env,
    (own) => assigned(name, wholeText(eq, own)),
    () => [`${name} = ${zerosText(sizesOf(eq, env), env)}`, ...entryLoops(eq, env)],
  );
}

const sizesOf = (eq: NumpyEquation, env: NumpyEnv): readonly Affine[] =>
  sizesAt(tensorDecl(env.system, eq.lhs.of.name), eq.lhs.of.stage);

function zerosText(sizes: readonly Affine[], env: NumpyEnv): string {
  const texts = sizes.map((s) => integerPiece(s, env).text);
  return `np.zeros(${texts.length === 1 ? texts[0] : `(${texts.join(', ')})`})`;
}

/** The indices of the left side's slots; null for a slot that is a fixed place. */
const slotNames = ({ lhs, indices }: NumpyEquation): (string | null)[] =>
  lhs.slots.map((slot) => {
    const name = bareName(slot);
    return name !== null && indices.includes(name) ? name : null;
  });

const mentioning = (name: string, where: readonly Condition[]): Condition[] =>
  where.filter((c) => {
    const names = new Set<string>();
    conditionNames(c, names);
    return names.has(name);
  });

/** Whether the equation defines every entry of its left side. */
export function isWhole(eq: NumpyEquation, env: NumpyEnv): boolean {
  const names = slotNames(eq);
  const sizes = sizesOf(eq, env);
  return names.every(
    (name, i) =>
      name !== null &&
      names.indexOf(name) === i &&
      wholeRange(name, mentioning(name, eq.where))?.key === sizes[i]?.key,
  );
}

/** The right side for all entries at once: in matrix form, or along axes; the shorter where a matrix form needs ones. */
function wholeText(eq: NumpyEquation, env: NumpyEnv): string {
  const { matrix } = eq;
  const asMatrix =
    matrix === null ? null : attempt(env, (own) => own.tensor(matrix, { ...own, axes: [] }).text);
  const good = asMatrix !== null && !/np\.(ones|eye|diag)\(/.test(asMatrix.made);
  const entries = good ? null : attempt(env, (own) => alongSlots(eq, own));
  const [first, second] = [asMatrix, entries].filter((way) => way !== null);
  const chosen =
    first !== undefined && second !== undefined && second.made.length < first.made.length ? second : first;
  if (chosen === undefined) return unprintable('a right side');
  chosen.keep();
  return chosen.made;
}

function alongSlots(eq: NumpyEquation, env: NumpyEnv): string {
  const sizes = sizesOf(eq, env);
  const axes = slotNames(eq).flatMap((name, i) => {
    const size = sizes[i];
    return name === null || size === undefined ? [] : [{ name, size }];
  });
  const right = env.expr(eq.rhs, { ...env, axes });
  return filled(
    right,
    sizes,
    axes.map((a) => a.name),
    env,
  );
}

/** A right side with the same number along an axis still has the whole shape. */
function filled(right: NumpyPiece, sizes: readonly Affine[], axes: readonly string[], env: NumpyEnv): string {
  const own = alignedTo(right, axes);
  if (axes.every((name) => right.axes.includes(name))) return own.text;
  const zeros = zerosText(sizes, env);
  return right.text === '0' ? zeros : `${zeros} + ${within(own, LEVEL.product)}`;
}

/** Loops over the slots, the last one innermost, each with the conditions that its index decides. */
function entryLoops(eq: NumpyEquation, env: NumpyEnv): string[] {
  const names = slotNames(eq);
  const places = eq.lhs.slots.map((slot) => integerPiece(shift(slot, -1), env, true).text);
  const right = env.expr(eq.rhs, { ...env, axes: [] });
  if (right.axes.length > 0) return unprintable('an array for an entry');
  const last = (c: Condition): number =>
    names.findLastIndex((n) => n !== null && mentioning(n, [c]).length > 0);
  let lines = assigned(`${symbolText(eq.lhs.of, env)}[${places.join(', ')}]`, right.text);
  for (let i = names.length - 1; i >= 0; i--) {
    const name = names[i] ?? null;
    if (name === null) continue;
    const { values, rest } = rangeOf(
      name,
      eq.where.filter((c) => last(c) === i),
      env,
    );
    if (rest.length > 0) lines = [`if ${conditionsText(rest, env)}:`, ...indented(lines)];
    lines = [`for ${env.names.index(name)} in ${values}:`, ...indented(lines)];
  }
  return lines;
}
