// Conditions among the factors of an expression: which guards there are, and which of them concern an index.

import { type Condition, conditionNames } from '../expr/condition.ts';
import type { Expr, GuardExpr } from '../expr/expr.ts';
import { factorsOf } from '../expr/make.ts';

export const about = (c: Condition, name: string): boolean => {
  const names = new Set<string>();
  conditionNames(c, names);
  return names.has(name);
};

export const guardsOf = (e: Expr): GuardExpr[] =>
  factorsOf(e).filter((f): f is GuardExpr => f.kind === 'guard');
