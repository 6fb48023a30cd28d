// What people ask for (bp2, dC/dw[l], sigmoid', loss') -> goals of the engine, with their free indices and ranges.

import type { Goal } from '../engine/types.ts';
import type { Condition } from '../expr/condition.ts';
import { UserError } from '../expr/error.ts';
import type { Expr, SymbolEntry, Tensor } from '../expr/expr.ts';
import { adjoint, isSymbolEntry, jacobian } from '../expr/make.ts';
import { type System, tensorDecl } from '../expr/system.ts';
import type { Network } from '../model/spec.ts';
import { activationNames } from '../tables/activations.ts';
import { lossNames } from '../tables/losses.ts';
import { suggestion } from '../text/nearest.ts';
import { isTensor, readConditions, readFormula } from '../text/read.ts';
import { ReadError } from '../text/read-error.ts';
import type { Asked, AskedPart } from './asked.ts';
import { functionTarget } from './target-functions.ts';
import { atOwnStages, rangesOfEntries, someEntry } from './target-ranges.ts';

/** A target, or an entry to go through, that can't be read: `target:1:5: unknown tensor "q"`. */
export class TargetError extends UserError {
  readonly what: 'target' | 'via';
  readonly sentence: string;
  readonly column: number;
  constructor(what: 'target' | 'via', error: ReadError) {
    super(`${what}:${error.line}:${error.column}: ${error.sentence}`);
    this.what = what;
    this.sentence = error.sentence;
    this.column = error.column;
  }
}

const BP = ['bp1', 'bp2', 'bp3', 'bp4'] as const;
type Bp = (typeof BP)[number];
const isBp = (text: string): text is Bp => BP.some((name) => name === text);

/** What is asked of a network when nothing is said: BP1 to BP4, the file's own targets, or every error and gradient. */
export function defaultTargets(network: Network): readonly string[] {
  if (network.spec.kind === 'layers') return BP;
  if (network.targets.length > 0) return network.targets;
  const decls = [...network.system.tensors.values()];
  const errors = decls.filter((d) => d.kind === 'error').map((d) => plainEntry(network.system, d.name));
  const gradients = decls.filter((d) => d.kind === 'parameter');
  return [...errors, ...gradients.map((d) => `dC/d${plainEntry(network.system, d.name)}`)];
}

/** `w[l][j,k]`: an entry of a tensor at the letters its equations use. */
function plainEntry(system: System, name: string): string {
  const e = someEntry(system, atOwnStages(tensorDecl(system, name)), new Set());
  const bracket = (list: readonly { readonly key: string }[]): string =>
    list.length === 0 ? '' : `[${list.map((s) => s.key).join(',')}]`;
  return name + bracket(e.of.stage) + bracket(e.slots);
}

/** The goals of some targets, in order; those that are parts of one goal come together. Throws at a target that doesn't exist. */
export function askedOf(network: Network, targets: readonly string[], via: readonly string[] = []): Asked[] {
  const through = via.map((text) => viaEntry(network.system, text));
  const found = new Map<string, Asked>();
  for (const [i, text] of targets.entries()) {
    const asked = placed(network, targets, i, () => askedFor(network, text.trim(), through));
    const key = asked.goal.id;
    const same = found.get(key);
    found.set(key, same === undefined ? asked : { ...same, parts: withPart(same.parts, asked.parts) });
  }
  return [...found.values()];
}

/** A target that stands in the network's file is said to be wrong where it stands. */
function placed<T>(network: Network, targets: readonly string[], at: number, ask: () => T): T {
  try {
    return ask();
  } catch (error) {
    if (!(error instanceof UserError) || targets !== network.targets) throw error;
    if (!(error instanceof TargetError)) throw network.source.error(['targets', at], error.message);
    throw network.source.error(['targets', at], error.sentence, { column: error.column });
  }
}

const withPart = (parts: readonly AskedPart[], more: readonly AskedPart[]): AskedPart[] => [
  ...parts,
  ...more.filter((m) => parts.every((p) => p.id !== m.id)),
];

function askedFor(network: Network, text: string, via: readonly SymbolEntry[]): Asked {
  const { system } = network;
  if (isBp(text)) return backpropagation(network, text, via);
  const named = functionTarget(network, text);
  if (named !== null) return named;
  const [formula = '', lead = ''] = /^(.*?)(\s+for\s+|$)/.exec(text)?.slice(1) ?? [];
  // Blanks in place of the formula keep the columns of an error right.
  const blank = ' '.repeat(formula.length + lead.length);
  const said = lead === '' ? [] : reading(() => readConditions(blank + text.slice(blank.length), system));
  return goalFor(
    network,
    derivative(system, formula, text),
    said,
    { id: text, target: text, cases: 'all' },
    via,
  );
}

function goalFor(
  network: Network,
  left: Expr,
  said: readonly Condition[],
  part: AskedPart,
  via: readonly SymbolEntry[],
): Asked {
  const { system } = network;
  const given = rangesOfEntries(network, system, entriesIn(left), said, part.target);
  const goal: Goal = { id: part.id, target: part.target, left, given, ...(via.length === 0 ? {} : { via }) };
  return { goal, system, parts: [part] };
}

/** The entries whose indices are a goal's free ones. */
function entriesIn(left: Expr): SymbolEntry[] {
  if (left.kind === 'adjoint') return [left.by];
  if (left.kind === 'jacobian') return [left.of, left.by];
  return isSymbolEntry(left) ? [left] : [];
}

/** BP1 and BP2 are two cases of one goal, the error; BP3 and BP4 the gradients by bias and weight. */
function backpropagation(network: Network, name: Bp, via: readonly SymbolEntry[]): Asked {
  const { system, spec } = network;
  if (spec.kind === 'equations') {
    throw new UserError(
      `${name} belongs to a network of layers; here there is ${defaultTargets(network).join(', ')}`,
    );
  }
  const of = (tensor: string): SymbolEntry =>
    someEntry(system, atOwnStages(tensorDecl(system, tensor)), new Set());
  const error = [...system.tensors.values()].find((d) => d.kind === 'error');
  const target = name === 'bp3' ? 'b' : name === 'bp4' ? 'w' : 'z';
  const left = target === 'z' && error !== undefined ? of(error.name) : adjoint(of(target));
  const cases = name === 'bp1' ? 'last' : name === 'bp2' ? 'others' : 'all';
  const asked = goalFor(network, left, [], { id: name, target: name, cases }, via);
  return cases === 'all' ? asked : { ...asked, goal: { ...asked.goal, id: 'error', target: 'error' } };
}

/** A text as a derivative of entries: letters for what it leaves out. */
function derivative(system: System, formula: string, text: string): Expr {
  const whole = /^dC\s*\/\s*d\s*([A-Za-z]\w*)$/.exec(formula.trim())?.[1];
  const decl = whole === undefined ? undefined : system.tensors.get(whole);
  if (decl !== undefined && decl.kind !== 'error')
    return adjoint(someEntry(system, atOwnStages(decl), new Set()));
  const error = system.tensors.get(formula.trim());
  if (error?.kind === 'error') return someEntry(system, atOwnStages(error), new Set());
  if (/^[A-Za-z][\w-]*'?$/.test(formula.trim())) throw unknownTarget(system, text);
  const read = reading(() => readFormula(formula, system));
  const left = isTensor(read) ? entriesOf(system, read) : read;
  if (left === null || !isGoal(system, left)) {
    throw new UserError(
      `${text} is not a derivative that can be asked for; write dC/dw[l], da[L]/dz[L] or the like`,
    );
  }
  return left;
}

/** A derivative tensor, or an error, entry by entry; null for any other tensor. */
function entriesOf(system: System, t: Tensor): Expr | null {
  const taken = new Set<string>();
  if (t.kind === 'symbol') return someEntry(system, t, taken);
  if (t.kind !== 'derivative') return null;
  if (t.what === 'adjoint') return adjoint(someEntry(system, t.by, taken));
  if (t.what !== 'jacobian' || t.of === null) return null;
  const of = someEntry(system, t.of, taken);
  return jacobian(of, someEntry(system, t.by, taken), t.cut);
}

function isGoal(system: System, e: Expr): boolean {
  if (e.kind === 'adjoint' || e.kind === 'jacobian') return true;
  return isSymbolEntry(e) && system.tensors.get(e.of.name)?.kind === 'error';
}

/** Reads; where it can't, says where in the target. */
function reading<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof ReadError) throw new TargetError('target', error);
    throw error;
  }
}

function unknownTarget(system: System, text: string): UserError {
  const gradients = [...system.tensors.values()].filter((d) => d.kind === 'parameter' || d.kind === 'input');
  const names = [
    ...BP,
    ...activationNames.map((name) => `${name}'`),
    ...lossNames.map((name) => `${name}'`),
    "loss'",
    ...gradients.map((d) => `dC/d${d.name}`),
  ];
  const near = suggestion(text, names);
  return new UserError(
    `unknown target "${text}"${near === '' ? "; try bp2, dC/dw[l], sigmoid' or loss'" : near}`,
  );
}

/** `z[l+1]` or `z[l+1][k]` as an entry to go through. */
function viaEntry(system: System, text: string): SymbolEntry {
  let read: Expr | Tensor;
  try {
    read = readFormula(text, system);
  } catch (error) {
    if (error instanceof ReadError) throw new TargetError('via', error);
    throw error;
  }
  if (isTensor(read)) {
    if (read.kind === 'symbol') return someEntry(system, read, new Set());
  } else if (isSymbolEntry(read)) return read;
  throw new UserError(`--via "${text}" is no entry to go through; write z[l+1] or a[L]`);
}
