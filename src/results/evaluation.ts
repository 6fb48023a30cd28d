// A network evaluated: forward values, the errors and gradients that the derived formulas give, and how well they are right.

import { evaluated, type NamedValues } from '../engine/evaluated.ts';
import { UserError } from '../expr/error.ts';
import { type Agreement, differenceAgreement } from '../model/gradient-check.ts';
import type { Network } from '../model/spec.ts';
import { worldOf } from '../model/world.ts';
import { deriveTargets } from './derivation.ts';
import { kinksOf } from './kinks.ts';
import { defaultTargets } from './targets.ts';

export type { NamedValues };

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
  const world = worldOf(network);
  const { results } = deriveTargets(network, { targets: gradientTargets(network) });
  const { loss, given, forward, errors, gradients, dual } = evaluated(network, world, results);
  return {
    network,
    loss,
    given,
    forward,
    errors,
    gradients,
    check: {
      formulas: results.reduce((count, r) => count + r.cases.length, 0),
      dual,
      differences: differenceAgreement(network, world, gradients),
      kinks: kinksOf(network, world),
    },
  };
}

/** The targets whose formulas give every error and the gradient by every parameter. */
export function gradientTargets(network: Network): readonly string[] {
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
