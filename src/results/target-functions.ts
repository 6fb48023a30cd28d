// Targets that are the derivative of a function: sigmoid', softmax', loss', mse'.

import { functionGoal } from '../engine/goals.ts';
import type { Goal } from '../engine/types.ts';
import { index, integer, ONE } from '../expr/affine.ts';
import { between } from '../expr/condition.ts';
import { UserError } from '../expr/error.ts';
import type { SymbolEntry } from '../expr/expr.ts';
import { adjoint, entry, jacobian } from '../expr/make.ts';
import type { FunctionDef, System } from '../expr/system.ts';
import { functionDef, type ScalarFunction } from '../model/activation.ts';
import { readLossFormula, readScalarFormula } from '../model/formula.ts';
import { buildNetwork } from '../model/network.ts';
import type { Network } from '../model/spec.ts';
import { activationRow, type ScalarActivation, type VectorActivation } from '../tables/activations.ts';
import { lossRow } from '../tables/losses.ts';
import type { Asked } from './asked.ts';
import { rangesOfEntries, someEntry } from './target-ranges.ts';

/** The goal of a target that ends in a prime; null for any other text, or a name that means no function. */
export function functionTarget(network: Network, text: string): Asked | null {
  const name = /^(.+?)\s*(?:'|\u2032)$/.exec(text)?.[1];
  if (name === undefined) return null;
  if (name === 'loss') return lossOf(network, text);
  const own = ownFunction(network, name);
  if (own !== null) return scalar(own, text);
  const row = activationRow(name);
  if (row !== null) return row.kind === 'scalar' ? scalar(alone(row), text) : vector(network, row, text);
  const loss = lossRow(name);
  return loss === null ? null : lossOf(buildNetwork({ loss: loss.name }), text);
}

/** The network's own function of that name: by its letter (sigma, sigma[2]) or by its row. */
function ownFunction(network: Network, name: string): FunctionDef | null {
  const { system, functions } = network;
  const [, letter = name, stage] = /^(\w+)\s*\[\s*(\w+)\s*\]$/.exec(name) ?? [];
  const byLetter = system.functions.filter(
    (f) => f.name === letter && (stage === undefined || f.stage?.key === stage),
  );
  const [first, second] = byLetter;
  if (first !== undefined) {
    if (second !== undefined && stage === undefined) {
      const all = byLetter.map((f) => `${f.name}[${f.stage?.key ?? ''}]'`).join(', ');
      throw new UserError(`${letter}' is another function in each layer; ask for one of ${all}`);
    }
    if (first.body === null)
      throw new UserError(`${name} is an unknown function here; choose one, as in --activation sigmoid`);
    return first;
  }
  const named = functions.find((f) => f.row !== null && f.row === activationRow(name)?.name);
  const at = named?.stages?.[0];
  return (
    system.functions.find(
      (f) => f.name === named?.head && (at === undefined || f.stage?.key === integer(at).key),
    ) ?? null
  );
}

/** A row's function on its own, as sigma. */
function alone(row: ScalarActivation): FunctionDef {
  const f: ScalarFunction = {
    kind: 'scalar',
    id: row.name,
    row: row.name,
    formula: row.formula,
    body: readScalarFormula(row.formula),
    range: row.range,
  };
  return functionDef('sigma', null, f);
}

function scalar(def: FunctionDef, text: string): Asked {
  const { system, goal } = functionGoal(bare([def]), def, text);
  return { system, goal, parts: [{ id: text, target: text, cases: 'all' }] };
}

const bare = (functions: readonly FunctionDef[]): System => ({
  tensors: new Map(),
  equations: [],
  functions,
  loss: 'C',
  sizes: new Map(),
  given: [],
  identities: [],
});

/** da_j/dz_k of a function of whole vectors: in the network where it is the output, else on its own. */
function vector(network: Network, row: VectorActivation, text: string): Asked {
  const part = { id: text, target: text, cases: 'all' as const };
  const own = network.spec.kind === 'layers' && outputIs(network, row.name);
  if (own) {
    const { system } = network;
    const taken = new Set<string>();
    const L = [index('L')];
    const a = someEntry(system, { kind: 'symbol', name: 'a', stage: L }, taken);
    const z = someEntry(system, { kind: 'symbol', name: 'z', stage: L }, taken);
    const goal: Goal = {
      id: text,
      target: text,
      left: jacobian(a, z),
      given: rangesOfEntries(network, system, [a, z], [], text),
    };
    return { system, goal, parts: [part] };
  }
  const [j, k, n] = [index('j'), index('k'), index('n', [index('L')])];
  const at = (name: string, slot: typeof j): SymbolEntry => entry(name, [], [slot]);
  const inRange = [...between(ONE, j, n), ...between(ONE, k, n)];
  const goal: Goal = { id: text, target: text, left: jacobian(at('a', j), at('z', k)), given: inRange };
  return { system: vectorSystem(row), goal, parts: [part] };
}

function vectorSystem(row: VectorActivation): System {
  const [j, n] = [index('j'), index('n', [index('L')])];
  const vectorOf = (name: string, kind: 'input' | 'variable') =>
    [name, { name, stage: [], size: [n], kind }] as const;
  const rhs = readLossFormula(row.formula, ['z']);
  return {
    ...bare([]),
    tensors: new Map([vectorOf('z', 'input'), vectorOf('a', 'variable')]),
    equations: [{ lhs: entry('a', [], [j]), rhs, indices: ['j'], where: between(ONE, j, n) }],
    sizes: new Map([
      ['n', 1],
      ['L', 0],
    ]),
  };
}

function outputIs(network: Network, name: string): boolean {
  const { spec } = network;
  if (spec.kind !== 'layers') return false;
  const last = spec.output ?? (Array.isArray(spec.activation) ? spec.activation.at(-1) : spec.activation);
  return typeof last === 'string' && activationRow(last.trim())?.name === name;
}

/** dC/da_j^L of a network of layers whose loss is known. */
function lossOf(network: Network, text: string): Asked {
  const { system, spec } = network;
  if (spec.kind === 'equations')
    throw new UserError(`${text} belongs to a network of layers; ask for dC/d... of one of its tensors`);
  const known = network.loss !== null || (spec.loss !== null && !/^C\s*\(/.test(spec.loss));
  if (!known) throw new UserError(`the loss is an unknown function here; choose one, as in --loss mse`);
  const a = someEntry(system, { kind: 'symbol', name: 'a', stage: [index('L')] }, new Set());
  const goal: Goal = {
    id: text,
    target: text,
    left: adjoint(a),
    given: rangesOfEntries(network, system, [a], [], text),
  };
  return { system, goal, parts: [{ id: text, target: text, cases: 'all' }] };
}
