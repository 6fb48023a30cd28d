// A spec of equations -> a checked network: declarations, equations as they are written, checks, numbers.

import { type Affine, collectNames, index, ONE } from '../expr/affine.ts';
import { atMost, type Condition } from '../expr/condition.ts';
import { entry } from '../expr/make.ts';
import type { Equation, FunctionDef, System, TensorDecl } from '../expr/system.ts';
import { visit } from '../expr/walk.ts';
import { stageKey } from '../numeric/world.ts';
import { suggestion } from '../text/nearest.ts';
import { functionDef, named, readActivation, type ScalarFunction } from './activation.ts';
import { readAffine } from './affine-text.ts';
import { systemProblem } from './check.ts';
import { type ReadProblem, tryReadConditions, tryReadEquation, tryReadExpr } from './formula.ts';
import { missingSizes, type SizeValues } from './needed.ts';
import type {
  BuildOptions,
  Concrete,
  EquationsSpec,
  Network,
  SpecPath,
  SpecSource,
  TensorSpec,
} from './spec.ts';
import { concreteValues } from './values.ts';

const LOSS = 'C';

/** Builds a network of equations. Throws at the first thing that is wrong. */
export function equationsNetwork(spec: EquationsSpec, options: BuildOptions, source: SpecSource): Network {
  const functions = functionsOf(spec, options, source);
  const tensors = new Map([...spec.tensors].map(([name, t]) => [name, declare(name, t, source)] as const));
  const declared: System = {
    tensors: withLoss(tensors, source),
    equations: [],
    functions: [...functions].map(([name, f]) => functionDef(name, null, f)),
    loss: LOSS,
    sizes: sizesOf(spec, tensors, functions),
    given: [],
    identities: [],
  };
  const assuming: System = { ...declared, given: givenOf(spec, declared, source) };
  const equations = spec.equations.map((text, i) =>
    read(tryReadEquation(text, assuming), ['equations', i], source),
  );
  const system: System = { ...assuming, equations: [...equations, lossEquation(spec, assuming, source)] };
  check(system, spec, source);
  return {
    title: spec.title || 'a network given by its equations',
    spec,
    system,
    concrete: numbers(system, spec, options, source),
    functions: [...functions].map(([name, f]) => named(name, null, f)),
    loss: null,
    conventions: null,
    notes: [],
    targets: spec.targets,
    source,
  };
}

function read<T extends object>(result: T | ReadProblem, path: SpecPath, source: SpecSource): T {
  if (!('column' in result)) return result;
  throw source.error(path, result.message, { column: result.column });
}

function functionsOf(
  spec: EquationsSpec,
  options: BuildOptions,
  source: SpecSource,
): Map<string, ScalarFunction | null> {
  const functions = new Map<string, ScalarFunction | null>();
  for (const [name, text] of spec.functions) {
    const path = ['functions', name];
    const f = text === null ? null : readActivation(text, path, source, options.parseFormula);
    if (f?.kind === 'vector')
      throw source.error(path, `${f.id} is no function of one variable; write its equation`);
    functions.set(name, f);
  }
  return functions;
}

function declare(name: string, t: TensorSpec, source: SpecSource): TensorDecl {
  const size = t.size.map((text, i) => {
    const form = readAffine(text);
    if (form !== null) return form;
    throw source.error(['tensors', name, 'size', i], `"${text}" is no size; write n, n[l-1] or 3`);
  });
  return t.of === null
    ? { name, stage: t.stage, size, kind: t.kind }
    : { name, stage: t.stage, size, kind: t.kind, of: t.of };
}

function withLoss(tensors: ReadonlyMap<string, TensorDecl>, source: SpecSource): Map<string, TensorDecl> {
  if (tensors.has(LOSS))
    throw source.error(['tensors', LOSS], `${LOSS} is the loss; give it under "loss"`, { onKey: true });
  for (const decl of tensors.values()) {
    if (decl.of === undefined || tensors.has(decl.of)) continue;
    throw source.error(
      ['tensors', decl.name, 'of'],
      `unknown tensor "${decl.of}"${suggestion(decl.of, tensors.keys())}`,
    );
  }
  return new Map([...tensors, [LOSS, { name: LOSS, stage: [], size: [], kind: 'variable' }]]);
}

/** Sizes are what stands in the sizes of tensors, what has a number, and every other name with a capital (L, T). */
function sizesOf(
  spec: EquationsSpec,
  tensors: ReadonlyMap<string, TensorDecl>,
  functions: ReadonlyMap<string, unknown>,
): Map<string, number> {
  const sizes = new Map<string, number>();
  for (const decl of tensors.values()) for (const form of decl.size) noteSizes(form, decl.stage, sizes);
  for (const [name, value] of spec.sizes)
    if (!sizes.has(name)) sizes.set(name, typeof value === 'number' ? 0 : 1);
  for (const text of [...spec.equations, ...spec.assume, spec.loss]) {
    for (const [, name = ''] of text.matchAll(/(?<![A-Za-z0-9_])([A-Z][A-Za-z0-9_]*)(?!\s*\()/g)) {
      const taken = sizes.has(name) || tensors.has(name) || functions.has(name) || name === LOSS;
      if (!taken) sizes.set(name, 0);
    }
  }
  return sizes;
}

function noteSizes(form: Affine, letters: readonly string[], sizes: Map<string, number>): void {
  for (const { symbol } of form.terms) {
    if (!letters.includes(symbol.name)) sizes.set(symbol.name, symbol.at.length);
    for (const at of symbol.at) {
      const names = new Set<string>();
      collectNames(at, names);
      for (const name of names) if (!letters.includes(name)) sizes.set(name, 0);
    }
  }
}

/** Every size without a stage is at least 1, and what the file assumes. */
function givenOf(spec: EquationsSpec, declared: System, source: SpecSource): Condition[] {
  const positive = [...declared.sizes]
    .filter(([, stages]) => stages === 0)
    .map(([name]) => atMost(ONE, index(name)));
  const assumed = spec.assume.flatMap((text, i) => [
    ...read(tryReadConditions(text, declared), ['assume', i], source),
  ]);
  return [...positive, ...assumed];
}

function lossEquation(spec: EquationsSpec, system: System, source: SpecSource): Equation {
  const rhs = read(tryReadExpr(spec.loss, system), ['loss'], source);
  return { lhs: entry(LOSS, [], []), rhs, indices: [], where: [] };
}

function check(system: System, spec: EquationsSpec, source: SpecSource): void {
  const problem = systemProblem(system);
  if (problem === null) return;
  const { equation, tensor, message } = problem;
  if (equation === null)
    throw source.error(tensor === undefined ? [] : ['tensors', tensor], message, { onKey: true });
  throw source.error(equation < spec.equations.length ? ['equations', equation] : ['loss'], message);
}

/** Numbers where the file gives sizes and no function is unknown; null where it gives none. */
function numbers(
  system: System,
  spec: EquationsSpec,
  options: BuildOptions,
  source: SpecSource,
): Concrete | null {
  if (options.numbers === false || (spec.sizes.size === 0 && spec.values === null)) return null;
  const sizes = sizeValues(system, spec, source);
  const [missing] = missingSizes(system, sizes);
  if (missing !== undefined)
    throw source.error(['sizes'], `for numbers, sizes must give ${missing} too`, { onKey: true });
  const unknown = unknownFunction(system);
  if (unknown !== null) {
    throw source.error(
      ['functions'],
      `for numbers, ${unknown} must be known: give it an activation or a formula`,
      { onKey: true },
    );
  }
  return concreteValues(spec.values, options.seed, {
    system,
    sizes,
    widths: null,
    source,
    who: 'the sizes want',
    large: ['sizes'],
    wanted: 'real',
    outputRange: null,
    sampleSlot: null,
  });
}

function sizeValues(system: System, spec: EquationsSpec, source: SpecSource): SizeValues {
  const sizes = new Map<string, number>();
  for (const [name, value] of spec.sizes) {
    const stages = system.sizes.get(name);
    const staged = stages !== undefined && stages > 0;
    if (staged !== (typeof value !== 'number')) {
      const wants = staged ? `a list: ${name}[1], ${name}[2], ...` : 'one number';
      throw source.error(['sizes', name], `the size ${name} wants ${wants}`);
    }
    if (typeof value === 'number') sizes.set(name, value);
    else for (const [i, one] of value.entries()) sizes.set(stageKey(name, [i + 1]), one);
  }
  return sizes;
}

/** A function, or a loss, of which only the name is known. */
function unknownFunction(system: System): string | null {
  const known = new Map<string, FunctionDef>(system.functions.map((f) => [f.name, f]));
  let unknown: string | null = null;
  for (const eq of system.equations) {
    visit(eq.rhs, (e) => {
      if (e.kind === 'opaque') unknown ??= e.name;
      if (e.kind === 'call' && known.get(e.fn.name)?.body === null) unknown ??= e.fn.name;
    });
  }
  return unknown;
}
