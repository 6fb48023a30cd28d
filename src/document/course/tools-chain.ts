// The chain rule for several variables: the rule, its step in this network's derivation, and that step in numbers.

import { begin, settle } from '../../engine/record.ts';
import type { Derivation, Result } from '../../engine/types.ts';
import { index, ONE } from '../../expr/affine.ts';
import { between, type Condition } from '../../expr/condition.ts';
import type { AdjointExpr, Expr, SumExpr } from '../../expr/expr.ts';
import { entry, factorsOf, jacobian, mul, sum } from '../../expr/make.ts';
import { substitute } from '../../expr/substitute.ts';
import type { System, TensorDecl } from '../../expr/system.ts';
import { at, freeNames } from '../../expr/walk.ts';
import { type Formula, type Phrase, say } from '../../lang/phrase.ts';
import { evaluate } from '../../numeric/evaluate.ts';
import type { Env, World } from '../../numeric/world.ts';
import { ruleNamed } from '../../rules/catalogue.ts';
import { asIntegers, assign, valuesOf } from '../assign.ts';
import type { DisplayRow, TableBlock } from '../blocks.ts';
import { errorText, numberFormula } from '../digits.ts';
import { exprFormula, givenFormula, indexFormula, type Printing } from '../formulas.ts';
import type { SectionContext } from '../section.ts';
import { shownPositions } from '../whole.ts';
import { ON } from './parts.ts';
import { withDots, withEntries, writtenOut } from './put-in.ts';
import { sumRows } from './rows.ts';

/** dC/dv = sum_k dC/du_k du_k/dv, in letters that the network doesn't use. */
export function chainRow(p: Printing): DisplayRow {
  const [u, v] = freeLetters(p.system, ['u', 'v', 's', 'r', 'q']);
  const loss = entry(p.system.loss, [], []);
  const [inner, outer] = [entry(u, [], [index('k')]), entry(v, [], [])];
  const body = mul(jacobian(loss, inner), jacobian(inner, outer));
  const declared: readonly TensorDecl[] = [
    { name: u, stage: [], size: [index('m')], kind: 'variable' },
    { name: v, stage: [], size: [], kind: 'input' },
  ];
  const tensors = new Map([...p.system.tensors, ...declared.map((d) => [d.name, d] as const)]);
  const alone: Printing = { ...p, system: { ...p.system, tensors } };
  return {
    left: exprFormula(jacobian(loss, outer), alone),
    right: exprFormula(sum('k', between(ONE, index('k'), index('m')), body), alone),
    where: null,
  };
}

/** C(u_1(v), ..., u_m(v)) */
export function chainLetters(p: Printing): {
  readonly u: Formula;
  readonly v: Formula;
  readonly of: Formula;
} {
  const [u, v] = freeLetters(p.system, ['u', 'v', 's', 'r', 'q']);
  const loss = exprFormula(entry(p.system.loss, [], []), p);
  const inner = (first: string, dots: string, last: string): string =>
    `${first}(${v}), ${dots}, ${last}(${v})`;
  return {
    u: givenFormula(`${u}_k`, `${u}ₖ`),
    v: givenFormula(v, v),
    of: givenFormula(
      `${loss.latex}\\bigl(${inner(`${u}_1`, '\\dots', `${u}_m`)}\\bigr)`,
      `${loss.unicode}(${inner(`${u}₁`, '…', `${u}ₘ`)})`,
    ),
  };
}

const freeLetters = (system: System, letters: readonly string[]): readonly [string, string] => {
  const [u = 'u', v = 'v'] = letters.filter((l) => !system.tensors.has(l) && !system.sizes.has(l));
  return [u, v];
};

/** A chain-rule step of a derivation: dC/dv and what it becomes. */
export interface ChainStep {
  readonly left: AdjointExpr;
  readonly right: Expr;
  /** The same with derivatives that have a name written by it: delta_k^{l+1}. */
  readonly named: Expr;
  readonly given: readonly Condition[];
}

/** Of BP2 where it is derived, else of the first derivative whose chain rule has a sum. */
export function chainStep(results: readonly Result[], system: System): ChainStep | null {
  const own = results.filter((r) => r.system === system);
  const ordered = [...own].sort((a, b) => Number(b.id === 'bp2') - Number(a.id === 'bp2'));
  for (const { cases } of ordered) {
    for (const { derivation } of cases) {
      const step = stepOf(derivation, system);
      if (step !== null && sumsIn(step.right).length > 0) return step;
    }
  }
  return null;
}

/** The first chain rule of a derivation, by itself: what stands round it, as the sign of an error may, is left out. */
export function stepOf({ steps, given }: Derivation, system: System): ChainStep | null {
  const step = steps.find((s) => s.rule === 'chain-rule');
  if (step === undefined) return null;
  const left = at(step.before, step.path);
  return left.kind === 'adjoint' ? newStep(left, at(step.after, step.path), given, system) : null;
}

/** A step with its names. */
function newStep(left: AdjointExpr, right: Expr, given: readonly Condition[], system: System): ChainStep {
  const w = begin(system, given, right);
  if ([...system.tensors.values()].every((d) => d.scale === undefined)) settle(w, [ruleNamed('name-error')]);
  return { left, right, named: w.current, given };
}

const sumsIn = (e: Expr): SumExpr[] =>
  (e.kind === 'add' ? e.args : [e]).flatMap((t) => (t.kind === 'sum' ? [t] : []));

/** The step at the smallest indices of this network. */
export function chainPlace(step: ChainStep, world: World): Env | null {
  const { system, sizes } = world;
  const slots = step.left.by.slots.map((s) => s.key);
  const free = [...freeNames(step.left)].filter((n) => !system.sizes.has(n));
  const names = [...free.filter((n) => !slots.includes(n)), ...free.filter((n) => slots.includes(n))];
  return assign(names, [...system.given, ...step.given], new Map(), new Map(), sizes);
}

/** In symbols, written out, in numbers, and what they come to. */
export function chainNumbers(step: ChainStep, world: World, { options: o }: SectionContext): DisplayRow[] {
  const env = chainPlace(step, world);
  if (env === null) return [];
  const map = asIntegers(env, world.sizes);
  const written = writtenOut(substitute(step.named, map), world.sizes);
  const of = { world, printing: o.printing, digits: o.digits };
  const value = numberFormula(evaluate(step.right, world, env), o.digits);
  const left = exprFormula(substitute(step.left, map), o.printing);
  return [
    ...sumRows(left, written, (e) => withDots(e, o.printing)),
    ...sumRows(ON, written, (e) => withEntries(e, of), value),
  ];
}

/** What dual numbers, pushed forward from v itself, say of the same derivative; and how far the sum is from it. */
export function chainOracle(
  step: ChainStep,
  world: World,
  { options: o }: SectionContext,
): { readonly value: Formula; readonly error: string } | null {
  const env = chainPlace(step, world);
  if (env === null) return null;
  const oracle = evaluate(step.left, world, env);
  const error = Math.abs(oracle - evaluate(step.right, world, env));
  return { value: numberFormula(oracle, o.digits), error: errorText(error) };
}

const MOST_ROWS = 10;

/** One row for each term of the sum: its factors and their product; null where the step isn't one sum of products. */
export function chainTable(step: ChainStep, world: World, { options: o }: SectionContext): TableBlock | null {
  const env = chainPlace(step, world);
  const [only, ...others] = sumsIn(step.named);
  if (env === null || only === undefined || others.length > 0 || step.named.kind !== 'sum') return null;
  const factors = factorsOf(only.body);
  if (factors.some((f) => f.kind === 'sum')) return null;
  const values = valuesOf(only.index, only.where, env, world.sizes);
  const number = (x: number): Phrase => say`${numberFormula(x, o.digits)}`;
  const map = asIntegers(env, world.sizes);
  const row = (at: number | null): Phrase[] => {
    const k = at === null ? undefined : values[at - 1];
    if (k === undefined) return [say`…`, ...factors.map(() => say``), say``];
    const here = new Map([...env, [only.index, k]]);
    return [
      say`${k}`,
      ...factors.map((f) => number(evaluate(f, world, here))),
      number(evaluate(only.body, world, here)),
    ];
  };
  const { tools: words } = o.language.course;
  const total = [words.sum, ...factors.map(() => say``), number(evaluate(step.right, world, env))];
  return {
    kind: 'table',
    head: [
      say`${indexFormula(index(only.index), o.printing)}`,
      ...factors.map((f) => say`${exprFormula(substitute(f, map), o.printing)}`),
      words.product,
    ],
    rows: [...shownPositions(values.length, MOST_ROWS).map(row), total],
    align: ['right', ...factors.map(() => 'right' as const), 'right'],
  };
}
