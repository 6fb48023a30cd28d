// Networks in a convention, derived and evaluated: what the tests of notations share.

import { evaluated } from '../../src/engine/evaluated.ts';
import type { Case, Result } from '../../src/engine/types.ts';
import { evaluateAffine } from '../../src/expr/affine.ts';
import type { Condition } from '../../src/expr/condition.ts';
import type { Expr } from '../../src/expr/expr.ts';
import { freeNames } from '../../src/expr/walk.ts';
import { stageOfWeights, turned } from '../../src/model/convention-values.ts';
import { hasBatch, lastLayer, layerAt } from '../../src/model/layer-numbers.ts';
import { buildNetwork } from '../../src/model/network.ts';
import type { Network } from '../../src/model/spec.ts';
import { worldOf } from '../../src/model/world.ts';
import { evaluate, evaluateTensor } from '../../src/numeric/evaluate.ts';
import { type Env, stageKey, type Values, type World } from '../../src/numeric/world.ts';
import { deriveTargets } from '../../src/results/derivation.ts';
import { type Conventions, defaultConventions } from '../../src/tables/conventions.ts';

/** Widths differ pairwise, so that a lost transpose shows. */
export const networks: Readonly<Record<string, object>> = {
  '2-3-2': {
    layers: [2, 3, 2],
    activation: 'sigmoid',
    loss: 'mse',
    values: {
      w: {
        2: [
          [0.4, -0.6],
          [0.3, 0.8],
          [-0.5, 0.2],
        ],
        3: [
          [0.7, -0.4, 0.5],
          [-0.3, 0.6, 0.2],
        ],
      },
      b: { 2: [0.1, -0.2, 0.3], 3: [0.1, -0.1] },
      x: [0.5, -1],
      y: [1, 0],
    },
  },
  '7-4-3': { layers: [7, 4, 3], activation: 'sigmoid', loss: 'bce' },
  softmax: { layers: [2, 5, 3], activation: 'relu', output: 'softmax', loss: 'cross-entropy' },
  mixed: { layers: [2, 4, 3, 5], activation: ['tanh', 'softplus', 'sigmoid'], loss: 'mse' },
  'batch of columns': { layers: [2, 4, 3], activation: 'tanh', loss: 'mse', batch: { size: 5 } },
  'batch of rows, softmax': {
    layers: [2, 4, 3],
    activation: ['tanh', 'softmax'],
    batch: { size: 5, samples: 'rows' },
  },
  penalty: { layers: [3, 4, 2], activation: 'tanh', output: 'sigmoid', loss: 'bce', l2: 0.1 },
};

export const networkIn = (content: object, conventions: Conventions): Network =>
  buildNetwork(content, { conventions });

export interface Evaluated {
  readonly network: Network;
  readonly world: World;
  readonly results: readonly Result[];
  readonly loss: number;
  /** `dC/dw[2]`, `delta[2]`, by the derived formulas. */
  readonly values: ReadonlyMap<string, Values>;
  /** The largest difference from dual numbers, as a share of the largest entry. */
  readonly error: number;
}

/** BP1 to BP4 derived (and so replayed and verified), and what they come to on the network's own numbers. */
export function evaluatedIn(content: object, conventions: Conventions): Evaluated {
  const network = networkIn(content, conventions);
  const penalised = network.spec.kind === 'layers' && network.spec.l2 !== null;
  const targets = penalised ? ['delta', 'dC/db', 'dC/dw'] : ['bp1', 'bp2', 'bp3', 'bp4'];
  const { results } = deriveTargets(network, { targets, verify: { count: 2 } });
  const world = worldOf(network);
  const { loss, errors, gradients, dual } = evaluated(network, world, results);
  const values = new Map([...errors, ...gradients].map((v) => [v.name, v] as const));
  return { network, world, results, loss, values, error: dual.error };
}

const sizeIn =
  (world: World, env: Env) =>
  (name: string, at: readonly number[]): number =>
    env.get(name) ?? world.sizes.get(stageKey(name, at)) ?? Number.NaN;

const holds = ({ relation, left, right }: Condition, world: World, env: Env): boolean => {
  const value = sizeIn(world, env);
  const [a, b] = [evaluateAffine(left, value), evaluateAffine(right, value)];
  return relation === '=' ? a === b : a <= b;
};

/** The stages at which a case's statement holds. */
export function stagesOf(c: Case, { network, world }: Evaluated): Env[] {
  const { left, given } = c.derivation;
  if (!freeNames(left).has('l')) return [new Map()];
  const top = world.sizes.get('L') ?? 0;
  const about = given.filter((g) => [g.left, g.right].some((a) => a.terms.some((t) => t.symbol.key === 'l')));
  const first = network.conventions?.firstLayer ?? 1;
  return Array.from({ length: top - first + 1 }, (_, i) => new Map([['l', first + i]])).filter((env) =>
    about.every((g) => holds(g, world, env)),
  );
}

/** All values of an expression's slots at a stage, first slot outermost, as they lie in a tensor of that shape. */
export function entriesOf(
  e: Expr,
  slots: readonly string[],
  shape: readonly number[],
  world: World,
  env: Env,
) {
  const count = shape.reduce((n, s) => n * s, 1);
  return Array.from({ length: count }, (_, offset) => {
    const at = new Map(env);
    let rest = offset;
    for (let i = shape.length - 1; i >= 0; i--) {
      at.set(slots[i] ?? '', (rest % (shape[i] ?? 1)) + 1);
      rest = Math.floor(rest / (shape[i] ?? 1));
    }
    return evaluate(e, world, at);
  });
}

/** The largest difference as a share of the largest entry (or of a thousandth, where all cancel). */
export function farthest(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  const largest = Math.max(1e-3, ...Array.from(b, Math.abs));
  const off = Array.from(a, (v, i) => Math.abs(v - (b[i] ?? Number.NaN)) / largest);
  return off.some(Number.isNaN) ? Number.POSITIVE_INFINITY : Math.max(0, ...off);
}

export { evaluateTensor };

/** How C differs from the default's: the sum over the samples for their mean, the square without its half. */
function lossFactor({ network, world }: Evaluated, c: Conventions): number {
  const { spec } = network;
  const samples = c.mean === 'none' && hasBatch(network.system) ? (world.sizes.get('m') ?? 1) : 1;
  const whole = !c.half && spec.kind === 'layers' && spec.loss === 'mse';
  return samples * (whole ? 2 : 1);
}

/**
 * The largest difference between what the formulas of a convention come to and what those of the default one come to, carried
 * over by what the convention says of layers, transposes, signs and factors.
 */
export function farFromDefault(own: Evaluated, plain: Evaluated, c: Conventions): number {
  const widths = own.network.concrete?.widths ?? [];
  const factor = lossFactor(own, c);
  const rows = (e: Evaluated): boolean =>
    hasBatch(e.network.system) && e.network.system.tensors.get('x')?.size[0]?.key === 'm';
  const batched = hasBatch(own.network.system);
  const scale =
    (c.sign === '-' ? -1 : 1) * (c.mean === 'gradient' && batched ? (own.world.sizes.get('m') ?? 1) : 1);
  const distances = [Math.abs(own.loss - factor * plain.loss) / Math.abs(plain.loss)];
  const compare = (name: string, other: string, by: number, turn: boolean): void => {
    const [mine, theirs] = [own.values.get(name), plain.values.get(other)];
    if (mine === undefined || theirs === undefined) throw new Error(`${name} or ${other} is missing`);
    const told = turn ? turned(theirs) : theirs;
    if (turn && mine.shape.join() !== told.shape.join()) distances.push(Number.POSITIVE_INFINITY);
    distances.push(
      farthest(
        mine.entries,
        told.entries.map((v) => by * v),
      ),
    );
  };
  for (let l = 2; l <= lastLayer(widths, defaultConventions); l++) {
    const stage = stageOfWeights(l, c);
    compare(`dC/dw[${stage}]`, `dC/dw[${l}]`, factor, c.weights === 'in-out');
    compare(`dC/db[${stage}]`, `dC/db[${l}]`, factor, false);
    const turn = hasBatch(plain.network.system) && rows(own) !== rows(plain);
    compare(`delta[${layerAt(l - 1, c)}]`, `delta[${l}]`, factor * scale, turn);
  }
  return Math.max(...distances);
}
