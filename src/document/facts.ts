// What there is to say about a step: the quantities it goes through, opens or names, and what survives.

import type { Step } from '../engine/types.ts';
import { type Affine, index, solveFor } from '../expr/affine.ts';
import { type Condition, conditionKey, equal, slack } from '../expr/condition.ts';
import type { Expr, JacobianExpr, SumExpr, SymbolEntry } from '../expr/expr.ts';
import { call, entry, factorsOf, isSymbolEntry } from '../expr/make.ts';
import { key, substitute } from '../expr/substitute.ts';
import { functionBody } from '../expr/system.ts';
import { at, visit } from '../expr/walk.ts';
import type { Formula } from '../lang/phrase.ts';
import type { StepFacts } from '../lang/types.ts';
import { putArgument } from '../rules/folding.ts';
import {
  conditionsFormula,
  equationFormula,
  exprFormula,
  indexFormula,
  type Printing,
  tensorFormula,
} from './formulas.ts';
import { openedBy, type Told } from './grain.ts';

/** The facts of the step behind a told line. */
export function factsOf(line: Told, p: Printing): StepFacts {
  const { step } = line;
  const through = step.rule === 'chain-rule' ? jacobians(step.after) : [];
  const surviving = distinctConditions(survivors(step));
  const members = through.filter((j) => j.of.of.name !== p.system.loss);
  return {
    through: distinct(members.map((j) => j.of)).map((e) => exprFormula(e, p)),
    tensors: distinctTensors(members.map((j) => j.of)).map((e) => tensorFormula(e.of, p)),
    directly: members.length < through.length,
    variable: through[0] === undefined ? null : exprFormula(through[0].by, p),
    loss: exprFormula(entry(p.system.loss, [], []), p),
    surviving: surviving.map((c) => conditionsFormula([c], p)),
    vanishing: vanishing(step, p),
    names: namesOf(line, p),
    equation: equationOf(line, p),
    indices: [...surviving.map((c) => c.left.key), ...(step.with.slots ?? [])].map((s) =>
      indexFormula(index(s), p),
    ),
  };
}

function jacobians(e: Expr): JacobianExpr[] {
  const found: JacobianExpr[] = [];
  visit(e, (c) => {
    if (c.kind === 'jacobian') found.push(c);
  });
  return found;
}

function distinct(entries: readonly SymbolEntry[]): SymbolEntry[] {
  return [...new Map(entries.map((e) => [key(e), e] as const)).values()];
}

const distinctTensors = (entries: readonly SymbolEntry[]): SymbolEntry[] => [
  ...new Map(
    entries.map((e) => [`${e.of.name}[${e.of.stage.map((s) => s.key).join()}]`, e] as const),
  ).values(),
];

const distinctConditions = (list: readonly Condition[]): Condition[] => [
  ...new Map(list.map((c) => [conditionKey(c), c] as const)).values(),
];

/** k = j, for each sum that a step leaves one term of. */
function survivors(step: Step): Condition[] {
  if (step.from !== undefined) return step.from.flatMap(survivors);
  if (step.rule === 'only-one-survives') {
    const { index: name, value } = step.with;
    return name === undefined || value === undefined ? [] : [survivor(name, value)];
  }
  if (step.rule !== 'only-one-term') return [];
  const sum = at(step.before, step.path);
  const value = sum.kind === 'sum' ? forced(sum) : null;
  return sum.kind !== 'sum' || value === null ? [] : [survivor(sum.index, value)];
}

const survivor = (name: string, value: Affine): Condition => equal(index(name), value);

/** What a delta in a sum's body makes of its index. */
function forced(sum: SumExpr): Affine | null {
  for (const g of factorsOf(sum.body)) {
    if (g.kind !== 'guard') continue;
    for (const c of g.where) {
      const value = c.relation === '=' ? solveFor(slack(c), sum.index) : null;
      if (value !== null) return value;
    }
  }
  return null;
}

function vanishing(step: Step, p: Printing): Formula | null {
  const lemma =
    step.rule === 'only-one-survives' ? (step.with.lemma ?? step.from?.[0]?.with.lemma) : undefined;
  return lemma === undefined ? null : exprFormula(lemma.left, p);
}

function namesOf(line: Told, p: Printing): Formula[] {
  const { step } = line;
  if (line.opened.length > 0) return namedTensors(line.opened.filter(isSymbolEntry), p);
  switch (step.rule) {
    case 'open': {
      const e = openedBy(step);
      return e !== null && isSymbolEntry(e) ? [named(e, p)] : [];
    }
    case 'fold':
    case 'name-error':
      return namedTensors(newEntries(step), p);
    default:
      return [];
  }
}

const namedTensors = (entries: readonly SymbolEntry[], p: Printing): Formula[] =>
  distinctTensors(entries).map((e) => named(e, p));

/** An entry by the name of its tensor: z^{l+1}; a scalar by itself. */
const named = (e: SymbolEntry, p: Printing): Formula =>
  e.slots.length === 0 ? exprFormula(e, p) : tensorFormula(e.of, p);

/** The entries that stand in a line more often than in the one before. */
function newEntries(step: Step): SymbolEntry[] {
  const left = new Map<string, number>();
  visit(step.before, (e) => {
    if (isSymbolEntry(e)) left.set(key(e), (left.get(key(e)) ?? 0) + 1);
  });
  const found: SymbolEntry[] = [];
  visit(step.after, (e) => {
    if (!isSymbolEntry(e)) return;
    const count = left.get(key(e)) ?? 0;
    if (count === 0) found.push(e);
    else left.set(key(e), count - 1);
  });
  return found;
}

function equationOf({ step, lemmas }: Told, p: Printing): Formula | null {
  switch (step.rule) {
    case 'put-in': {
      const { lemma } = step.with;
      const [told] = lemmas;
      if (told !== undefined || lemma === undefined) return null;
      const map = new Map(step.with.at ?? []);
      return equationFormula(substitute(lemma.left, map), substitute(lemma.right, map), p);
    }
    case 'derivative-of-definition':
    case 'open-function':
      return definition(at(step.before, step.path), p);
    case 'use-assumption': {
      const { identities } = p.system;
      const identity = identities.find((i) => i.id === step.with.name) ?? identities[0];
      return identity === undefined ? null : equationFormula(identity.left, identity.right, p);
    }
    default:
      return null;
  }
}

/** f(u) = its formula, for a call of f or f'. */
function definition(e: Expr, p: Printing): Formula | null {
  if (e.kind !== 'call') return null;
  const def = functionBody(p.system, { ...e.fn, order: 0 });
  const [argument] = e.args;
  if (def?.body == null || argument === undefined || !isSymbolEntry(argument)) return null;
  const body = putArgument(def.body, def.param, argument);
  return equationFormula(call({ ...e.fn, order: 0 }, argument), body, p);
}
