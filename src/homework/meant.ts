// What an author may mean beyond what is written: layers counted to the last one, derivatives of one sample's loss.

import type { Affine } from '../expr/affine.ts';
import { inconsistent } from '../expr/condition.ts';
import type { Expr, Tensor } from '../expr/expr.ts';
import { mul } from '../expr/make.ts';
import { mapParts, mapTensorParts, type PartMap } from '../expr/parts.ts';
import type { System } from '../expr/system.ts';
import { some } from '../expr/walk.ts';
import { isTensor, type Read } from '../text/read.ts';
import type { Line } from './answer.ts';
import { entriesOf, type FormulaQuestion } from './question.ts';
import { settledAt } from './settled.ts';

const others = new WeakMap<FormulaQuestion, Map<string, FormulaQuestion | null>>();

function remembered(
  q: FormulaQuestion,
  key: string,
  make: () => FormulaQuestion | null,
): FormulaQuestion | null {
  const known = others.get(q) ?? new Map<string, FormulaQuestion | null>();
  others.set(q, known);
  const found = known.get(key);
  if (found !== undefined) return found;
  const made = make();
  known.set(key, made);
  return made;
}

/** The question as the author of a text may mean it, where that differs from what the question says. */
export function meanings(q: FormulaQuestion, lines: readonly Line[]): FormulaQuestion[] {
  const depths = hasFixedLayer(q) ? layersIn(lines) : [];
  const all = [
    remembered(q, 'per sample', () => perSample(q)),
    ...depths.map((L) => remembered(q, `depth ${L}`, () => atDepth(q, L))),
  ];
  return all.flatMap((other) => (other === null ? [] : [other]));
}

/** Whether the question is about the last layer, or one with a number, and leaves open how many there are. */
function hasFixedLayer(q: FormulaQuestion): boolean {
  if (q.general !== null || q.left === null || q.system.sizes.get('L') !== 0) return false;
  const stages = entriesOf(q.left).flatMap((e) => e.of.stage);
  return stages.length > 0 && stages.every((s: Affine) => s.terms.every((t) => t.symbol.name === 'L'));
}

/** The numbers of layers that an answer names, the largest first. */
function layersIn(lines: readonly Line[]): number[] {
  const found = new Set<number>();
  const parts: PartMap = {
    expr: (e) => mapParts(e, parts),
    tensor: (t) => {
      if (t.kind === 'symbol') for (const s of t.stage) if (s.terms.length === 0) found.add(s.constant);
      return mapTensorParts(t, parts);
    },
    affine: (a) => a,
  };
  for (const line of lines) for (const { of } of line.sides) isTensor(of) ? parts.tensor(of) : parts.expr(of);
  return [...found]
    .filter((n) => n >= 1 && n <= 9)
    .sort((x, y) => y - x)
    .slice(0, 2);
}

function atDepth(q: FormulaQuestion, L: number): FormulaQuestion | null {
  const settled = settledAt(q, L);
  return inconsistent([...settled.system.given, ...settled.given])
    ? null
    : { ...settled, alternatives: [], specials: [] };
}

/**
 * Where delta leaves the 1/m of a mean to the gradients, dZ is the derivative of the sum over the samples, and so is dA, or
 * the derivative of one sample's loss by any quantity of its own. It takes letters that say so: dJ/dA is the cost's.
 */
export function perSample(q: FormulaQuestion): FormulaQuestion | null {
  const scale = [...q.system.tensors.values()].find(
    (d) => d.kind === 'error' && d.scale !== undefined,
  )?.scale;
  if (scale === undefined || !some(scale, (e) => e.kind === 'size')) return null;
  const ofSample = q.left?.kind === 'adjoint' && isOfSample(q.left.by.of.name, q.system);
  const [first, ...rest] = q.answers;
  const scaled = (e: Expr): Expr => (ofSample ? mul(scale, e) : e);
  return {
    ...q,
    perSample: scale,
    answers: [scaled(first), ...rest.map(scaled)],
    alternatives: [],
    specials: [],
  };
}

const isOfSample = (name: string, system: System): boolean => system.tensors.get(name)?.kind === 'variable';

/** A reading in which the derivative of the loss by a quantity of a sample is the sample's own. */
export function ofSamples(r: Read, scale: Expr, system: System): Read {
  const parts: PartMap = {
    expr: (e) => {
      if (e.kind === 'adjoint') return isOfSample(e.by.of.name, system) ? mul(scale, e) : e;
      if (e.kind === 'head') return mul(scale, e);
      return mapParts(e, parts);
    },
    tensor: (t) => (isDerivative(t, system) ? { kind: 'scale', by: scale, of: t } : mapTensorParts(t, parts)),
    affine: (a) => a,
  };
  return isTensor(r) ? parts.tensor(r) : parts.expr(r);
}

const isDerivative = (t: Tensor, system: System): boolean =>
  t.kind === 'derivative' && t.what !== 'jacobian' && isOfSample(t.by.name, system);
