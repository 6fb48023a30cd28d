// What the printers are shown: one case for each kind of expression and tensor, and nested ones for the brackets.

import { type Affine, index, integer, minus, plus, shift, scale as times } from '../../src/expr/affine.ts';
import { atMost, between, type Condition, equal } from '../../src/expr/condition.ts';
import type { Expr, SymbolTensor, Tensor } from '../../src/expr/expr.ts';
import {
  add,
  adjoint,
  call,
  entry,
  entryOf,
  guard,
  head,
  headOf,
  inverse,
  jacobian,
  mul,
  negative,
  num,
  opaque,
  partial,
  power,
  size,
  subtract,
  sum,
  symbol,
} from '../../src/expr/make.ts';
import type { System, TensorDecl } from '../../src/expr/system.ts';
import { type Notation, notations } from '../../src/tables/notations.ts';
import { isTensor } from '../../src/text/resolve-range.ts';

const [i, j, k, l, t] = [index('i'), index('j'), index('k'), index('l'), index('t')];
const [L, m] = [index('L'), index('m')];
const n = (s: Affine) => index('n', [s]);
const decl = (
  name: string,
  stage: string[],
  size: Affine[],
  kind: TensorDecl['kind'] = 'variable',
  of?: string,
): [string, TensorDecl] => [name, { name, stage, size, kind, ...(of ? { of } : {}) }];
export const system: System = {
  tensors: new Map([
    decl('w', ['l'], [n(l), n(shift(l, -1))], 'parameter'),
    decl('b', ['l'], [n(l)], 'parameter'),
    decl('z', ['l'], [n(l)]),
    decl('a', ['l'], [n(l)]),
    decl('delta', ['l'], [n(l)], 'error', 'z'),
    decl('x', [], [n(integer(1))], 'input'),
    decl('y', [], [n(L)], 'input'),
    decl('C', [], []),
    decl('A', [], [m, m], 'input'),
    decl('B', [], [m, m], 'input'),
    decl('u', [], [m], 'input'),
    decl('v', [], [m], 'input'),
    decl('lambda', [], [], 'parameter'),
    decl('h', ['t'], [m]),
    decl('W_out', [], [m, m], 'parameter'),
  ]),
  equations: [],
  functions: [],
  loss: 'C',
  sizes: new Map([
    ['L', 0],
    ['n', 1],
    ['m', 0],
  ]),
  given: [],
  identities: [],
};
export const nielsen = { notation: notations[0] as Notation, system };

// Short constructors, so that a case stays on its line: S a symbol, T transposed, P a product, H a Hadamard product.
const w = (s: Affine, r: Affine, c: Affine) => entry('w', [s], [r, c]);
const atStage = (name: string) => (s: Affine, r: Affine) => entry(name, [s], [r]);
const [b, z, a, d] = [atStage('b'), atStage('z'), atStage('a'), atStage('delta')];
const y = (r: Affine) => entry('y', [], [r]);
const u = (r: Affine) => entry('u', [], [r]);
const v = (r: Affine) => entry('v', [], [r]);
const A = (r: Affine, c: Affine) => entry('A', [], [r, c]);
const [l1, l_1] = [shift(l, 1), shift(l, -1)];
const over = (x: Affine, s: Affine, body: Expr) => sum(x.key, between(integer(1), x, s), body);
const sp = (x: Expr) => call(head('sigma', 1), x);
const sg = (x: Expr) => call('sigma', x);
const C = opaque('C', [symbol('a', [L])]);
const S = (name: string, s?: Affine): SymbolTensor => symbol(name, s ? [s] : []);
const T = (of: Tensor): Tensor => ({ kind: 'transpose', of });
const P = (...args: Tensor[]): Tensor => ({ kind: 'product', args });
const H = (...args: Tensor[]): Tensor => ({ kind: 'hadamard', args });
const plusT = (...args: Tensor[]): Tensor => ({ kind: 'tensorSum', args });
const outer = (left: Tensor, right: Tensor): Tensor => ({ kind: 'outer', left, right });
const dot = (left: Tensor, right: Tensor): Tensor => ({ kind: 'dot', left, right });
const scaleT = (by: Expr, of: Tensor): Tensor => ({ kind: 'scale', by, of });
const map = (of: Tensor, name = 'sigma', order = 0): Tensor => ({ kind: 'map', fn: head(name, order), of });
const ones = (s: Affine): Tensor => ({ kind: 'ones', size: s });
const pw = (base: Tensor, exponent: Expr): Tensor => ({ kind: 'tensorPower', base, exponent });
const grad = (by: SymbolTensor): Tensor => ({
  kind: 'derivative',
  what: 'adjoint',
  head: null,
  of: null,
  by,
  cut: [],
});
const nabla: Tensor = {
  kind: 'derivative',
  what: 'head',
  head: { name: 'C', args: [S('a', L)] },
  of: null,
  by: S('a', L),
  cut: [],
};
const jac = (of: SymbolTensor, by: SymbolTensor): Tensor => ({
  kind: 'derivative',
  what: 'jacobian',
  head: null,
  of,
  by,
  cut: [],
});
type Row = [name: string, left: Expr | Tensor, right?: Expr | Tensor];
const half = num(1, 2);
const rows: Row[] = [
  ['forward', z(l, j), add(over(k, n(l_1), mul(w(l, j, k), a(l_1, k))), b(l, j))],
  ['forward matrix', S('z', l), plusT(P(S('w', l), S('a', l_1)), S('b', l))],
  ['activation', a(l, j), sg(z(l, j))],
  ['loss', entry('C', [], []), mul(half, over(j, n(L), power(subtract(y(j), a(L, j)), num(2))))],
  ['error', d(L, j), adjoint(z(L, j))],
  ['chain', d(L, j), over(k, n(L), mul(adjoint(a(L, k)), jacobian(a(L, k), z(L, j))))],
  ['bp1', d(L, j), mul(headOf(C, a(L, j)), sp(z(L, j)))],
  ['bp1 matrix', S('delta', L), H(nabla, map(S('z', L), 'sigma', 1))],
  ['bp1 special', d(L, j), mul(subtract(a(L, j), y(j)), a(L, j), subtract(num(1), a(L, j)))],
  [
    'bp1 special matrix',
    S('delta', L),
    H(plusT(S('a', L), scaleT(num(-1), S('y'))), S('a', L), plusT(ones(n(L)), scaleT(num(-1), S('a', L)))),
  ],
  ['bp2', d(l, j), over(k, n(l1), mul(w(l1, k, j), d(l1, k), sp(z(l, j))))],
  ['bp2 factored', d(l, j), mul(over(k, n(l1), mul(w(l1, k, j), d(l1, k))), sp(z(l, j)))],
  ['bp2 sum last', d(l, j), mul(sp(z(l, j)), over(k, n(l1), mul(w(l1, k, j), d(l1, k))))],
  ['bp2 matrix', S('delta', l), H(P(T(S('w', l1)), S('delta', l1)), map(S('z', l), 'sigma', 1))],
  ['bp3', adjoint(b(l, j)), d(l, j)],
  ['bp3 matrix', grad(S('b', l)), S('delta', l)],
  ['bp4', adjoint(w(l, j, k)), mul(a(l_1, k), d(l, j))],
  ['bp4 matrix', grad(S('w', l)), outer(S('delta', l), S('a', l_1))],
  ['jacobian', jacobian(z(l1, k), z(l, j)), mul(w(l1, k, j), sp(z(l, j)))],
  [
    'jacobian cut',
    jacobian(z(l1, k), z(l, j), [
      { name: 'z', stage: [l1] },
      { name: 'a', stage: [null] },
    ]),
  ],
  ['partial', partial(add(over(i, n(l), mul(w(l1, k, i), sg(z(l, i)))), b(l1, k)), z(l, j))],
  ['partial short', mul(partial(sg(z(l, j)), z(l, j)), a(l, j))],
  ['guard', over(k, n(l), mul(guard(equal(k, j)), a(l, k)))],
  ['guard range', mul(guard(atMost(integer(1), k), atMost(k, shift(i, -1))), u(k))],
  ['sum bounds', sum('k', between(integer(1), k, shift(i, -1)), mul(u(k), v(k)))],
  ['sum condition', sum('k', [...between(integer(1), k, m), atMost(k, shift(i, -1))], u(k))],
  ['sum stride', sum('k', [...between(integer(1), k, m), equal(i, plus(times(k, 2), j))], u(k))],
  ['sum half', sum('k', [atMost(k, i), atMost(shift(j, 1), k), equal(minus(k, i), times(t, 2))], num(3))],
  ['stage sum', sum('l', between(integer(2), l, L), over(j, n(l), power(b(l, j), num(2))))],
  ['softmax', a(L, j), mul(call('exp', z(L, j)), inverse(over(k, n(L), call('exp', z(L, k)))))],
  [
    'softmax matrix',
    S('a', L),
    scaleT(inverse(entryOf(dot(ones(n(L)), map(S('z', L), 'exp')), [])), map(S('z', L), 'exp')),
  ],
  ['sigmoid', sg(u(j)), inverse(add(num(1), call('exp', negative(u(j)))))],
  ['exp long', call('exp', negative(mul(half, over(k, m, power(subtract(u(k), v(k)), num(2))))))],
  ['exp half', mul(num(2), power(call('pi'), num(-1, 2)), call('exp', negative(power(u(j), num(2)))))],
  ['mean', mul(inverse(size(n(L))), over(j, n(L), power(subtract(y(j), a(L, j)), num(2))))],
  ['half mean', mul(half, inverse(size(m)), over(j, m, u(j)))],
  [
    'bce',
    negative(
      over(
        j,
        n(L),
        add(
          mul(y(j), call('log', a(L, j))),
          mul(subtract(num(1), y(j)), call('log', subtract(num(1), a(L, j)))),
        ),
      ),
    ),
  ],
  ['bce derivative', mul(subtract(a(L, j), y(j)), inverse(mul(a(L, j), subtract(num(1), a(L, j)))))],
  ['y/a sigma', negative(mul(y(j), inverse(a(L, j)), sp(z(L, j))))],
  ['ce', negative(over(j, n(L), mul(y(j), call('log', a(L, j)))))],
  ['tanh', subtract(num(1), power(call('tanh', z(l, j)), num(2)))],
  ['sigma squared', power(sp(z(l, j)), num(2))],
  ['entry squared', power(a(l, j), num(2))],
  ['y squared', power(y(j), num(2))],
  ['power of sum', power(add(u(j), v(j)), num(3))],
  ['power of product', power(mul(u(j), v(j)), num(2))],
  ['power of power', power(power(u(j), num(2)), num(3))],
  ['power of fraction', power(num(1, 3), num(2))],
  ['power of negative', power(num(-2), num(2))],
  ['power of Σ', power(over(k, m, u(k)), num(2))],
  ['power affine', power(u(j), size(shift(i, -1)))],
  ['root', power(add(u(j), num(1)), half)],
  ['3/2', power(u(j), num(3, 2))],
  ['1/root', power(add(u(j), num(1)), num(-1, 2))],
  ['Σ then +', add(over(k, m, u(k)), v(j))],
  ['+ then Σ', add(v(j), over(k, m, u(k)))],
  ['Σ of sum', over(k, m, add(u(k), v(k)))],
  ['Σ of negative', over(k, m, negative(u(k)))],
  ['Σ Σ', over(j, m, over(k, m, mul(A(j, k), u(k))))],
  ['ΣΣ product', mul(over(j, m, u(j)), over(k, m, v(k)))],
  ['minus sum', subtract(u(j), add(v(j), num(1)))],
  ['minus product of sum', subtract(u(j), mul(add(v(j), num(1)), u(k)))],
  ['minus minus', subtract(u(j), negative(v(j)))],
  ['negative first', add(negative(u(j)), v(j))],
  ['negative of sum', negative(add(u(j), v(j)))],
  ['times negative', mul(u(j), num(-2))],
  ['number number', mul(num(2), num(3), u(j))],
  ['times negated', mul(u(j), add(negative(v(j)), num(0)))],
  ['quotient in quotient', mul(u(j), inverse(mul(v(j), inverse(u(k)))))],
  ['decimals', mul(num(1, 100), add(num(-1, 20), u(j)))],
  ['lambda', mul(half, entry('lambda', [], []), over(j, m, power(u(j), num(2))))],
  ['names', entry('W_out', [], [j, shift(k, 1)])],
  ['staged head', mul(adjoint(a(l, j)), call(head('sigma', 1, l), z(l, j)))],
  ['staged L', call(head('sigma', 2, L), z(L, j))],
  ['fourth', call(head('sigma', 4), z(L, j))],
  ['opaque', C],
  ['relu', call('relu', z(l, j))],
  ['max', call('max', num(0), z(l, j))],
  ['pos', mul(call('pos', z(l, j)), z(l, j))],
  ['nonneg neg', call('nonneg', negative(z(l, j)))],
  ['abs', call('abs', subtract(y(j), a(L, j)))],
  ['sign', call('sign', u(j))],
  ['erf', mul(half, u(j), add(num(1), call('erf', mul(u(j), power(num(2), num(-1, 2))))))],
  ['nested', mul(add(mul(add(u(j), v(j)), u(k)), v(k)), A(j, k))],
  ['nested sigma', sg(add(over(k, m, mul(A(j, k), sg(add(over(i, m, mul(A(k, i), u(i))), v(k))))), u(j)))],
  ['entry of', entryOf(P(T(S('w', l1)), S('delta', l1)), [j])],
  ['entry of nabla', entryOf(nabla, [j])],
  ['sigma(1-sigma)', mul(sg(z(l, j)), subtract(num(1), sg(z(l, j))))],
  ['transpose of product', T(P(S('A'), S('B')))],
  ['product of transposes', P(T(S('A')), S('B'), S('u'))],
  ['transpose of sum', P(T(plusT(S('A'), S('B'))), S('u'))],
  ['Hadamard in product', P(S('A'), H(S('u'), S('v')))],
  ['sum in product', P(S('A'), plusT(S('u'), S('v')))],
  ['scale in product', P(S('A'), scaleT(num(2), S('u')))],
  ['outer of hadamard', outer(H(S('u'), S('v')), plusT(S('u'), S('v')))],
  ['diag', P({ kind: 'diag', of: map(S('z', l), 'sigma', 1) }, T(S('w', l1)), S('delta', l1))],
  ['diagonal', { kind: 'diagonal', of: P(S('A'), S('B')) }],
  ['trace', { kind: 'trace', of: P(T(S('A')), S('B')) }],
  ['scaled', scaleT(half, S('u'))],
  ['norm', dot(plusT(S('u'), scaleT(num(-1), S('v'))), plusT(S('u'), scaleT(num(-1), S('v'))))],
  ['dot', mul(entryOf(dot(S('u'), S('v')), []), u(j))],
  ['ones', outer(S('b', l), ones(m))],
  ['identity', plusT({ kind: 'identity', size: m }, scaleT(num(-1), outer(S('u'), S('u'))))],
  ['minus Hadamard', plusT(S('u'), scaleT(num(-1), H(S('u'), S('v'))))],
  ['negative Hadamard', scaleT(num(-1), H(S('u'), S('v')))],
  ['mean matrix', scaleT(inverse(size(m)), P(S('A'), T(S('B'))))],
  ['tensor power', pw(S('a', l), num(2))],
  ['divide', H(S('u'), pw(S('v'), num(-1)))],
  ['root tensor', pw(S('u'), half)],
  [
    'stage sum of tensors',
    grad(S('A')),
    {
      kind: 'stageSum',
      index: 't',
      where: between(integer(1), t, index('T')),
      of: outer(S('h', t), S('h', shift(t, -1))),
    },
  ],
  [
    'stage sum of tensors +',
    plusT(
      { kind: 'stageSum', index: 't', where: between(integer(1), t, index('T')), of: H(S('h', t), S('u')) },
      S('u'),
    ),
  ],
  [
    'jacobian matrix',
    jac(S('z', l1), S('z', l)),
    P(S('w', l1), { kind: 'diag', of: map(S('z', l), 'sigma', 1) }),
  ],
  ['sum of sums', plusT(plusT(S('u'), S('v')), plusT(S('u'), S('v')))],
  ['map of product', map(plusT(P(S('w', l), S('a', l_1)), S('b', l)))],
  ['grad hadamard', H(grad(S('a', L)), map(S('z', L), 'sigma', 1))],
  ['tall over light', mul(inverse(size(m)), add(mul(u(j), inverse(v(j))), num(1)), v(k))],
  ['sign at the end', add(num(1), mul(power(u(j), num(2)), num(-1)))],
  ['scalar and matrix', plusT(outer(ones(m), ones(m)), scaleT(num(-1), S('A')))],
  ['softmax jac', mul(a(L, j), subtract(guard(equal(j, k)), a(L, k)))],
];
const conditionRows: [name: string, where: Condition[]][] = [
  ['2<=l<=L', between(integer(2), l, L)],
  ['l=L', [equal(l, L)]],
  ['L=l', [equal(L, l)]],
  ['l<=L-1', [atMost(l, shift(L, -1))]],
  ['l+1<=L', [atMost(l1, L)]],
  ['l<=L-2', [atMost(shift(l, 2), L)]],
  ['chain <', between(integer(2), l, shift(L, -1))],
  ['2<=l+1<=L', between(integer(2), l1, L)],
  ['L>=2', [atMost(integer(2), L)]],
  ['two', [...between(integer(2), l, L), ...between(integer(1), j, n(l))]],
  ['conv', between(integer(1), shift(minus(j, i), 1), m)],
  ['l+1=L', [equal(l1, L)]],
  ['i<j<k', [atMost(shift(i, 1), j), atMost(shift(j, 1), k)]],
];

export interface Case {
  readonly name: string;
  readonly left: Expr | Tensor;
  readonly right: Expr | Tensor | null;
  readonly of: 'expr' | 'tensor';
}

/** An expression or tensor to print, or (`right` not null) an equation. */
export const cases: Case[] = rows.map(([name, left, right]) => ({
  name,
  left,
  right: right ?? null,
  of: isTensor(left) ? 'tensor' : 'expr',
}));
export const conditionCases = conditionRows.map(([name, where]) => ({ name, where }));

/** The table of printed cases: a name, then its LaTeX and its Unicode, indented; empty lines and `#` lines between them. */
export function printed(table: string): Map<string, { latex: string; unicode: string }> {
  const lines = table.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  const found = new Map<string, { latex: string; unicode: string }>();
  for (let at = 0; at < lines.length; at += 3) {
    const [name = '', latex = '', unicode = ''] = lines.slice(at, at + 3);
    found.set(name, { latex: latex.trim(), unicode: unicode.trim() });
  }
  return found;
}
