// Lifting: each rule removes one binder, or joins factors or terms, and leaves one compound entry more.

import { bareName } from '../expr/affine.ts';
import type { Tensor } from '../expr/expr.ts';
import { add, entryOf, sum } from '../expr/make.ts';
import { freeNames, tensorFreeNames } from '../expr/walk.ts';
import { closeCycle, contract } from './lift-contract.ts';
import { liftCommonFactor } from './lift-factor.ts';
import { liftProduct, liftTerms } from './lift-join.ts';
import { entryAt, liftRule, ones, scaled, slotNames } from './lift-tensor.ts';
import type { Rule } from './rule.ts';

/** Derivatives, functions and powers of entries, and deltas, are entries of tensors themselves. */
const liftEntry = liftRule('entry-of-tensor', 'tidy', "sigma'(z_j) -> [sigma'(z)]_j", (e) => {
  switch (e.kind) {
    case 'adjoint':
      return e.by.slots.length === 0
        ? null
        : entryOf(
            { kind: 'derivative', what: 'adjoint', head: null, of: null, by: e.by.of, cut: [] },
            e.by.slots,
          );
    case 'head':
      return entryOf(
        {
          kind: 'derivative',
          what: 'head',
          head: { name: e.name, args: e.args },
          of: null,
          by: e.by.of,
          cut: [],
        },
        e.by.slots,
      );
    case 'jacobian': {
      const t: Tensor = {
        kind: 'derivative',
        what: 'jacobian',
        head: null,
        of: e.of.of,
        by: e.by.of,
        cut: e.cut,
      };
      return entryOf(t, [...e.of.slots, ...e.by.slots]);
    }
    case 'call': {
      const [arg] = e.args;
      if (arg?.kind !== 'entry' || e.args.length !== 1 || arg.slots.length === 0) return null;
      return entryOf({ kind: 'map', fn: e.fn, of: arg.of }, arg.slots);
    }
    case 'power':
      if (e.base.kind !== 'entry' || e.base.slots.length === 0 || slotNames(e.exponent).size > 0) return null;
      return entryOf({ kind: 'tensorPower', base: e.base.of, exponent: e.exponent }, e.base.slots);
    default:
      return null;
  }
});

/** A bound stage index leaves the entry as a sum of tensors. */
const liftStageSum = liftRule(
  'sum-of-tensors',
  'step',
  'sum_t [u_t v_t^T]_jk -> [sum_t u_t v_t^T]_jk',
  (e) => {
    if (e.kind !== 'sum' || e.body.kind !== 'entry') return null;
    if (e.body.slots.some((s) => bareName(s) === null || bareName(s) === e.index)) return null;
    if (!tensorFreeNames(e.body.of).has(e.index)) return null;
    return entryOf({ kind: 'stageSum', index: e.index, where: e.where, of: e.body.of }, e.body.slots);
  },
);

/** An expression free of the left side's indices is the same in every entry. */
const constantEntry = liftRule('constant-entry', 'tidy', 'c -> [c 1]_j', (e, args, ctx) => {
  const slots = args.slots ?? [];
  const all = slots.map((s) => ones(s, ctx.given));
  const [u, v] = all;
  if (u == null || slots.some((s) => freeNames(e).has(s)) || all.some((o) => o === null)) return null;
  return entryAt(scaled(e, v == null ? u : { kind: 'outer', left: u, right: v }), slots);
});

/** sum_k (f_k + g_k): each term contracts on its own. */
const liftSumOfTerms = liftRule('sum-of-terms', 'tidy', 'sum_k (f_k + g_k) -> sum_k f_k + sum_k g_k', (e) =>
  e.kind === 'sum' && e.body.kind === 'add' ? add(...e.body.args.map((t) => sum(e.index, e.where, t))) : null,
);

export const liftRules: readonly Rule[] = [
  constantEntry,
  liftEntry,
  closeCycle,
  contract,
  liftProduct,
  liftTerms,
  liftCommonFactor,
  liftStageSum,
  liftSumOfTerms,
];
