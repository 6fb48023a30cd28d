// What NumPy's functions and methods are as formulas.

import type { Span } from '../read-error.ts';
import type { CallSyntax, Part, Syntax } from '../syntax.ts';

export interface Arguments {
  readonly list: readonly Syntax[];
  /** Keyword arguments that decide something: axis. */
  readonly axis: number | null;
}

const call = (name: string, args: readonly Syntax[], span: Span, primes = 0): CallSyntax => ({
  kind: 'call',
  name,
  stage: null,
  primes,
  args,
  span,
});

export const grouped = (of: Syntax, span: Span): Syntax => ({ kind: 'group', of, span });

/** a op b as a product in brackets of its own. */
export function binary(a: Syntax, operator: string, b: Syntax, span: Span): Syntax {
  const parts: Part[] = [
    { operator: '*', span: a.span, of: a },
    { operator, span: b.span, of: b },
  ];
  return grouped({ kind: 'product', parts, span }, span);
}

export function sumOf(a: Syntax, operator: '+' | '-', b: Syntax, span: Span): Syntax {
  const parts: Part[] = [
    { operator: '+', span: a.span, of: a },
    { operator, span: b.span, of: b },
  ];
  return grouped({ kind: 'sum', parts, span }, span);
}

const number = (text: string, span: Span): Syntax => ({ kind: 'number', text, span });
export const powerOf = (base: Syntax, exponent: Syntax, span: Span): Syntax => ({
  kind: 'power',
  entrywise: true,
  base,
  exponent,
  span,
});
export const transposeOf = (of: Syntax, span: Span): Syntax => ({ kind: 'transpose', of, span });

type Build = (args: Arguments, span: Span) => Syntax | null;

const one =
  (f: (x: Syntax, span: Span) => Syntax): Build =>
  ({ list: [x] }, span) =>
    x === undefined ? null : f(x, span);
const two =
  (f: (x: Syntax, y: Syntax, span: Span) => Syntax): Build =>
  ({ list: [x, y] }, span) =>
    x === undefined || y === undefined ? null : f(x, y, span);
const same = one((x) => x);
const elementary = (name: string): Build => one((x, span) => call(name, [x], span));

/** np.sum and np.mean: along an axis, or of everything. */
const summed: Build = ({ list: [x], axis }, span) => {
  if (x === undefined) return null;
  return axis === null ? call('sum', [x], span) : call(axis === 0 ? 'colsum' : 'rowsum', [x], span);
};
const mean: Build = ({ list: [x], axis }, span) =>
  x === undefined || axis === null ? null : call(axis === 0 ? 'colmean' : 'rowmean', [x], span);

const BUILDS: ReadonlyMap<string, Build> = new Map<string, Build>([
  ['dot', two((a, b, span) => binary(a, '@', b, span))],
  ['matmul', two((a, b, span) => binary(a, '@', b, span))],
  ['inner', two((a, b, span) => binary(transposeOf(a, span), '@', b, span))],
  ['outer', two((a, b, span) => binary(a, '@', transposeOf(b, span), span))],
  ['outer_prod', two((a, b, span) => binary(a, '@', transposeOf(b, span), span))],
  ['multiply', two((a, b, span) => binary(a, '.*', b, span))],
  ['divide', two((a, b, span) => binary(a, './', b, span))],
  ['true_divide', two((a, b, span) => binary(a, './', b, span))],
  ['add', two((a, b, span) => sumOf(a, '+', b, span))],
  ['subtract', two((a, b, span) => sumOf(a, '-', b, span))],
  ['power', two(powerOf)],
  ['square', one((x, span) => powerOf(x, number('2', span), span))],
  ['negative', one((of, span) => ({ kind: 'negative', of, span }))],
  ['transpose', one(transposeOf)],
  ['sum', summed],
  ['mean', mean],
  ['maximum', two((a, b, span) => call('max', [a, b], span))],
  ['minimum', two((a, b, span) => call('min', [a, b], span))],
  ['norm', one((x, span) => call('norm', [x], span))],
  ['trace', one((x, span) => call('tr', [x], span))],
  ...[
    'exp',
    'log',
    'sin',
    'cos',
    'tan',
    'sinh',
    'cosh',
    'tanh',
    'sqrt',
    'abs',
    'sign',
    'diag',
    'log2',
    'log10',
  ].map((name): [string, Build] => [name, elementary(name)]),
  ['arctan', elementary('atan')],
  ...[
    'squeeze',
    'array',
    'asarray',
    'reshape',
    'copy',
    'astype',
    'flatten',
    'ravel',
    'expand_dims',
    'atleast_2d',
    'float64',
  ].map((name): [string, Build] => [name, same]),
]);

/** `np.name(args)` or `x.name(args)` with x first; null where it is no formula. */
export const numpyCall = (name: string, args: Arguments, span: Span): Syntax | null =>
  BUILDS.get(name)?.(args, span) ?? null;

export const isNumpyName = (name: string): boolean => BUILDS.has(name);
