// An expression as plain JSON: the engine's own tree, for whoever wants to draw or walk it.

import { unreachable } from './expr/error.ts';
import type { Expr } from './expr/expr.ts';
import { rationalText } from './expr/rational.ts';
import { plainCondition } from './text/plain.ts';

export type ExprTree =
  | { readonly kind: 'number'; readonly value: string }
  | { readonly kind: 'size'; readonly value: string }
  | { readonly kind: 'entry'; readonly tensor: string; readonly stage: string[]; readonly slots: string[] }
  | { readonly kind: 'add' | 'mul'; readonly args: ExprTree[] }
  | { readonly kind: 'power'; readonly base: ExprTree; readonly exponent: ExprTree }
  | {
      readonly kind: 'call';
      readonly function: string;
      readonly stage: string | null;
      readonly order: number;
      readonly args: ExprTree[];
    }
  | { readonly kind: 'sum'; readonly index: string; readonly where: string[]; readonly body: ExprTree }
  | { readonly kind: 'guard'; readonly where: string[] }
  | { readonly kind: 'opaque'; readonly name: string; readonly args: string[] };

const keys = (forms: readonly { readonly key: string }[]): string[] => forms.map((f) => f.key);
const stageText = (stage: readonly { readonly key: string }[]): string =>
  stage.length === 0 ? '' : `[${keys(stage).join(',')}]`;

/** The tree of a forward expression, such as a loss. Derivatives and compound tensors don't stand in one. */
export function exprTree(e: Expr): ExprTree {
  switch (e.kind) {
    case 'number':
      return { kind: 'number', value: rationalText(e.value) };
    case 'size':
      return { kind: 'size', value: e.value.key };
    case 'entry':
      if (e.of.kind !== 'symbol') break;
      return { kind: 'entry', tensor: e.of.name, stage: keys(e.of.stage), slots: keys(e.slots) };
    case 'add':
    case 'mul':
      return { kind: e.kind, args: e.args.map(exprTree) };
    case 'power':
      return { kind: 'power', base: exprTree(e.base), exponent: exprTree(e.exponent) };
    case 'call': {
      const { name, stage, order } = e.fn;
      return { kind: 'call', function: name, stage: stage?.key ?? null, order, args: e.args.map(exprTree) };
    }
    case 'sum':
      return { kind: 'sum', index: e.index, where: e.where.map(plainCondition), body: exprTree(e.body) };
    case 'guard':
      return { kind: 'guard', where: e.where.map(plainCondition) };
    case 'opaque':
      return { kind: 'opaque', name: e.name, args: e.args.map((t) => `${t.name}${stageText(t.stage)}`) };
    case 'head':
    case 'adjoint':
    case 'jacobian':
    case 'partial':
      break;
    default:
      return unreachable(e);
  }
  throw new RangeError(`no forward expression: ${e.kind}`);
}
