// A network run with its derived formulas: forward values, errors and gradients, and how well they agree with dual numbers.

import { integer } from '../expr/affine.ts';
import { UserError } from '../expr/error.ts';
import { entry, symbol } from '../expr/make.ts';
import type { TensorDecl } from '../expr/system.ts';
import { type Agreement, dualAgreement } from '../model/gradient-check.ts';
import { neededTensors } from '../model/needed.ts';
import type { Network, Values } from '../model/spec.ts';
import { stagesOf } from '../model/stages.ts';
import { evaluate, evaluateTensor } from '../numeric/evaluate.ts';
import { stageKey, type World } from '../numeric/world.ts';
import { gradientName, gradientSystem } from './gradients.ts';
import type { Result } from './types.ts';

/** A tensor at a stage with its numbers. */
export interface NamedValues extends Values {
  /** `w[2]`, `delta[3]`, `dC/dw[2]`. */
  readonly name: string;
  /** The tensor itself, or the one differentiated by. */
  readonly tensor: string;
  readonly stage: readonly number[];
}

export interface Evaluated {
  readonly loss: number;
  /** Inputs and parameters. */
  readonly given: readonly NamedValues[];
  readonly forward: readonly NamedValues[];
  /** By the derived formulas, last stage first; those that the results don't give are left out. */
  readonly errors: readonly NamedValues[];
  /** Derivatives by other variables, dC/dh[2]: likewise. */
  readonly adjoints: readonly NamedValues[];
  /** By the parameters: likewise. */
  readonly gradients: readonly NamedValues[];
  /** Errors and gradients against dual numbers pushed through the forward equations. */
  readonly dual: Agreement;
}

/** The network's numbers run forward, and backward by the derived formulas. `world`: the network's own. */
export function evaluated(network: Network, world: World, results: readonly Result[]): Evaluated {
  const { system } = network;
  const derived: World = { ...world, system: gradientSystem(system, results) };
  const decls = [...system.tensors.values()];
  const needed = neededTensors(system, world.sizes);
  const variables = decls.filter((d) => d.kind === 'variable' && d.name !== system.loss);
  const errors = inStageOrder(
    decls.filter((d) => d.kind === 'error'),
    world,
    false,
  ).flatMap(({ d, stage }) => valuesWhereDerived(d.name, d.name, stage, d.name, derived));
  const gradients = needed
    .filter((n) => n.decl.kind === 'parameter')
    .flatMap(({ decl, stage }) => gradientAt(decl, stage, derived));
  const adjoints = inStageOrder(variables, world, true).flatMap(({ d, stage }) =>
    gradientAt(d, stage, derived),
  );
  return {
    loss: evaluate(entry(system.loss, [], []), world),
    given: needed.map(({ decl, stage }) => valuesAt(decl.name, decl.name, stage, decl.name, world)),
    forward: inStageOrder(variables, world, true).map(({ d, stage }) =>
      valuesAt(d.name, d.name, stage, d.name, world),
    ),
    errors: errors.reverse(),
    adjoints: adjoints.reverse(),
    gradients,
    dual: dualAgreement(network, world, [...errors, ...gradients]),
  };
}

const gradientAt = (d: TensorDecl, stage: readonly number[], derived: World): NamedValues[] =>
  derived.system.tensors.has(gradientName(d.name))
    ? valuesWhereDerived(gradientName(d.name), d.name, stage, `dC/d${d.name}`, derived)
    : [];

/** The numbers, or nothing where no statement gives them. */
function valuesWhereDerived(
  name: string,
  tensor: string,
  stage: readonly number[],
  called: string,
  derived: World,
): NamedValues[] {
  try {
    return [valuesAt(name, tensor, stage, called, derived)];
  } catch (error) {
    if (error instanceof UserError) return [];
    throw error;
  }
}

function valuesAt(
  name: string,
  tensor: string,
  stage: readonly number[],
  called: string,
  world: World,
): NamedValues {
  const values = evaluateTensor(symbol(name, stage.map(integer)), world);
  return { ...values, name: stageKey(called, stage), tensor, stage };
}

/** All tensors at all their stages, stage by stage, in the order of their declarations. */
function inStageOrder(
  decls: readonly TensorDecl[],
  world: World,
  whole: boolean,
): { readonly d: TensorDecl; readonly stage: number[] }[] {
  const all = decls.flatMap((d) => stagesOf(world.system, d, world, whole).map((stage) => ({ d, stage })));
  const first = (stage: readonly number[]): number => stage[0] ?? 0;
  return all.sort((a, b) => first(a.stage) - first(b.stage));
}
