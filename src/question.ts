// What a caller asks of a network (bp2, dC/dw[l], sigmoid') -> a question of the homework floor.

import { derive } from './engine/derive.ts';
import type { Case, Result } from './engine/types.ts';
import { verify } from './engine/verify.ts';
import { index, integer } from './expr/affine.ts';
import { equal, inconsistent } from './expr/condition.ts';
import { DerivationError, UserError } from './expr/error.ts';
import type { Expr, SymbolEntry } from './expr/expr.ts';
import { isSymbolEntry, jacobian } from './expr/make.ts';
import { mapParts, mapTensorParts, type PartMap } from './expr/parts.ts';
import { same } from './expr/substitute.ts';
import type { System } from './expr/system.ts';
import type { Writing } from './homework/answer.ts';
import {
  type Alternative,
  derivedQuestion,
  expectedQuestion,
  type FormulaQuestion,
  inNumeratorLayout,
  nothingElse,
} from './homework/question.ts';
import { settledQuestion } from './homework/settled.ts';
import type { Network } from './model/spec.ts';
import { worldOf } from './model/world.ts';
import type { World } from './numeric/world.ts';
import { layerOf, type QuestionNetwork, remembered, usualWriting } from './question-network.ts';
import { specialCases } from './question-specials.ts';
import type { Asked } from './results/asked.ts';
import { askedOf } from './results/targets.ts';
import { type Conventions, conventionRows } from './tables/conventions.ts';

export interface AcceptedConvention {
  readonly name: string;
  readonly value: string;
}

/** What is asked of a network: `bp2`, `dC/dw[l]`, `sigmoid'`, ...; conventions named in `accept` count as right. */
export function targetQuestion(
  of: QuestionNetwork,
  target: string,
  accept: readonly AcceptedConvention[] = [],
  writing: Writing = usualWriting,
): FormulaQuestion {
  const { network } = of;
  const { result, found, others } = mainCase(network, target, true, network.concrete?.sizes.get('L'));
  const world = network.concrete === null || result.system !== network.system ? null : worldOf(network);
  const own = { ...writing, layer: writing.layer ?? layerOf(found.derivation.left) };
  const asked: FormulaQuestion = derivedQuestion(result.system, found, {
    writing: own,
    world,
    also: remembered(() => [
      ...inOtherLetters(asked),
      ...inNetwork(of.network, result.goal, found, own),
      ...ofOneNeuron(asked),
      ...(namesLayer(target) ? [] : others.map((c) => caseQuestion(result.system, c, writing))),
    ]),
    specials: specialCases(of),
    alternatives: alternativesOf(of, target, accept, world, own),
  });
  return settledQuestion(network.conventions?.layout === 'numerator' ? inNumeratorLayout(asked) : asked);
}

/** Whether a target says which layer it is about: dC/da[l], not dC/da. */
const namesLayer = (target: string): boolean => !/^dC\s*\/\s*d[A-Za-z]\w*$/.test(target);

/** Another case of the same target: dC/da may be asked of the last layer. */
const caseQuestion = (system: System, c: Case, writing: Writing): FormulaQuestion =>
  derivedQuestion(system, c, {
    writing: { ...writing, layer: writing.layer ?? layerOf(c.derivation.left) },
  });

/** sigma' of a network in the network's own quantities: sigma'(z[l]) = a[l] (1 - a[l]) answers it too. */
function inNetwork(network: Network, goal: Expr, found: Case, writing: Writing): readonly FormulaQuestion[] {
  const { system } = network;
  if (goal.kind !== 'call' || !system.functions.some((f) => f.name === goal.fn.name && f.body !== null))
    return [];
  const eq = system.equations.find(
    ({ rhs }) => rhs.kind === 'call' && rhs.fn.name === goal.fn.name && rhs.fn.stage === null,
  );
  const [own] = goal.args;
  const at = eq?.rhs.kind === 'call' ? eq.rhs.args[0] : undefined;
  if (eq === undefined || at === undefined || own === undefined || !isSymbolEntry(at)) return [];
  const put = (e: Expr): Expr =>
    same(e, own) ? at : mapParts(e, { expr: put, tensor: (t) => t, affine: (a) => a });
  const right = put((found.special?.derivation ?? found.derivation).right);
  const layer = at.of.stage[0]?.key ?? null;
  // What holds for one layer's function holds for the function.
  const extras = { writing: { ...writing, layer }, definition: true };
  const asked = (left: Expr): FormulaQuestion => expectedQuestion(system, left, right, eq.where, extras);
  const { lhs } = eq;
  return [asked(put(goal)), ...(isSymbolEntry(lhs) ? [alongNeurons(asked(jacobian(lhs, at, [])))] : [])];
}

/** sigma' of a neuron that has no layer, a = sigma(z): there a^2 is a square, as in 1 - a^2. */
function ofOneNeuron({ left, system, answers, writing }: FormulaQuestion): readonly FormulaQuestion[] {
  const [own] = left?.kind === 'call' ? left.args : [];
  if (left?.kind !== 'call' || own === undefined || !isSymbolEntry(own) || own.slots.length > 0) return [];
  const decl = system.tensors.get(own.of.name);
  if (decl === undefined || decl.stage.length > 0 || system.equations.length > 0) return [];
  if (system.tensors.has('a')) return [];
  const lhs: SymbolEntry = { kind: 'entry', of: { kind: 'symbol', name: 'a', stage: [] }, slots: [] };
  const rhs: Expr = { ...left, fn: { ...left.fn, order: left.fn.order - 1 } };
  const neuron: System = {
    ...system,
    tensors: new Map([...system.tensors, ['a', { ...decl, name: 'a', kind: 'variable' }]]),
    equations: [{ lhs, rhs, indices: [], where: [] }],
  };
  const right = answers.at(-1) ?? answers[0];
  return [left, jacobian(lhs, own, [])].map((of) =>
    expectedQuestion(neuron, of, right, [], { writing, definition: true }),
  );
}

/** da/dz of one neuron at a time: people write da/dz = a (1 - a) for the vectors, too. */
const alongNeurons = (q: FormulaQuestion): FormulaQuestion => ({
  ...q,
  slots: q.slots.slice(0, q.slots.length / 2),
  shape: q.shape.slice(0, q.shape.length / 2),
  leftSlots: q.slots,
});

/** Letters that people write for a function's variable, whatever the question calls it. */
const VARIABLES = ['x', 'z', 'u', 't', 's', 'v'];

/** sigma' asked with z and answered with x: the same question once for each letter, with no z in it. */
function inOtherLetters(q: FormulaQuestion): readonly FormulaQuestion[] {
  const { left, system } = q;
  const [own] = left?.kind === 'call' ? left.args : [];
  if (left === null || own === undefined || !isSymbolEntry(own) || own.slots.length > 0) return [];
  const decl = system.tensors.get(own.of.name);
  if (decl === undefined || system.equations.length > 0) return [];
  return VARIABLES.filter((v) => !system.tensors.has(v)).map((v) => {
    const parts: PartMap = {
      expr: (e) => mapParts(e, parts),
      tensor: (t) =>
        t.kind === 'symbol' && t.name === decl.name ? { ...t, name: v } : mapTensorParts(t, parts),
      affine: (a) => a,
    };
    const [first, ...rest] = q.answers;
    const tensors = [...system.tensors].filter(([name]) => name !== decl.name);
    return {
      ...q,
      also: nothingElse,
      system: { ...system, tensors: new Map([...tensors, [v, { ...decl, name: v }]]) },
      left: parts.expr(left),
      answers: [parts.expr(first), ...rest.map(parts.expr)],
      matrix: null,
      lines: q.lines.map(parts.expr),
      steps: q.steps.map((s) => ({ ...s, after: parts.expr(s.after) })),
    };
  });
}

/** The case that holds in general: the one that fixes no index, the last of them. */
function mainCase(
  network: Network,
  target: string,
  proved: boolean,
  depth: number | undefined,
): { result: Result; found: Case; others: readonly Case[] } {
  const asked = mainGoal(network, target);
  const own = asked.system === network.system;
  const derived = derive(asked.system, asked.goal, own ? { targets: [asked.goal] } : {});
  const result = proved ? verify(derived) : derived;
  const [part] = asked.parts;
  const cases = result.cases.filter(
    (c) => part === undefined || part.cases === 'all' || isLast(c) === (part.cases === 'last'),
  );
  const there = cases.filter((c) => happens(c, result.system, depth));
  const found = there.filter((c) => !isLast(c)).at(-1) ?? there.at(-1);
  if (found === undefined) throw new UserError(`${target} has no case in this network`);
  return { result, found, others: there.filter((c) => c !== found) };
}

/** What a target's text asks of a network. Throws a `UserError` for one that doesn't exist. */
export function mainGoal(network: Network, target: string): Asked {
  const fn = /^d([A-Za-z]\w*)\/d[a-z]$/.exec(target)?.[1];
  const isFunction = network.system.functions.some((f) => f.name === fn);
  const [asked] = askedOf(network, [isFunction ? `${fn}'` : target]);
  if (asked === undefined) throw new UserError(`there is no target "${target}"`);
  return asked;
}

/** Whether a case has any layer in a network of that depth. */
const happens = (c: Case, system: System, depth: number | undefined): boolean =>
  !inconsistent([
    ...system.given,
    ...c.derivation.given,
    ...(depth === undefined || !system.sizes.has('L') ? [] : [equal(index('L'), integer(depth))]),
  ]);

const isLast = (c: Case): boolean => c.condition.some((condition) => condition.relation === '=');

/** The same question under every other single convention. */
function alternativesOf(
  of: QuestionNetwork,
  target: string,
  accept: readonly AcceptedConvention[],
  world: World | null,
  writing: Writing,
): Alternative[] {
  const { conventions } = of.network;
  if (conventions === null) return [];
  return conventionRows.flatMap(({ name, values }) => {
    const asked = String(conventions[name]);
    return values.flatMap(({ value }): Alternative[] => {
      const own = String(value);
      if (own === asked) return [];
      const accepted = accept.some((a) => a.name === name && a.value === own);
      if (!accepted && NEVER_INFERRED.has(name)) return [];
      const question = remembered(() =>
        otherwise(of, target, { ...conventions, [name]: value }, world, writing),
      );
      return [{ name, value: own, asked, accepted, question }];
    });
  });
}

/** These change what an answer is about, not how it is written: they are looked at only where the question accepts them. */
const NEVER_INFERRED: ReadonlySet<string> = new Set(['batch', 'firstLayer', 'layout']);

function otherwise(
  of: QuestionNetwork,
  target: string,
  conventions: Conventions,
  world: World | null,
  writing: Writing,
): FormulaQuestion | null {
  const network = of.again({ conventions, numbers: false });
  if (network === null) return null;
  try {
    const { result, found } = mainCase(network, target, false, world?.sizes.get('L'));
    const asked = derivedQuestion(result.system, found, { world, writing });
    return settledQuestion(conventions.layout === 'numerator' ? inNumeratorLayout(asked) : asked);
  } catch (error) {
    if (error instanceof UserError || error instanceof DerivationError) return null;
    throw error;
  }
}
