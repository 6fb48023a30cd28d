// What names mean to a reader: tensors, functions, sizes, indices.

import { type Affine, bareName, isConstant } from '../expr/affine.ts';
import { elementary } from '../expr/elementary.ts';
import type { SymbolTensor } from '../expr/expr.ts';
import { tensorKey } from '../expr/substitute.ts';
import type { System, TensorDecl } from '../expr/system.ts';
import { visit } from '../expr/walk.ts';

export interface Scope {
  readonly tensors: ReadonlyMap<string, TensorDecl>;
  /** Functions of one variable that the system has besides the elementary ones. */
  readonly functions: ReadonlySet<string>;
  /** Those that differ from stage to stage: sigma[l]. */
  readonly stagedFunctions: ReadonlySet<string>;
  /** Unknown functions of whole tensors: the C of C(a[L]). */
  readonly opaque: ReadonlySet<string>;
  /** What the unknown functions are functions of, where the equations say it in one way. */
  readonly opaqueArgs: ReadonlyMap<string, readonly SymbolTensor[]>;
  /** What the loss is made of, and its stage where it stands at one alone: a at L. */
  readonly outputs: ReadonlyMap<string, Affine>;
  /** Sizes, and how many stages each depends on. */
  readonly sizes: ReadonlyMap<string, number>;
  readonly loss: string;
  /** The free indices; null: any unknown bare name in an index place is one. */
  readonly indices: ReadonlySet<string> | null;
}

/** The names of a system; every bare name in an index place that isn't a size is a free index. */
export function scopeOf(system: System): Scope {
  const opaqueArgs = opaqueArguments(system);
  return {
    tensors: system.tensors,
    functions: new Set(system.functions.map((f) => f.name)),
    stagedFunctions: stagedFunctions(system),
    opaque: new Set([system.loss, `${system.loss}0`, ...opaqueArgs.keys()]),
    opaqueArgs,
    outputs: outputsOf(system),
    sizes: system.sizes,
    loss: system.loss,
    indices: null,
  };
}

const stagedCache = new WeakMap<System, ReadonlySet<string>>();

/** Functions that have a definition for one stage, or stand with a stage in an equation. */
function stagedFunctions(system: System): ReadonlySet<string> {
  const known = stagedCache.get(system);
  if (known !== undefined) return known;
  const found = new Set(system.functions.flatMap((f) => (f.stage === null ? [] : [f.name])));
  for (const eq of system.equations)
    visit(eq.rhs, (e) => {
      if (e.kind === 'call' && e.fn.stage !== null) found.add(e.fn.name);
    });
  stagedCache.set(system, found);
  return found;
}

const argumentCache = new WeakMap<System, ReadonlyMap<string, readonly SymbolTensor[]>>();

const outputCache = new WeakMap<System, ReadonlyMap<string, Affine>>();

/** The tensors with a stage in the equation of the loss, where it is always the same and no sum runs over it. */
function outputsOf(system: System): ReadonlyMap<string, Affine> {
  const known = outputCache.get(system);
  if (known !== undefined) return known;
  const found = new Map<string, Affine>();
  const different = new Set<string>();
  const note = ({ name, stage: [at] }: SymbolTensor): void => {
    if (at === undefined) return;
    if ([...(found.get(name) === undefined ? [] : [found.get(name)?.key])].some((key) => key !== at.key))
      different.add(name);
    if (!isConstant(at) && bareName(at) !== null && !system.sizes.has(bareName(at) ?? ''))
      different.add(name);
    found.set(name, at);
  };
  for (const eq of system.equations) {
    if (eq.lhs.of.name !== system.loss && eq.lhs.of.name !== `${system.loss}0`) continue;
    visit(eq.rhs, (e) => {
      if (e.kind === 'entry' && e.of.kind === 'symbol') note(e.of);
      if (e.kind === 'opaque') e.args.forEach(note);
    });
  }
  for (const name of different) found.delete(name);
  outputCache.set(system, found);
  return found;
}

/** The arguments of each unknown function that the equations use, where they always use the same. */
export function opaqueArguments(system: System): ReadonlyMap<string, readonly SymbolTensor[]> {
  const known = argumentCache.get(system);
  if (known !== undefined) return known;
  const found = new Map<string, readonly SymbolTensor[]>();
  const different = new Set<string>();
  for (const eq of system.equations) {
    visit(eq.rhs, (e) => {
      if (e.kind !== 'opaque') return;
      const before = found.get(e.name);
      if (before !== undefined && !sameArguments(before, e.args)) different.add(e.name);
      found.set(e.name, e.args);
    });
  }
  for (const name of different) found.delete(name);
  argumentCache.set(system, found);
  return found;
}

export const sameArguments = (a: readonly SymbolTensor[], b: readonly SymbolTensor[]): boolean =>
  a.length === b.length && a.every((t, i) => tensorKey(t) === tensorKey(b[i] ?? t));

/** A system that knows the tensors of a scope and no equations: all that shapes need. */
export const shapesOnly = (scope: Scope): System => ({
  tensors: scope.tensors,
  equations: [],
  functions: [],
  loss: scope.loss,
  sizes: scope.sizes,
  given: [],
  identities: [],
});

/** What the syntax itself means by a name with brackets, such as sum(k, ...). */
export const FORMS: ReadonlySet<string> = new Set([
  'sum',
  'ind',
  'kron',
  'norm',
  'diag',
  'tr',
  'ones',
  'eye',
  'partial',
  'size',
]);

/** Functions that every formula may use; sqrt and ln are read as other things. */
export const COMMON_FUNCTIONS: ReadonlySet<string> = new Set([
  ...elementary.map((row) => row.name),
  'max',
  'min',
  'sqrt',
  'ln',
  'pi',
]);

export const isFunctionName = (scope: Scope, name: string): boolean =>
  scope.functions.has(name) || scope.opaque.has(name) || COMMON_FUNCTIONS.has(name) || FORMS.has(name);

/** Whether a name stands for a tensor or a size. */
export const isDeclared = (scope: Scope, name: string): boolean =>
  scope.tensors.has(name) || scope.sizes.has(name);
