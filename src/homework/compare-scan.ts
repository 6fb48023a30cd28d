// A look at an expression before it is evaluated: which functions stand in it, and which indices are free.

import { elementaryRow } from '../expr/elementary.ts';
import type { Expr } from '../expr/expr.ts';
import { isIntegerR } from '../expr/rational.ts';
import type { System } from '../expr/system.ts';
import { freeNames, visit } from '../expr/walk.ts';

/** What stands in expressions, or in what they mention. */
export interface Look {
  readonly exponential: boolean;
  readonly logarithm: boolean;
  readonly circular: boolean;
  /** Roots, absolute values, signs: something that depends on which numbers are positive. */
  readonly signs: boolean;
  /** Anything but fractions: functions, roots, unknown functions. */
  readonly irrational: boolean;
  /** Whether there is anything to draw numbers for. */
  readonly constant: boolean;
}

const EXPONENTIAL = new Set(['exp', 'sinh', 'cosh', 'tanh', 'sech', 'csch', 'coth', 'erf']);
const LOGARITHM = new Set(['log', 'log10', 'log2', 'asinh', 'acosh', 'atanh']);
const CIRCULAR = new Set(['sin', 'cos', 'tan', 'sec', 'csc', 'cot']);
const SIGNS = new Set([
  'abs',
  'sign',
  'pos',
  'nonneg',
  'max',
  'min',
  'cbrt',
  'asinh',
  'acosh',
  'asin',
  'acos',
]);
const OF_FRACTIONS = new Set(['abs', 'sign', 'pos', 'nonneg', 'max', 'min']);

/** Everything that the equations of a system may bring in. */
const bodies = new WeakMap<System, readonly Expr[]>();

function bodiesOf(system: System): readonly Expr[] {
  let found = bodies.get(system);
  if (found === undefined) {
    found = [
      ...system.equations.map((eq) => eq.rhs),
      ...system.functions.flatMap((f) => (f.body === null ? [] : [f.body])),
    ];
    bodies.set(system, found);
  }
  return found;
}

export function lookAt(es: readonly Expr[], system: System): Look {
  const found = {
    exponential: false,
    logarithm: false,
    circular: false,
    signs: false,
    irrational: false,
    constant: true,
  };
  const see = (e: Expr): void => {
    if (e.kind === 'call') {
      const { name, order } = e.fn;
      found.exponential ||= EXPONENTIAL.has(name);
      found.logarithm ||= LOGARITHM.has(name);
      found.circular ||= CIRCULAR.has(name);
      found.signs ||= SIGNS.has(name);
      found.irrational ||= !OF_FRACTIONS.has(name) || order > 0;
      if (elementaryRow(name) === null && !OF_FRACTIONS.has(name) && e.args.length > 0)
        found.constant = false;
    } else if (e.kind === 'power') seePower(e.exponent, found);
    else if (e.kind === 'opaque' || e.kind === 'head') found.irrational = true;
    if (e.kind === 'entry' || e.kind === 'size' || e.kind === 'guard' || e.kind === 'sum' || isDerivative(e))
      found.constant = false;
  };
  for (const e of es) visit(e, see);
  const deep = es.some((e) => mentionsMore(e, system));
  if (deep) for (const body of bodiesOf(system)) visit(body, see);
  return found;
}

function seePower(
  exponent: Expr,
  found: { [K in 'exponential' | 'logarithm' | 'signs' | 'irrational']: boolean },
): void {
  if (exponent.kind === 'number' && isIntegerR(exponent.value)) return;
  const fixed = exponent.kind === 'number';
  found.signs ||= fixed;
  found.exponential ||= !fixed;
  found.irrational = true;
}

const isDerivative = (e: Expr): boolean =>
  e.kind === 'adjoint' ||
  e.kind === 'jacobian' ||
  e.kind === 'head' ||
  e.kind === 'opaque' ||
  e.kind === 'partial';

/** Whether something stands in `e` that is opened by the system: a variable, a derivative, a function with a body. */
function mentionsMore(e: Expr, system: System): boolean {
  let more = false;
  visit(e, (c) => {
    if (isDerivative(c)) more = true;
    if (c.kind === 'entry' && c.of.kind === 'symbol') {
      const kind = system.tensors.get(c.of.name)?.kind;
      more ||= kind === 'variable' || kind === 'error';
    }
    if (c.kind === 'call') more ||= system.functions.some((f) => f.name === c.fn.name && f.body !== null);
  });
  return more;
}

/** The free indices of expressions: free names that aren't sizes. */
export function freeIndices(es: readonly Expr[], system: System): ReadonlySet<string> {
  const names = new Set<string>();
  for (const e of es) for (const n of freeNames(e)) if (!system.sizes.has(n)) names.add(n);
  return names;
}
