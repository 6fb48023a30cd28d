// A network evaluated: forward values, the errors and gradients that the derived formulas give, and how well they are right.

import { deriveTargets } from './derivation.ts';
import { integer } from './expr/affine.ts';
import { UserError } from './expr/error.ts';
import { entry, symbol } from './expr/make.ts';
import type { TensorDecl } from './expr/system.ts';
import { type Agreement, differenceAgreement, dualAgreement } from './gradient-check.ts';
import { gradientName, gradientSystem } from './gradients.ts';
import { kinksOf } from './kinks.ts';
import { neededTensors } from './model/needed.ts';
import type { Network, Values } from './model/spec.ts';
import { worldOf } from './model/world.ts';
import { evaluate, evaluateTensor } from './numeric/evaluate.ts';
import { stageKey, type World } from './numeric/world.ts';
import { stagesOf } from './stages.ts';
import { defaultTargets } from './targets.ts';

/** A tensor at a stage with its numbers. */
export interface NamedValues extends Values {
  /** `w[2]`, `delta[3]`, `dC/dw[2]`. */
  readonly name: string;
  /** The tensor itself, or the one differentiated by. */
  readonly tensor: string;
  readonly stage: readonly number[];
}

export interface Evaluation {
  readonly network: Network;
  readonly loss: number;
  /** Inputs and parameters. */
  readonly given: readonly NamedValues[];
  readonly forward: readonly NamedValues[];
  /** By the derived formulas, last stage first. */
  readonly errors: readonly NamedValues[];
  /** By the derived formulas. */
  readonly gradients: readonly NamedValues[];
  readonly check: GradientCheck;
}

export interface GradientCheck {
  /** How many formulas were derived for it. */
  readonly formulas: number;
  /** Against dual numbers pushed through the forward equations. */
  readonly dual: Agreement;
  /** Against central differences of the loss, and the forward passes they took. */
  readonly differences: Agreement & { readonly passes: number };
  /** Entries at which a function has a kink: `z[2][1]`. */
  readonly kinks: readonly string[];
}

/** Evaluates a network with numbers. Throws a `UserError` for one without. */
export function evaluateNetwork(network: Network): Evaluation {
  if (network.concrete === null) throw new UserError(withoutNumbers(network));
  const { system } = network;
  const world = worldOf(network);
  const { results } = deriveTargets(network, { targets: gradientTargets(network) });
  const derived: World = { ...world, system: gradientSystem(system, results) };
  const decls = [...system.tensors.values()];
  const needed = neededTensors(system, world.sizes);
  const errors = decls.filter((d) => d.kind === 'error');
  const gradients = needed
    .filter((n) => n.decl.kind === 'parameter')
    .map(({ decl, stage }) =>
      valuesAt(gradientName(decl.name), decl.name, stage, `dC/d${decl.name}`, derived),
    );
  const named = [...inStageOrder(errors, derived, false).reverse(), ...gradients];
  return {
    network,
    loss: evaluate(entry(system.loss, [], []), world),
    given: needed.map(({ decl, stage }) => valuesAt(decl.name, decl.name, stage, decl.name, world)),
    forward: inStageOrder(
      decls.filter((d) => d.kind === 'variable' && d.name !== system.loss),
      world,
      true,
    ),
    errors: named.filter((v) => errors.some((d) => d.name === v.tensor)),
    gradients,
    check: {
      formulas: results.reduce((count, r) => count + r.cases.length, 0),
      dual: dualAgreement(network, world, named),
      differences: differenceAgreement(network, world, gradients),
      kinks: kinksOf(network, world),
    },
  };
}

/** The targets whose formulas give every error and the gradient by every parameter. */
function gradientTargets(network: Network): readonly string[] {
  if (network.spec.kind === 'layers' && network.spec.l2 === null) return defaultTargets(network);
  const decls = [...network.system.tensors.values()];
  const errors = decls.filter((d) => d.kind === 'error').map((d) => d.name);
  return [...errors, ...decls.filter((d) => d.kind === 'parameter').map((d) => `dC/d${d.name}`)];
}

function withoutNumbers(network: Network): string {
  return network.spec.kind === 'layers'
    ? `${network.title} has no numbers; give the widths of its layers, as in chainrule evaluate 2-3-2`
    : `${network.title} has no numbers; give its sizes, as in "sizes: {n: 3}"`;
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
function inStageOrder(decls: readonly TensorDecl[], world: World, whole: boolean): NamedValues[] {
  const all = decls.flatMap((d) => stagesOf(world.system, d, world, whole).map((stage) => ({ d, stage })));
  const first = (stage: readonly number[]): number => stage[0] ?? 0;
  return all
    .sort((a, b) => first(a.stage) - first(b.stage))
    .map(({ d, stage }) => valuesAt(d.name, d.name, stage, d.name, world));
}
