// Equations in the order of their dependence as Python: plain statements, and for-loops over layers or time steps.

import { type Affine, index, integer, mentions, shift } from '../expr/affine.ts';
import { substituteCondition } from '../expr/condition.ts';
import { isSymbolEntry } from '../expr/make.ts';
import { substitute, substituteTensor } from '../expr/substitute.ts';
import { some } from '../expr/walk.ts';
import type { SizeValues } from '../model/needed.ts';
import type { NumpyEnv } from '../text/numpy-env.ts';
import { boundsOf, rangeDownText, rangeText } from '../text/numpy-index.ts';
import { unprintable } from '../text/numpy-piece.ts';
import { indented, type NumpyEquation, statementLines } from '../text/numpy-statement.ts';
import { integerAt, type Node, runningStages } from './numpy-nodes.ts';
import { groupsInOrder, inOrder } from './numpy-order.ts';

export interface Program {
  readonly equations: readonly NumpyEquation[];
  readonly nodes: readonly Node[];
  readonly sizes: SizeValues;
  readonly env: NumpyEnv;
}

/** The most statements that are written out one by one, where no loop has the right order. */
const MOST_STATEMENTS = 200;

/** The statements of a program. Throws `Unprintable` where there is no way to say them. */
export function programLines(program: Program): string[] {
  const needs = new Map<number, Set<number>>();
  for (const node of program.nodes) {
    const own = needs.get(node.equation) ?? new Set();
    for (const needed of node.needs) own.add(needed.equation);
    needs.set(node.equation, own);
  }
  const blocks: Block[] = [];
  for (const group of groupsInOrder(program.equations.length, needs)) {
    const here = group.filter((i) => program.nodes.some((n) => n.equation === i));
    if (here.length === 0) continue;
    const last = blocks.at(-1);
    const joined = last === undefined ? null : together(last, here, program);
    if (joined === null) blocks.push(blockOf(here, program));
    else blocks.splice(-1, 1, joined);
  }
  return blocks.flatMap((b) => b.lines);
}

interface Block {
  readonly equations: readonly number[];
  readonly lines: readonly string[];
  /** The parts of the range in which different equations hold; 0: no loop. */
  readonly parts: number;
}

/** A loop, and behind it one over the same range, as one loop; null where that is another order than the right one. */
function together(last: Block, group: readonly number[], program: Program): Block | null {
  if (last.parts === 0) return null;
  const joined = loopOf([...last.equations, ...group], program);
  return joined !== null && joined.parts === 1 && last.parts === 1 ? joined : null;
}

function blockOf(group: readonly number[], program: Program): Block {
  const [only, second] = group;
  const alone = only === undefined || second !== undefined ? undefined : program.equations[only];
  if (alone !== undefined && runningStages(alone).length === 0)
    return { equations: group, parts: 0, lines: statementLines(alone, program.env) };
  return loopOf(group, program) ?? { equations: group, parts: 0, lines: writtenOut(group, program) };
}

/** One statement for each equation and stage, each after what it needs. */
function writtenOut(group: readonly number[], { equations, nodes, env }: Program): string[] {
  const own = nodes.filter((n) => group.includes(n.equation));
  const order = own.length > MOST_STATEMENTS ? [] : inOrder(own, (n, other) => n.needs.has(other));
  if (order.length < own.length) return unprintable('so many statements without a loop');
  return order.flatMap((n) => {
    const eq = equations[n.equation];
    if (eq === undefined) return [];
    const at = new Map(runningStages(eq).map((name, i) => [name, integer(n.at[i] ?? 0)]));
    return statementLines(moved(eq, at), env);
  });
}

/** The equation with indices replaced. */
const moved = (eq: NumpyEquation, map: ReadonlyMap<string, Affine>): NumpyEquation => ({
  lhs: substitute(eq.lhs, map),
  rhs: substitute(eq.rhs, map),
  matrix: eq.matrix === null ? null : substituteTensor(eq.matrix, map),
  indices: eq.indices,
  where: eq.where.map((c) => substituteCondition(c, map)),
});

/** One equation in a loop: from which stage to which. */
interface Member {
  readonly equation: number;
  readonly eq: NumpyEquation;
  readonly lo: Bound;
  readonly hi: Bound;
}
interface Bound {
  readonly value: number;
  readonly form: Affine;
}

/** A loop in which every statement comes after what it needs; null where there is none. */
function loopOf(group: readonly number[], program: Program): Block | null {
  const members = group.map((i) => memberOf(i, program));
  const [first] = members;
  if (first == null || members.some((m) => m === null)) return null;
  const letter = runningStages(first.eq)[0] ?? '';
  const named = members.flatMap((m) => (m === null ? [] : (inLetter(m, letter) ?? [])));
  if (named.length < members.length) return null;
  const ordered = inOrder(named, (m, other) => sameStage(m.equation, other.equation, program.nodes));
  if (ordered.length < named.length) return null;
  const parts = partsOf(ordered);
  const down = looksAhead(ordered, letter, program);
  for (const downwards of [down, !down]) {
    const order = downwards ? [...parts].reverse() : parts;
    if (!inRightOrder(order, downwards, program.nodes)) continue;
    const lines = order.flatMap((part) => partLines(part, letter, downwards, program.env));
    return { equations: group, lines, parts: parts.length };
  }
  return null;
}

/** Whether something is worked out from the stages after it, as errors are: such a loop runs downwards, even where it needn't. */
function looksAhead(members: readonly Member[], letter: string, { equations }: Program): boolean {
  const computed = new Set(equations.map((eq) => eq.lhs.of.name));
  return members.some(({ eq }) =>
    some(eq.rhs, (e) => {
      if (!isSymbolEntry(e) || !computed.has(e.of.name)) return false;
      return e.of.stage.some((form) => mentions(form, letter) && form.constant > 0);
    }),
  );
}

/** Where an equation with one running stage holds; null where that is no range of integers without gaps. */
function memberOf(equation: number, { equations, nodes, sizes }: Program): Member | null {
  const eq = equations[equation];
  const names = eq === undefined ? [] : runningStages(eq);
  const [name] = names;
  if (eq === undefined || name === undefined || names.length > 1) return null;
  const stages = nodes.flatMap((n) => (n.equation === equation ? n.at : []));
  const [from, to] = [Math.min(...stages), Math.max(...stages)];
  if (stages.length !== to - from + 1) return null;
  const { low, high, fixed } = boundsOf(name, eq.where);
  const bound = (list: typeof low, value: number): Bound | null => {
    const found = list.find((b) => integerAt(b.value, sizes, new Map()) === value);
    return found === undefined ? null : { value, form: found.value };
  };
  const lo = bound([...low, ...fixed], from);
  const hi = bound([...high, ...fixed], to);
  return lo === null || hi === null ? null : { equation, eq, lo, hi };
}

/** The member with its stage called `letter`; null where something else has that name. */
function inLetter(m: Member, letter: string): Member | null {
  const [own] = runningStages(m.eq);
  if (own === undefined || own === letter) return m;
  if (m.eq.indices.includes(letter)) return null;
  const eq = moved(m.eq, new Map([[own, index(letter)]]));
  return { ...m, eq: { ...eq, indices: eq.indices.map((name) => (name === own ? letter : name)) } };
}

/** Whether an equation needs another at the same stage. */
const sameStage = (equation: number, other: number, nodes: readonly Node[]): boolean =>
  nodes.some(
    (n) =>
      n.equation === equation &&
      [...n.needs].some((needed) => needed.equation === other && needed.at[0] === n.at[0]),
  );

/** A stretch of stages at which the same equations hold. */
interface Part {
  readonly lo: Bound;
  readonly hi: Bound;
  readonly members: readonly Member[];
}

function partsOf(members: readonly Member[]): Part[] {
  const starts = new Map<number, Affine>();
  for (const { lo, hi } of members) {
    if (!starts.has(lo.value)) starts.set(lo.value, lo.form);
    if (!starts.has(hi.value + 1)) starts.set(hi.value + 1, shift(hi.form, 1));
  }
  const points = [...starts].sort(([a], [b]) => a - b);
  return points.flatMap(([value, form], i) => {
    const next = points[i + 1];
    const active = members.filter((m) => m.lo.value <= value && value <= m.hi.value);
    if (next === undefined || active.length === 0) return [];
    const hi = { value: next[0] - 1, form: shift(next[1], -1) };
    return [{ lo: { value, form }, hi, members: active }];
  });
}

/** Whether the loops, run as they stand, compute everything after what it needs. */
function inRightOrder(parts: readonly Part[], down: boolean, nodes: readonly Node[]): boolean {
  const when = new Map<string, number>();
  const id = (equation: number, stage: number | undefined): string => `${equation} ${stage}`;
  for (const { lo, hi, members } of parts) {
    const count = hi.value - lo.value + 1;
    for (let step = 0; step < count; step++) {
      const stage = down ? hi.value - step : lo.value + step;
      for (const m of members) when.set(id(m.equation, stage), when.size);
    }
  }
  return nodes.every((n) => {
    const own = when.get(id(n.equation, n.at[0]));
    if (own === undefined) return true;
    return [...n.needs].every((needed) => (when.get(id(needed.equation, needed.at[0])) ?? -1) < own);
  });
}

/** A stretch as a loop; without one where it is a single stage beside others. */
function partLines(part: Part, letter: string, down: boolean, env: NumpyEnv): string[] {
  const { lo, hi, members } = part;
  if (lo.value === hi.value && lo.form.key === hi.form.key) {
    const at = new Map([[letter, lo.form]]);
    return members.flatMap((m) => statementLines(moved(m.eq, at), env));
  }
  const range = (down ? rangeDownText : rangeText)(lo.form, hi.form, env);
  return [
    `for ${env.names.index(letter)} in ${range}:`,
    ...indented(members.flatMap((m) => statementLines(m.eq, env))),
  ];
}
