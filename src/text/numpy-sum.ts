// Sums for NumPy: over whole axes where the index runs along them, else term by term.

import { type Affine, bareName } from '../expr/affine.ts';
import type { Condition } from '../expr/condition.ts';
import type { Expr, SumExpr } from '../expr/expr.ts';
import { factorsOf } from '../expr/make.ts';
import { visit } from '../expr/walk.ts';
import { type Axis, eitherIn, type NumpyEnv, orderOf } from './numpy-env.ts';
import { conditionsText, rangeOf, wholeRange } from './numpy-index.ts';
import { atomOf, type NumpyPiece, pieceOf, unprintable } from './numpy-piece.ts';
import { productPiece } from './numpy-product.ts';
import { LEVEL } from './operators.ts';

export const sumPiece = (e: SumExpr, env: NumpyEnv): NumpyPiece =>
  eitherIn(
    env,
    (own) => alongAxes(e, own),
    (own) => termByTerm(e, own),
  );

interface Nested {
  readonly axes: readonly Axis[];
  /** Numbers that stand before an inner sum. */
  readonly numbers: readonly Expr[];
  readonly body: Expr;
}

/** Sums inside one another, and what stands under all of them; null where the outer one's range is part of an axis. */
function nested(e: SumExpr, around: readonly Axis[] = []): Nested | null {
  const size = wholeRange(e.index, e.where);
  if (size === null || around.some((a) => a.name === e.index || runsIn(size, a.name))) return null;
  const axes = [...around, { name: e.index, size }];
  const factors = factorsOf(e.body);
  const [only, second] = factors.filter((f) => f.kind !== 'number');
  const inner = only?.kind === 'sum' && second === undefined ? nested(only, axes) : null;
  if (inner === null) return { axes, numbers: [], body: e.body };
  return { ...inner, numbers: [...factors.filter((f) => f.kind === 'number'), ...inner.numbers] };
}

const runsIn = (size: Affine, name: string): boolean =>
  size.terms.some((t) => t.symbol.name === name || t.symbol.at.some((a) => runsIn(a, name)));

function alongAxes(e: SumExpr, env: NumpyEnv): NumpyPiece {
  const { axes, numbers, body } = nested(e) ?? unprintable(`the range of ${e.index}`);
  let inner: NumpyEnv = { ...env, axes: env.axes.filter((a) => axes.every((own) => own.name !== a.name)) };
  for (const axis of axes) inner = { ...inner, axes: placed(axis, inner.axes, body) };
  const names = axes.map((a) => a.name);
  const total = eitherIn(
    inner,
    (own) => contraction(body, names, own),
    (own) => summed(own.expr(body, own), names, own),
  );
  return numbers.length === 0 ? total : productPiece(numbers, env, [total]);
}

/** The axis put where an entry has it: before the axis that follows there, behind the one before, else last. */
function placed(axis: Axis, axes: readonly Axis[], body: Expr): Axis[] {
  let at = axes.length;
  let found = false;
  visit(body, (e) => {
    if (found || e.kind !== 'entry') return;
    const slots = e.slots.map(bareName);
    const own = slots.indexOf(axis.name);
    if (own < 0) return;
    const place = (name: string | null | undefined): number => axes.findIndex((a) => a.name === name);
    const [before, behind] = [place(slots[own - 1]), place(slots[own + 1])];
    if (before < 0 && behind < 0) return;
    at = behind >= 0 ? behind : before + 1;
    found = true;
  });
  return [...axes.slice(0, at), axis, ...axes.slice(at)];
}

/** np.sum over some axes of a part. */
function summed(p: NumpyPiece, names: readonly string[], env: NumpyEnv): NumpyPiece {
  if (!names.every((name) => p.axes.includes(name))) return unprintable(`the sum over ${names.join()}`);
  const axes = p.axes.filter((name) => !names.includes(name));
  if (axes.length === 0) return atomOf(`np.sum(${p.text})`);
  const places = names.map((name) => p.axes.indexOf(name)).sort((a, b) => a - b);
  const axis = places.length === 1 ? String(places[0]) : `(${places.join(', ')})`;
  return atomOf(
    `np.sum(${p.text}, axis=${axis})`,
    orderOf(env).filter((name) => axes.includes(name)),
  );
}

/** Factors with different axes: np.einsum. What has none of the axes summed over stands in front. */
function contraction(body: Expr, names: readonly string[], env: NumpyEnv): NumpyPiece {
  const factors = factorsOf(body);
  const isArray = (f: Expr): boolean =>
    f.kind !== 'number' && f.kind !== 'guard' && env.expr(f, env).axes.some((name) => names.includes(name));
  const arrays = factors.filter(isArray).map((f) => env.expr(f, env));
  const sets = new Set(arrays.map((p) => [...p.axes].sort().join()));
  if (arrays.length < 2 || sets.size < 2) return unprintable('a sum of one array');
  const axes = orderOf(env).filter(
    (name) => !names.includes(name) && arrays.some((p) => p.axes.includes(name)),
  );
  if (!names.every((name) => arrays.some((p) => p.axes.includes(name)))) return unprintable('a constant sum');
  const letter = lettersFor(orderOf(env));
  const letters = (list: readonly string[]): string => list.map(letter).join('');
  const made = atomOf(
    `np.einsum('${arrays.map((p) => letters(p.axes)).join(',')}->${letters(axes)}', ${arrays.map((p) => p.text).join(', ')})`,
    axes,
  );
  return productPiece(
    factors.filter((f) => !isArray(f)),
    env,
    [made],
  );
}

/** One letter for each axis: its own where it has one. */
function lettersFor(names: readonly string[]): (name: string) => string {
  const taken = new Set(names.filter((n) => /^[a-z]$/.test(n)));
  const found = new Map([...taken].map((n) => [n, n]));
  for (const name of names) {
    if (found.has(name)) continue;
    const free = [...'abcdefghijklmnopqrstuvwxyz'].find((c) => !taken.has(c)) ?? unprintable('so many axes');
    taken.add(free);
    found.set(name, free);
  }
  return (name) => found.get(name) ?? name;
}

/** sum(body for k in range(1, n + 1) if ...), sums directly inside it as further loops. */
function termByTerm(e: SumExpr, env: NumpyEnv): NumpyPiece {
  const { body, clauses } = loopsOf(e, env);
  return pieceOf(`sum(${[body.text, ...clauses].join(' ')})`, LEVEL.atom, body.axes);
}

function loopsOf(
  e: SumExpr,
  env: NumpyEnv,
): { readonly body: NumpyPiece; readonly clauses: readonly string[] } {
  const inner = { ...env, axes: env.axes.filter((a) => a.name !== e.index) };
  const own = clauseText(e.index, e.where, inner);
  const { body } = e;
  if (body.kind !== 'sum') return { body: env.expr(body, inner), clauses: [own] };
  return eitherIn(
    inner,
    (within) => ({ body: alongAxes(body, within), clauses: [own] }),
    (within) => {
      const below = loopsOf(body, within);
      return { body: below.body, clauses: [own, ...below.clauses] };
    },
  );
}

/** for k in range(1, n + 1) if ... */
function clauseText(name: string, where: readonly Condition[], env: NumpyEnv): string {
  const { values, rest } = rangeOf(name, where, env);
  const only = rest.length === 0 ? '' : ` if ${conditionsText(rest, env)}`;
  return `for ${env.names.index(name)} in ${values}${only}`;
}

/** sum(body for k in range(1, n + 1) if ...) of a part that is printed already. */
export const generatorPiece = (
  name: string,
  where: readonly Condition[],
  body: NumpyPiece,
  env: NumpyEnv,
): NumpyPiece => pieceOf(`sum(${body.text} ${clauseText(name, where, env)})`, LEVEL.atom, body.axes);
