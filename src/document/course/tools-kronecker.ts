// The Kronecker delta: the derivative of one entry by another, why a sum with it keeps one term, and that in numbers.

import { contextAt, rootContext } from '../../engine/context.ts';
import { deriveJacobian } from '../../engine/lemma.ts';
import { begin, places, settle } from '../../engine/record.ts';
import type { Result } from '../../engine/types.ts';
import { type IndexMap, index, ONE } from '../../expr/affine.ts';
import { between, equal } from '../../expr/condition.ts';
import type { Expr, JacobianExpr, SymbolEntry } from '../../expr/expr.ts';
import { entry, factorsOf, guard, jacobian, mul, partial, sum } from '../../expr/make.ts';
import { substitute } from '../../expr/substitute.ts';
import type { System, TensorDecl } from '../../expr/system.ts';
import { at } from '../../expr/walk.ts';
import { evaluate } from '../../numeric/evaluate.ts';
import type { World } from '../../numeric/world.ts';
import { ruleNamed } from '../../rules/catalogue.ts';
import { asIntegers } from '../assign.ts';
import type { DisplayRow } from '../blocks.ts';
import { numberFormula } from '../digits.ts';
import { exprFormula, type Printing } from '../formulas.ts';
import type { SectionContext } from '../section.ts';
import { ON } from './parts.ts';
import { withDots, withEntries, writtenOut } from './put-in.ts';
import { sumRows } from './rows.ts';
import { type ChainStep, chainPlace, stepOf } from './tools-chain.ts';

const [J, K] = [index('j'), index('k')];

/** dv_k/dv_j = [k = j], and sum_k [k = j] v_k = v_j, each by its rule. */
export function kroneckerRows(p: Printing): DisplayRow[] {
  const declared: TensorDecl = { name: 'v', stage: [], size: [index('n')], kind: 'input' };
  const system: System = { ...p.system, tensors: new Map([['v', declared]]) };
  const v = (slot: typeof J): SymbolEntry => entry('v', [], [slot]);
  const alone: Printing = { ...p, system };
  const range = between(ONE, K, index('n'));
  const by = settled(partial(v(K), v(J)), system, 'derivative-of-entry');
  const total = sum('k', range, mul(guard(equal(K, J)), v(K)));
  const given = between(ONE, J, index('n'));
  const left = settled(total, { ...system, given: [...system.given, ...given] }, 'only-one-term');
  return [
    { left: exprFormula(jacobian(v(K), v(J)), alone), right: exprFormula(by, alone), where: null },
    { left: exprFormula(total, alone), right: exprFormula(left, alone), where: null },
  ];
}

function settled(e: Expr, system: System, rule: 'derivative-of-entry' | 'only-one-term'): Expr {
  const w = begin(system, [], e);
  settle(w, [ruleNamed(rule), ruleNamed('merge-conditions'), ruleNamed('decide-condition')]);
  return w.current;
}

/** The chain rule of BP1, with the derivative in it worked out; null where BP1 isn't derived. */
interface Survivor {
  readonly step: ChainStep;
  readonly derivative: JacobianExpr;
  readonly comesTo: Expr;
  /** Whether all terms but one vanish: where the output's activation is taken of each entry. */
  readonly vanishes: boolean;
}

export function survivor(results: readonly Result[], system: System): Survivor | null {
  const result = results.find((r) => r.id === 'bp1' && r.system === system);
  const derivation = result?.cases[0]?.derivation;
  const step = derivation === undefined ? null : stepOf(derivation, system);
  if (derivation === undefined || step === null) return null;
  const { right } = step;
  const [path] = places(right, (e) => e.kind === 'jacobian');
  const derivative = path === undefined ? null : at(right, path);
  if (path === undefined || derivative?.kind !== 'jacobian') return null;
  const { given } = contextAt(right, path, rootContext(system, derivation.given, right));
  const comesTo = deriveJacobian(system, given, derivative, (rules) => rules).right;
  const vanishes = factorsOf(comesTo).some((f) => f.kind === 'guard');
  return { step, derivative, comesTo, vanishes };
}

/** da_k/dz_j = sigma'(z_k) [k = j] */
export const survivorRow = ({ derivative, comesTo }: Survivor, p: Printing): DisplayRow => ({
  left: exprFormula(derivative, p),
  right: exprFormula(comesTo, p),
  where: null,
});

/** The sum of BP1 written out for one entry: one product, and zeros. */
export function survivorNumbers(
  { step }: Survivor,
  world: World,
  { options: o }: SectionContext,
): DisplayRow[] {
  const env = chainPlace(step, world);
  if (env === null) return [];
  const map: IndexMap = asIntegers(env, world.sizes);
  const written = writtenOut(substitute(step.right, map), world.sizes);
  const of = { world, printing: o.printing, digits: o.digits };
  const value = numberFormula(evaluate(step.right, world, env), o.digits);
  const left = exprFormula(substitute(step.left, map), o.printing);
  return [
    ...sumRows(left, written, (e) => withDots(e, o.printing)),
    ...sumRows(ON, written, (e) => withEntries(e, of), value),
  ];
}
