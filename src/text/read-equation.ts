// Reading an equation of the forward pass, of entries or of whole tensors.

import { type Affine, bareName, collectNames, index } from '../expr/affine.ts';
import type { Expr, SymbolEntry } from '../expr/expr.ts';
import { lowerAll, lowerEntry } from '../expr/lower.ts';
import { entry } from '../expr/make.ts';
import { shapeOf, shapeText } from '../expr/shape.ts';
import { freshName } from '../expr/substitute.ts';
import { type Equation, type System, slotRanges } from '../expr/system.ts';
import { freeNames, tensorFreeNames } from '../expr/walk.ts';
import { parsed, sidesOf } from './read.ts';
import type { Span } from './read-error.ts';
import { envOf } from './resolve.ts';
import { type Env, fail, shapeOfValue, type Value } from './resolve-env.ts';
import { conditionsOf } from './resolve-index.ts';
import { exampleOf, tensorRef } from './resolve-name.ts';
import { type Scope, scopeOf } from './scope.ts';
import type { Syntax } from './syntax.ts';

/**
 * `z[l][j] = ... for 2 <= l <= L`, or whole tensors, `z[l] = w[l]*a[l-1] + b[l] for 2 <= l <= L`: its range is what stands
 * behind `for`, and the sizes of the left side's slots. Compound tensors come lowered to components.
 */
export function readEquation(text: string, system: System): Equation {
  const scope = scopeOf(system);
  const outside = envOf(text, scope);
  const { formula: s, where } = parsed(text, scope);
  const { left, right } = sidesOf(s, outside);
  const { lhs, indices, whole } = leftSide(left, outside);
  const env = envOf(text, { ...scope, indices: new Set(indices) });
  const rhs = env.resolve(right, env);
  const ranges = (where ?? []).flatMap((c) => conditionsOf(c, env));
  const entries = whole
    ? inEntries(lhs, rhs, right.span, env)
    : { lhs, rhs: ofEntries(rhs, right.span, env) };
  const letters = entries.lhs.slots.flatMap((s) => bareName(s) ?? []).filter((s) => !indices.includes(s));
  const taken = new Set([...indices, ...letters]);
  return {
    lhs: entries.lhs,
    rhs: lowerAll(entries.rhs, system, taken),
    indices: [...indices, ...letters],
    where: [...ranges, ...slotRanges(system, entries.lhs)],
  };
}

function ofEntries(v: Value, span: Span, env: Env): Expr {
  if (v.kind === 'scalar') return v.of;
  return fail(env, span, { code: 'left-is-entry', shape: shapeOfValue(v) }, 'shape');
}

/** An equation of whole tensors, entry by entry. */
function inEntries(lhs: SymbolEntry, rhs: Value, span: Span, env: Env): { lhs: SymbolEntry; rhs: Expr } {
  const shape = shapeOf(lhs.of, env.system);
  const same = rhs.kind === 'tensor' && !rhs.row && shapeText(rhs.shape) === shapeText(shape);
  if (!same)
    return fail(
      env,
      span,
      { code: 'side-shapes', left: shapeText(shape), right: shapeOfValue(rhs) },
      'shape',
    );
  const taken = new Set([...env.scope.sizes.keys(), ...tensorFreeNames(rhs.of), ...freeNames(lhs)]);
  const slots = shape.map(() => {
    const letter = freshName(['j', 'k', 'i', 'm', 'p', 'q'], taken);
    taken.add(letter);
    return index(letter);
  });
  return { lhs: { ...lhs, slots }, rhs: lowerEntry(rhs.of, slots, env.system, taken) };
}

function leftSide(s: Syntax, env: Env): { lhs: SymbolEntry; indices: string[]; whole: boolean } {
  if (s.kind !== 'name') return fail(env, s.span, { code: 'equation-left' });
  const ref = tensorRef(s, env);
  const decl = env.scope.tensors.get(s.name);
  const slots = ref.slots ?? [];
  if (decl === undefined) return fail(env, s.span, { code: 'equation-left' });
  const indices: string[] = [];
  const own = (a: Affine, fixed: boolean): void => {
    const name = bareName(a);
    if (name !== null && !env.scope.sizes.has(name)) {
      if (indices.includes(name)) fail(env, s.span, { code: 'left-twice', name });
      indices.push(name);
    } else if (!fixed || !isFixed(a, env.scope))
      fail(env, s.span, { code: 'left-index', index: a.key, example: exampleOf(decl) });
  };
  for (const stage of ref.of.stage) own(stage, true);
  for (const slot of slots) own(slot, false);
  return { lhs: entry(ref.of.name, ref.of.stage, slots), indices, whole: ref.slots === null };
}

/** Whether only sizes stand in the form. */
function isFixed(a: Affine, scope: Scope): boolean {
  const names = new Set<string>();
  collectNames(a, names);
  return [...names].every((name) => scope.sizes.has(name));
}
