// The Hadamard product: what it is, two factors of this network multiplied in numbers, and unequal shapes as the error they are.

import type { Result } from '../../engine/types.ts';
import { index, integer } from '../../expr/affine.ts';
import type { Condition } from '../../expr/condition.ts';
import type { HadamardTensor, Tensor } from '../../expr/expr.ts';
import { entry, entryOf, mul, symbol } from '../../expr/make.ts';
import { mapTensorParts } from '../../expr/parts.ts';
import { shapeOf } from '../../expr/shape.ts';
import { substituteTensor } from '../../expr/substitute.ts';
import type { TensorDecl } from '../../expr/system.ts';
import { tensorFreeNames } from '../../expr/walk.ts';
import { evaluateTensor } from '../../numeric/evaluate.ts';
import type { World } from '../../numeric/world.ts';
import type { Complaint } from '../../text/complaint.ts';
import { readFormula } from '../../text/read.ts';
import { ReadError } from '../../text/read-error.ts';
import { asIntegers, assign } from '../assign.ts';
import type { DisplayRow } from '../blocks.ts';
import { exprFormula, type Printing, tensorFormula } from '../formulas.ts';
import type { SectionContext } from '../section.ts';
import { type LayerFacts, layerFacts, widthOfLayer } from './layers-facts.ts';
import { ON } from './parts.ts';
import { arrayFormula, withTensors } from './put-in.ts';
import { arrayRows } from './rows.ts';

const [U, V] = ['u', 'v'] as const;

/** [u (.) v]_j = u_j v_j, in a system of two vectors. */
export function hadamardRow(p: Printing): DisplayRow {
  const declared = (name: string): readonly [string, TensorDecl] => [
    name,
    { name, stage: [], size: [index('n')], kind: 'input' },
  ];
  const alone: Printing = { ...p, system: { ...p.system, tensors: new Map([declared(U), declared(V)]) } };
  const j = index('j');
  const of: Tensor = { kind: 'hadamard', args: [symbol(U), symbol(V)] };
  return {
    left: exprFormula(entryOf(of, [j]), alone),
    right: exprFormula(mul(entry(U, [], [j]), entry(V, [], [j])), alone),
    where: null,
  };
}

/** A Hadamard product of two factors, with what its free stages must satisfy. */
interface Found {
  readonly of: HadamardTensor;
  readonly given: readonly Condition[];
}

/** Of BP2 where it is derived, else of the first result that has one. */
function findProduct(results: readonly Result[]): Found | null {
  const ordered = [...results].sort((a, b) => Number(b.id === 'bp2') - Number(a.id === 'bp2'));
  for (const { cases } of ordered) {
    for (const { matrix, derivation } of cases) {
      const of = 'why' in matrix ? null : productIn(matrix.right);
      if (of !== null) return { of, given: derivation.given };
    }
  }
  return null;
}

function productIn(t: Tensor): HadamardTensor | null {
  if (t.kind === 'hadamard' && t.args.length === 2) return t;
  let found: HadamardTensor | null = null;
  mapTensorParts(t, {
    expr: (e) => e,
    tensor: (part) => {
      found ??= productIn(part);
      return part;
    },
    affine: (a) => a,
  });
  return found;
}

/** The two factors as numbers, and their product; null where no result has one. */
export function hadamardNumbers(context: SectionContext, world: World): DisplayRow[] {
  const { options: o, results } = context;
  const found = findProduct(results.filter((r) => r.system === o.printing.system));
  if (found === null) return [];
  const { system, sizes } = world;
  const names = [...tensorFreeNames(found.of)].filter((n) => !system.sizes.has(n));
  const env = assign(names, [...system.given, ...found.given], new Map(), new Map(), sizes);
  if (env === null) return [];
  const at = substituteTensor(found.of, asIntegers(env, sizes));
  if (at.kind !== 'hadamard') return [];
  const of = { world, printing: o.printing, digits: o.digits };
  const numbers = withTensors(at, of, (t) => at.args.includes(t));
  const product = arrayFormula(evaluateTensor(at, world), o.digits);
  return [
    { left: null, right: tensorFormula(at, o.printing), where: null },
    ...arrayRows(ON, [numbers, product]),
  ];
}

/** A product of unequal shapes, and what the reader of formulas says to it. */
interface Mismatch {
  readonly attempt: string;
  readonly complaint: Complaint;
  readonly left: Tensor;
  readonly right: Tensor;
}

/** Tries two vectors of different sizes; null where the network has none. */
export function mismatch({ network }: SectionContext): Mismatch | null {
  const pair = unequal(network.system.tensors.values(), network) ?? null;
  if (pair === null) return null;
  const [left, right] = pair;
  const attempt = `${keyOf(left)} .* ${keyOf(right)}`;
  try {
    readFormula(attempt, network.system);
    return null;
  } catch (error) {
    if (!(error instanceof ReadError) || error.problem !== 'shape') throw error;
    return { attempt, complaint: error.complaint, left, right };
  }
}

const keyOf = (t: Tensor): string =>
  t.kind === 'symbol' ? `${t.name}${t.stage.map((s) => `[${s.key}]`).join('')}` : '';

type Pair = readonly [Tensor, Tensor];

/** delta^l and delta^{l+1} where their widths differ; otherwise two vectors whose sizes do. */
function unequal(declared: Iterable<TensorDecl>, network: SectionContext['network']): Pair | null {
  const facts = layerFacts(network);
  if (facts !== null) return unequalLayers(facts, network);
  const vectors = [...declared].filter((d) => d.size.length === 1 && d.kind !== 'error');
  const own = (d: TensorDecl): Tensor =>
    symbol(
      d.name,
      d.stage.map((s) => index(s)),
    );
  for (const a of vectors)
    for (const b of vectors)
      if (shapeOf(own(a), network.system)[0]?.key !== shapeOf(own(b), network.system)[0]?.key)
        return [own(a), own(b)];
  return null;
}

/** The errors of two neighbouring layers whose widths differ; the activations where one of them is the input. */
function unequalLayers(facts: LayerFacts, network: SectionContext['network']): Pair | null {
  const error = [...network.system.tensors.values()].find((d) => d.kind === 'error')?.name;
  const name = error ?? facts.before.of.name;
  if (facts.widths === null) return [symbol(name, [facts.from]), symbol(name, [facts.to])];
  const upper = facts.widths.slice(1).map((_, i) => facts.first + i);
  const differs = (n: number): boolean => widthOfLayer(facts, n) !== widthOfLayer(facts, n - 1);
  const computed = upper.slice(1).find(differs);
  if (computed !== undefined)
    return [symbol(name, [integer(computed - 1)]), symbol(name, [integer(computed)])];
  const a = facts.before.of.name;
  return (
    upper.filter(differs).map((n): Pair => [symbol(a, [integer(n - 1)]), symbol(a, [integer(n)])])[0] ?? null
  );
}
