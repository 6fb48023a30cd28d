// Two thousand random rewritings of right answers, as texts, in components and as matrices: all are accepted.

import { describe, expect, test } from 'vitest';
import { integer } from '../../src/expr/affine.ts';
import type { Expr, Tensor } from '../../src/expr/expr.ts';
import { add, mul, num, sum } from '../../src/expr/make.ts';
import { shapeOf } from '../../src/expr/shape.ts';
import { substitute } from '../../src/expr/substitute.ts';
import { check } from '../../src/homework/check.ts';
import type { FormulaQuestion } from '../../src/homework/question.ts';
import { drawFor } from '../../src/numeric/random.ts';
import { plain, plainTensor } from '../../src/text/plain.ts';
import { formulaFor } from './questions.ts';
import { applied, type Pick, rewrites } from './rewriting.ts';

const NETWORKS = ['{}', '{"activation": "sigmoid", "loss": "mse"}'];
const TARGETS = ['bp1', 'bp2', 'bp3', 'bp4'];
const EACH = 250;

/** Those that bring in no names of their own. */
const NAMES = [
  'arguments in another order',
  'multiplied out',
  'a factor and its inverse',
  'a bound index renamed',
  'a range shifted',
  'a sum of terms as sums',
  'a factor out of a sum',
  'sums exchanged',
];

type Rewrite = (e: Expr, pick: Pick) => Expr | null;

const firstTermApart: Rewrite = (e) => {
  if (e.kind !== 'sum' || e.where.length !== 2) return null;
  const [from, to] = e.where;
  if (from === undefined || to === undefined || from.left.key !== '1' || from.right.key !== e.index)
    return null;
  const first = substitute(e.body, new Map([[e.index, integer(1)]]));
  return add(first, sum(e.index, [{ ...from, left: integer(2) }, to], e.body));
};
const twoHalves: Rewrite = (e) => add(mul(num(1, 3), e), mul(num(2, 3), e));

const all: readonly Rewrite[] = [...NAMES.flatMap((name) => rewrites[name] ?? []), firstTermApart, twoHalves];

function inComponents(q: FormulaQuestion, pick: Pick): string {
  let e = q.answers[pick(q.answers.length)] ?? q.answers[0];
  const times = 1 + pick(4);
  for (let t = 0; t < times; t++) e = applied(e, all[pick(all.length)] ?? twoHalves, pick);
  return plain(e, q.system);
}

const transpose = (of: Tensor): Tensor => ({ kind: 'transpose', of });

/** An equal form of a tensor: products turned, Hadamard products exchanged or as diagonal matrices, parts taken apart. */
function rewritten(t: Tensor, q: FormulaQuestion, pick: Pick): Tensor {
  const again = (c: Tensor): Tensor => (pick(3) === 0 ? c : rewritten(c, q, pick));
  const order = (c: Tensor): number => shapeOf(c, q.system).length;
  switch (t.kind) {
    case 'hadamard': {
      const [a, ...rest] = t.args.map(again);
      if (a === undefined || rest.length === 0) return t;
      const other: Tensor =
        rest.length === 1 && rest[0] !== undefined ? rest[0] : { kind: 'hadamard', args: rest };
      if (order(a) === 1 && pick(2) === 0) return { kind: 'product', args: [{ kind: 'diag', of: other }, a] };
      return { kind: 'hadamard', args: [...rest, a] };
    }
    case 'product': {
      const args = t.args.map(again);
      return args.every((a) => order(a) === 2)
        ? transpose({ ...t, args: args.reverse().map(transpose) })
        : { ...t, args };
    }
    case 'outer':
      return transpose({ kind: 'outer', left: again(t.right), right: again(t.left) });
    case 'transpose':
      return transpose(again(t.of));
    case 'tensorSum':
      return { ...t, args: t.args.map(again).reverse() };
    default:
      return order(t) === 2 && pick(2) === 0
        ? transpose(transpose(t))
        : { kind: 'tensorSum', args: [1, 2].map((n): Tensor => ({ kind: 'scale', by: num(n, 3), of: t })) };
  }
}

describe.each(NETWORKS)('%s', (network) => {
  test.each(TARGETS)(`%s: ${EACH} rewritings`, (target) => {
    const q = formulaFor(network, target);
    const refused: string[] = [];
    for (let i = 0; i < EACH; i++) {
      const draw = drawFor(i, `${network} ${target}`);
      const pick: Pick = (n) => Math.floor(draw() * n);
      const matrix = q.matrix !== null && pick(3) === 0 ? q.matrix : null;
      const text =
        matrix === null ? inComponents(q, pick) : plainTensor(rewritten(matrix, q, pick), q.system);
      const found = check(q, text);
      if (found.verdict !== 'correct')
        refused.push(
          `${text}: ${found.verdict} ${found.unreadable?.complaint.code ?? ''} ${found.reasons.map((r) => r.code)}`,
        );
    }
    expect(refused).toEqual([]);
  });
});
