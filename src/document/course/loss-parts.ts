// The loss taken apart: what one sample contributes, how samples are put together, and what doesn't depend on them.

import type { Affine } from '../../expr/affine.ts';
import type { Expr, SumExpr } from '../../expr/expr.ts';
import { add, factorsOf, isSymbolEntry, termsOf } from '../../expr/make.ts';
import { tensorDecl } from '../../expr/system.ts';
import { some } from '../../expr/walk.ts';
import type { Network } from '../../model/spec.ts';
import { layerFacts } from './layers-facts.ts';

export interface LossParts {
  /** The whole right side of the loss's equation. */
  readonly whole: Expr;
  /** The loss of one sample. */
  readonly sample: Expr;
  /** In a batch: the samples' index and how many there are. */
  readonly samples: { readonly index: string; readonly count: Affine } | null;
  /** Whether the samples' losses are averaged, not only added. */
  readonly isMean: boolean;
  /** What depends on the parameters alone, such as the squares of all weights. */
  readonly penalty: Expr | null;
}

export function lossParts(network: Network): LossParts {
  const { system } = network;
  const whole = system.equations.find((eq) => eq.lhs.of.name === system.loss)?.rhs;
  if (whole === undefined) throw new RangeError('a network without an equation of its loss');
  const isData = (e: Expr): boolean =>
    e.kind === 'opaque' || (isSymbolEntry(e) && tensorDecl(system, e.of.name).kind !== 'parameter');
  const terms = termsOf(whole);
  const own = terms.filter((t) => some(t, isData));
  const rest = terms.filter((t) => !own.includes(t));
  const all = add(...own);
  const over = batchSum(all, network);
  return {
    whole,
    sample: over === null ? all : over.of.body,
    samples: over === null ? null : { index: over.of.index, count: over.count },
    isMean: over === null ? network.conventions?.mean !== 'none' : factorsOf(all).length > 1,
    penalty: rest.length === 0 ? null : add(...rest),
  };
}

/** The sum over a batch's samples, a factor of the loss. */
function batchSum(e: Expr, network: Network): { readonly of: SumExpr; readonly count: Affine } | null {
  const count = layerFacts(network)?.samples?.count;
  const of = factorsOf(e).find((f) => f.kind === 'sum');
  return count === undefined || of?.kind !== 'sum' ? null : { of, count };
}
