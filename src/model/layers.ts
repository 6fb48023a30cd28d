// A network of layers as its forward equations, symbolic in l and L; batches, softmax and L2 included.

import { type Affine, index, ONE, shift } from '../expr/affine.ts';
import { atMost, between, type Condition } from '../expr/condition.ts';
import type { Expr, SymbolEntry } from '../expr/expr.ts';
import {
  add,
  call,
  entry,
  head,
  inverse,
  mul,
  num,
  numberOf,
  opaque,
  power,
  size,
  sum,
  symbol,
} from '../expr/make.ts';
import { parseRational } from '../expr/rational.ts';
import { renameBoundApart } from '../expr/substitute.ts';
import type { Equation, FunctionDef, Identity, System, TensorDecl } from '../expr/system.ts';
import type { Conventions } from '../tables/conventions.ts';
import { functionDef, type ScalarFunction, type VectorFunction } from './activation.ts';
import { readLossFormula } from './formula.ts';
import { firstComputed, inputLayer, layerOfWeights, weightStage } from './layer-numbers.ts';
import { mapEntries } from './rewrite.ts';

/** One function for all layers; a list, layer 2 first, where they differ; or nothing known. */
export type HiddenFunctions =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'same'; readonly f: ScalarFunction }
  | { readonly kind: 'mixed'; readonly list: readonly ScalarFunction[] };

/** Which function makes a^l of z^l, layer by layer. */
export interface LayerFunctions {
  readonly hidden: HiddenFunctions;
  /** The last layer's own function, where it isn't one of `hidden`. */
  readonly output: ScalarFunction | VectorFunction | null;
}

export interface LossForm {
  /** The loss of one sample over a[j], y[j], as it was read; null: unknown. */
  readonly body: Expr | null;
  readonly identity: { readonly id: string; readonly left: Expr; readonly right: Expr } | null;
}

export interface BatchForm {
  readonly size: string;
  readonly samples: 'columns' | 'rows';
}

export interface LayersForm {
  readonly functions: LayerFunctions;
  readonly loss: LossForm;
  readonly l2: number | string | null;
  readonly batch: BatchForm | null;
  readonly conventions: Conventions;
}

const L = index('L');
const l = index('l');
const width = (stage: Affine): Affine => index('n', [stage]);
const [i, j, k] = [index('i'), index('j'), index('k')];
const from1 = (name: Affine, hi: Affine): Condition[] => between(ONE, name, hi);
/** The layers that compute. */
const computing = (c: Conventions): Condition[] => between(firstComputed(c), l, L);

/** The names a layers network gives to its tensors, functions, sizes and indices; a symbol of the user's must differ. */
export const OWN_NAMES: readonly string[] = [
  'x',
  'y',
  'w',
  'b',
  'z',
  'a',
  'delta',
  'C',
  'sigma',
  'g',
  'n',
  'L',
  'l',
  'i',
  'j',
  'k',
];

/** The slots of something that has one entry per neuron and, in a batch, per sample. */
const perSample = (batch: BatchForm | null, neuron: Affine): Affine[] =>
  batch === null ? [neuron] : batch.samples === 'columns' ? [neuron, i] : [i, neuron];

/** A weight matrix's slots, or its sizes, in the order of the convention. */
const outIn = ({ weights }: Conventions, out: Affine, into: Affine): Affine[] =>
  weights === 'out-in' ? [out, into] : [into, out];

function tensors(form: LayersForm): Map<string, TensorDecl> {
  const c = form.conventions;
  const m = form.batch === null ? null : index(form.batch.size);
  const wide = (n: Affine): Affine[] => (m === null ? [n] : form.batch?.samples === 'rows' ? [m, n] : [n, m]);
  const end = layerOfWeights(c, l);
  const own: TensorDecl[] = [
    { name: 'x', stage: [], size: wide(width(inputLayer(c))), kind: 'input' },
    { name: 'y', stage: [], size: wide(width(L)), kind: 'input' },
    { name: 'w', stage: ['l'], size: outIn(c, width(end), width(shift(end, -1))), kind: 'parameter' },
    { name: 'b', stage: ['l'], size: [width(end)], kind: 'parameter' },
    { name: 'z', stage: ['l'], size: wide(width(l)), kind: 'variable' },
    { name: 'a', stage: ['l'], size: wide(width(l)), kind: 'variable' },
    { name: 'delta', stage: ['l'], size: wide(width(l)), kind: 'error', of: c.delta, ...errorScale(form) },
    { name: 'C', stage: [], size: [], kind: 'variable' },
  ];
  if (typeof form.l2 === 'string') own.push({ name: form.l2, stage: [], size: [], kind: 'parameter' });
  return new Map(own.map((t) => [t.name, t]));
}

/** What delta is of the derivative: its negative, or m times it where the gradients carry the 1/m. */
function errorScale({ batch, conventions }: LayersForm): Pick<TensorDecl, 'scale'> {
  const factors = [
    ...(conventions.sign === '-' ? [num(-1)] : []),
    ...(conventions.mean === 'gradient' && batch !== null ? [size(index(batch.size))] : []),
  ];
  return factors.length === 0 ? {} : { scale: mul(...factors) };
}

/** lhs[slots] = rhs, each slot index over its size. */
function equation(
  lhs: SymbolEntry,
  indices: readonly string[],
  where: readonly Condition[],
  rhs: Expr,
): Equation {
  return { lhs, rhs, indices, where };
}

/** The indices and ranges of the slots: a neuron, and a sample where there is a batch. */
function slots(
  batch: BatchForm | null,
  neuron: Affine,
  of: Affine,
): { names: string[]; ranges: Condition[] } {
  const names = perSample(batch, neuron).map((s) => s.key);
  const sample = batch === null ? [] : from1(i, index(batch.size));
  return { names, ranges: [...from1(neuron, of), ...sample] };
}

/** sum_k w[l][j,k] a[l-1][k] + b[l][j]; samples that are rows are written before the weights. */
function weightedInput(before: SymbolEntry, { batch, conventions: c }: LayersForm): Expr {
  const stage = [weightStage(c, l)];
  const weight = entry('w', stage, outIn(c, j, k));
  const product = batch?.samples === 'rows' ? mul(before, weight) : mul(weight, before);
  return add(sum('k', from1(k, width(shift(l, -1))), product), entry('b', stage, [j]));
}

function forward(form: LayersForm): Equation[] {
  const { functions, batch, conventions: c } = form;
  const at = (name: string, stage: Affine, neuron: Affine): SymbolEntry =>
    entry(name, [stage], perSample(batch, neuron));
  const input = inputLayer(c);
  const first = slots(batch, k, width(input));
  const each = slots(batch, j, width(l));
  const z = weightedInput(at('a', shift(l, -1), k), form);
  const last = functions.output;
  const top = last === null ? L : shift(L, -1);
  const sigma = call(head('sigma', 0, functions.hidden.kind === 'mixed' ? l : null), at('z', l, j));
  const equations = [
    equation(at('a', input, k), first.names, first.ranges, entry('x', [], perSample(batch, k))),
    equation(at('z', l, j), ['l', ...each.names], [...computing(c), ...each.ranges], z),
    equation(
      at('a', l, j),
      ['l', ...each.names],
      [...between(firstComputed(c), l, top), ...each.ranges],
      sigma,
    ),
  ];
  if (last !== null) {
    const out = slots(batch, j, width(L));
    equations.push(equation(at('a', L, j), out.names, out.ranges, outputOf(last, at)));
  }
  return equations;
}

function outputOf(
  last: ScalarFunction | VectorFunction,
  at: (name: string, stage: Affine, neuron: Affine) => SymbolEntry,
): Expr {
  if (last.kind === 'scalar') return call('g', at('z', L, j));
  return mapEntries(readLossFormula(last.row.formula, ['z']), (e) => at('z', L, e.slots[0] ?? j));
}

/** What the network's C is: the sample's loss, its mean over a batch (or its sum), and the weights' squares. */
function lossEquation({ loss, l2, batch, conventions }: LayersForm): Equation {
  const sample = loss.body === null ? null : atOutput(loss.body, batch);
  const unknown = opaque(l2 === null ? 'C' : 'C0', [symbol('a', [L])]);
  const all = sample === null ? unknown : batch === null ? sample : overBatch(sample, batch, conventions);
  return equation(entry('C', [], []), [], [], l2 === null ? all : add(all, penalty(l2, conventions)));
}

function overBatch(sample: Expr, batch: BatchForm, { mean }: Conventions): Expr {
  const m = index(batch.size);
  const total = sum('i', from1(i, m), sample);
  return mean === 'none' ? total : mul(inverse(size(m)), total);
}

/** A user's sum over i must not catch the sample's index. */
const clearOfSample = (body: Expr): Expr => renameBoundApart(body, new Set(['i']), ['j', 'k', 'p', 'q', 'r']);

/** a[j] and y[j] of a sample's loss as entries of the network. */
const atOutput = (body: Expr, batch: BatchForm | null): Expr =>
  mapEntries(clearOfSample(body), (e) =>
    entry(e.of.name, e.of.name === 'a' ? [L] : [], perSample(batch, e.slots[0] ?? j)),
  );

/** lambda/2 times the sum of all squared weights. */
function penalty(l2: number | string, c: Conventions): Expr {
  const factor = typeof l2 === 'string' ? entry(l2, [], []) : numberOf(parseRational(String(l2)));
  const end = layerOfWeights(c, l);
  const [first, second] = outIn(c, j, k);
  const stages = between(weightStage(c, firstComputed(c)), l, weightStage(c, L));
  const square = power(entry('w', [l], outIn(c, j, k)), num(2));
  const inner = second === k ? width(shift(end, -1)) : width(end);
  const outer = second === k ? width(end) : width(shift(end, -1));
  const row = sum(second?.key ?? 'k', from1(second ?? k, inner), square);
  const squares = sum(first?.key ?? 'j', from1(first ?? j, outer), row);
  return mul(num(1, 2), factor, sum('l', stages, squares));
}

function functionDefs({ functions, conventions }: LayersForm): FunctionDef[] {
  const { hidden, output } = functions;
  return [
    ...hiddenDefs(hidden, output === null, firstComputed(conventions)),
    ...(output?.kind === 'scalar' ? [functionDef('g', null, output)] : []),
  ];
}

/** sigma, or sigma[2], sigma[3], ... from the first layer that computes where they differ; the last one answers to sigma[L] too. */
function hiddenDefs(hidden: HiddenFunctions, toTheTop: boolean, first: Affine): FunctionDef[] {
  if (hidden.kind !== 'mixed') return [functionDef('sigma', null, hidden.kind === 'same' ? hidden.f : null)];
  const defs = hidden.list.map((f, at) => functionDef('sigma', shift(first, at), f));
  const last = hidden.list.at(-1);
  return toTheTop && last !== undefined ? [...defs, functionDef('sigma', L, last)] : defs;
}

/** The system of equations. Widths and the number of layers stay symbolic; numbers are handed beside it. */
export function layersSystem(form: LayersForm): System {
  const { identity } = form.loss;
  const identities: Identity[] =
    identity === null
      ? []
      : [{ id: identity.id, left: atOutput(identity.left, form.batch), right: identity.right }];
  const m = form.batch?.size;
  return {
    tensors: tensors(form),
    equations: [...forward(form), lossEquation(form)],
    functions: functionDefs(form),
    loss: 'C',
    sizes: new Map([['L', 0], ['n', 1], ...(m === undefined ? [] : [[m, 0] as const])]),
    given: [atMost(firstComputed(form.conventions), L), ...(m === undefined ? [] : [atMost(ONE, index(m))])],
    identities,
  };
}
