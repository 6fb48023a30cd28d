// The slips: one row each, from a right formula to the wrong ones that this slip makes of it.

import type { Expr } from '../expr/expr.ts';
import { mul, NUM_1, num } from '../expr/make.ts';
import { type Edit, edits, type SlipRow } from './slip-edits.ts';
import { factorRows } from './slips-factor.ts';
import { functionRows } from './slips-function.ts';
import { indexRows } from './slips-index.ts';
import { variableRows } from './slips-variable.ts';

const whole = (to: Expr): Edit => ({ to, right: null, wrong: null });

const signRows: readonly SlipRow[] = [
  {
    code: 'sign',
    cost: 1,
    example: 'a - y -> y - a',
    apply: ({ right }) => [whole(mul(NUM_1, right))],
  },
  {
    code: 'sign-of-term',
    cost: 1.5,
    example: 'a (1 - a) -> a (1 + a)',
    apply: ({ right }) =>
      edits(right, (e) =>
        e.kind === 'add' ? e.args.map((a, i) => ({ ...e, args: e.args.with(i, mul(NUM_1, a)) })) : [],
      ),
  },
  {
    code: 'factor-number',
    cost: 1.2,
    example: 'a - y -> 2 (a - y)',
    apply: ({ right }) => [whole(mul(num(2), right)), whole(mul(num(1, 2), right))],
  },
];

/** All rows; where two slips make the same formula of a right one, the cheaper one is named. */
export const slipRows: readonly SlipRow[] = [
  ...signRows,
  ...factorRows,
  ...functionRows,
  ...indexRows,
  ...variableRows,
];
