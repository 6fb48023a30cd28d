// What a caller asks (bp2 of this network, an expected formula) -> a question of the homework floor.

import type { Asked } from './asked.ts';
import { derive } from './engine/derive.ts';
import type { Case, Result } from './engine/types.ts';
import { verify } from './engine/verify.ts';
import { index, integer } from './expr/affine.ts';
import { type Condition, conditionNames, equal, inconsistent } from './expr/condition.ts';
import { DerivationError, UserError } from './expr/error.ts';
import type { Expr, SymbolEntry } from './expr/expr.ts';
import { isSymbolEntry } from './expr/make.ts';
import type { System } from './expr/system.ts';
import { freeNames, tensorFreeNames, visit } from './expr/walk.ts';
import { readIn, type Writing } from './homework/answer.ts';
import {
  type Alternative,
  derivedQuestion,
  entriesOf,
  expectedQuestion,
  type FormulaQuestion,
  type NumberQuestion,
  type StepQuestion,
} from './homework/question.ts';
import { settledQuestion } from './homework/settled.ts';
import { buildNetwork } from './model/network.ts';
import type { BuildOptions, Network } from './model/spec.ts';
import { worldOf } from './model/world.ts';
import { evaluate, evaluateTensor } from './numeric/evaluate.ts';
import type { World } from './numeric/world.ts';
import { specialCases } from './question-specials.ts';
import { definitionOfError } from './rules/definitions.ts';
import { type Conventions, conventionRows, defaultConventions } from './tables/conventions.ts';
import { type Notation, notationRow } from './tables/notations.ts';
import { rangesOfEntries } from './target-ranges.ts';
import { askedOf } from './targets.ts';
import { isTensor, type Read } from './text/read.ts';

/** How the answers to a question are written, where nothing else is said. */
export const usualWriting: Writing = {
  notation: notationOf('nielsen'),
  syntax: 'auto',
  layer: null,
  letters: {},
};

function notationOf(name: string): Notation {
  const row = notationRow(name);
  if (row === null) throw new UserError(`there is no notation ${name}`);
  return row;
}

/** A network as a question has it: built again under other conventions, losses and activations. */
export interface QuestionNetwork {
  readonly network: Network;
  /** The same network with some options changed; null where that makes no network. */
  readonly again: (options: BuildOptions) => Network | null;
}

/** The network that some content or a name stands for, and how to build it again. */
export function questionNetwork(
  build: (options: BuildOptions) => Network,
  conventions: Conventions,
): QuestionNetwork {
  return {
    network: build({ conventions }),
    again: (options) => {
      try {
        return build({ conventions, ...options });
      } catch (error) {
        if (error instanceof UserError) return null;
        throw error;
      }
    },
  };
}

export const networkOfContent = (
  content: object,
  conventions: Conventions = defaultConventions,
): QuestionNetwork => questionNetwork((options) => buildNetwork(content, options), conventions);

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
  const { result, found } = mainCase(network, target, true, network.concrete?.sizes.get('L'));
  const world = network.concrete === null || result.system !== network.system ? null : worldOf(network);
  const own = { ...writing, layer: writing.layer ?? layerOf(found.derivation.left) };
  const asked = derivedQuestion(result.system, found, {
    writing: own,
    world,
    specials: specialCases(of),
    alternatives: alternativesOf(of, target, accept, world, own),
  });
  return settledQuestion(asked);
}

/** The layer that a question is about, as text: quantities written without one belong to it. */
function layerOf(left: Expr): string | null {
  const [entry] = entriesOf(left);
  return entry?.of.stage[0]?.key ?? null;
}

/** The case that holds in general: the one that fixes no index, the last of them. */
function mainCase(
  network: Network,
  target: string,
  proved: boolean,
  depth: number | undefined,
): { result: Result; found: Case } {
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
  return { result, found };
}

function mainGoal(network: Network, target: string): Asked {
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
      if (own === asked || name === 'layout') return [];
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
const NEVER_INFERRED: ReadonlySet<string> = new Set(['batch', 'firstLayer']);

function remembered<T>(make: () => T): () => T {
  const made: T[] = [];
  return () => {
    if (made.length === 0) made.push(make());
    return made[0] as T;
  };
}

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
    return settledQuestion(derivedQuestion(result.system, found, { world, writing }));
  } catch (error) {
    if (error instanceof UserError || error instanceof DerivationError) return null;
    throw error;
  }
}

/** An expected formula, or a whole equation, about a network or declared symbols. Throws a `UserError` where it can't be read. */
export function expectQuestion(
  system: System,
  expect: string,
  network: Network | null,
  writing: Writing = usualWriting,
): FormulaQuestion {
  const read = readIn(expect, system, writing);
  if (read.kind === 'unreadable')
    throw new UserError(`expect:${read.where.line}:${read.where.column}: ${read.where.message}`);
  const [line] = read.lines;
  const sides = line?.sides ?? [];
  const right = sides.at(-1);
  if (read.lines.length > 1 || right === undefined || sides.length > 2)
    throw new UserError('expect: give one formula or one equation');
  const left = sides.length === 2 ? (sides[0]?.of ?? null) : null;
  const given = network === null ? [] : rangesIn(network, [left, right.of]);
  const world = network?.concrete == null ? null : worldOf(network);
  return settledQuestion(expectedQuestion(system, left, right.of, given, { world, writing }));
}

/** The ranges of the free indices of formulas, from the entries they stand in. */
function rangesIn(network: Network, of: readonly (Read | null)[]): Condition[] {
  const { system } = network;
  const free = new Set<string>();
  const entries: SymbolEntry[] = [];
  for (const r of of) {
    if (r === null) continue;
    for (const n of isTensor(r) ? tensorFreeNames(r) : freeNames(r)) free.add(n);
    if (!isTensor(r)) visit(r, (e) => isSymbolEntry(e) && entries.push(e));
    else visit({ kind: 'entry', of: r, slots: [] }, (e) => isSymbolEntry(e) && entries.push(e));
  }
  const all = rangesOfEntries(network, system, entries, [], 'expect');
  return all.filter((c) => {
    const names = new Set<string>();
    conditionNames(c, names);
    return [...names].every((n) => free.has(n) || system.sizes.has(n));
  });
}

/** Any true equation about the network. */
export const stepQuestion = (
  { network }: QuestionNetwork,
  writing: Writing = usualWriting,
): StepQuestion => ({
  kind: 'step',
  writing,
  open: null,
  system: network.system,
  world: network.concrete === null ? null : worldOf(network),
  given: [],
});

/** The definition of the error: delta = dC/dz, or what the conventions make of it. Throws where there is no error. */
export function definitionQuestion(of: QuestionNetwork, writing: Writing = usualWriting): FormulaQuestion {
  const { network } = of;
  const error = [...network.system.tensors.values()].find((d) => d.kind === 'error');
  if (error === undefined) throw new UserError('this network has no error to define');
  const { goal } = mainGoal(network, error.name);
  const right = definitionOfError(network.system, goal.left);
  if (right === null) throw new UserError(`${error.name} has no definition`);
  const own = { ...writing, layer: writing.layer ?? layerOf(goal.left) };
  return expectedQuestion(network.system, goal.left, right, goal.given, { definition: true, writing: own });
}

/** The number that a derivative or a quantity of the concrete network is worth: dC/dw[2][1,2], delta[2], a[3]. */
export function numberQuestion(
  { network }: QuestionNetwork,
  target: string,
  tolerance: number,
): NumberQuestion {
  if (network.concrete === null)
    throw new UserError(`${network.title} has no numbers; give widths and values`);
  const world = worldOf(network);
  const read = readIn(target, network.system, { ...usualWriting, syntax: 'plain' });
  const of = read.kind === 'read' ? read.lines[0]?.sides[0]?.of : undefined;
  if (of === undefined) throw new UserError(`${target} can't be read as a quantity of the network`);
  const common = {
    kind: 'number' as const,
    open: null,
    writing: usualWriting,
    system: network.system,
    world,
    tolerance,
  };
  if (!isTensor(of)) return { ...common, of, values: [evaluate(of, world)], shape: [] };
  const { shape, entries } = evaluateTensor(of, world);
  return { ...common, of: null, values: [...entries], shape };
}
