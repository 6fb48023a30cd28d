// Questions beside targets: an expected formula, a step, the definition of the error, a number.

import type { Condition } from './expr/condition.ts';
import { conditionNames } from './expr/condition.ts';
import { UserError } from './expr/error.ts';
import type { SymbolEntry } from './expr/expr.ts';
import { isSymbolEntry } from './expr/make.ts';
import type { System } from './expr/system.ts';
import { freeNames, tensorFreeNames, visit } from './expr/walk.ts';
import { readIn, type Writing } from './homework/answer.ts';
import {
  expectedQuestion,
  type FormulaQuestion,
  type NumberQuestion,
  nothingElse,
  type Question,
  type StepQuestion,
} from './homework/question.ts';
import { settledQuestion } from './homework/settled.ts';
import type { Network } from './model/spec.ts';
import { worldOf } from './model/world.ts';
import { evaluate, evaluateTensor } from './numeric/evaluate.ts';
import { mainGoal } from './question.ts';
import { layerOf, type QuestionNetwork, remembered, usualWriting } from './question-network.ts';
import { rangesOfEntries } from './results/target-ranges.ts';
import { definitionOfError } from './rules/definitions.ts';
import { englishReading } from './text/english-reading.ts';
import { isTensor, type Read } from './text/read.ts';
import { complaintText } from './text/reading-words.ts';

/** An expected formula, or a whole equation, about a network or declared symbols. Throws a `UserError` where it can't be read. */
export function expectQuestion(
  system: System,
  expect: string,
  network: Network | null,
  writing: Writing = usualWriting,
): FormulaQuestion {
  const read = readIn(expect, system, writing);
  if (read.kind === 'unreadable')
    throw new UserError(
      `expect:${read.where.line}:${read.where.column}: ${complaintText(englishReading, read.where.complaint)}`,
    );
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
export const stepQuestion = (of: QuestionNetwork, writing: Writing = usualWriting): StepQuestion => ({
  ...stepIn(of.network, writing),
  also: remembered(() => fromZero(of, (network) => stepIn(network, writing))),
});

/** The same question where the input is layer 0; none where it is already, or where there are no layers. */
function fromZero<Q extends Question>(of: QuestionNetwork, ask: (network: Network) => Q): readonly Q[] {
  const { conventions } = of.network;
  if (conventions === null || conventions.firstLayer === 0) return [];
  const network = of.again({ conventions: { ...conventions, firstLayer: 0 }, numbers: false });
  return network === null ? [] : [ask(network)];
}

const stepIn = (network: Network, writing: Writing): StepQuestion => ({
  also: nothingElse,
  kind: 'step',
  writing: { ...writing, rowGradients: network.conventions?.layout === 'numerator' },
  open: null,
  system: network.system,
  world: network.concrete === null ? null : worldOf(network),
  given: [],
});

/** The definition of the error: delta = dC/dz, or what the conventions make of it. Throws where there is no error. */
export const definitionQuestion = (
  of: QuestionNetwork,
  writing: Writing = usualWriting,
): FormulaQuestion => ({
  ...definitionIn(of.network, writing),
  also: remembered(() => fromZero(of, (network) => definitionIn(network, writing))),
});

function definitionIn(network: Network, writing: Writing): FormulaQuestion {
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
    also: nothingElse,
    writing: usualWriting,
    system: network.system,
    world,
    tolerance,
  };
  if (!isTensor(of)) return { ...common, of, values: [evaluate(of, world)], shape: [] };
  const { shape, entries } = evaluateTensor(of, world);
  return { ...common, of: null, values: [...entries], shape };
}
