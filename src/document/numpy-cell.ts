// One cell of Python that checks a network's gradients: its numbers, the forward pass, the derived equations, differences.

import { gradientName, gradientSystem } from '../engine/gradients.ts';
import type { Result } from '../engine/types.ts';
import { DerivationError, UserError } from '../expr/error.ts';
import type { System, TensorDecl } from '../expr/system.ts';
import { allNames } from '../expr/walk.ts';
import type { NotebookWords } from '../lang/notebook-words.ts';
import { neededTensors } from '../model/needed.ts';
import type { Concrete, Network } from '../model/spec.ts';
import { stageKey } from '../numeric/world.ts';
import { deriveTargets } from '../results/derivation.ts';
import { gradientTargets } from '../results/evaluation.ts';
import type { Notation } from '../tables/notations.ts';
import { HELPERS } from '../text/numpy-call.ts';
import type { NumpyEnv } from '../text/numpy-env.ts';
import { numpyExpr } from '../text/numpy-expr.ts';
import { numpyNames } from '../text/numpy-names.ts';
import { either, unprintable } from '../text/numpy-piece.ts';
import type { NumpyEquation } from '../text/numpy-statement.ts';
import { numpyTensor } from '../text/numpy-tensor.ts';
import { checkCalls, checkFunction } from './numpy-check.ts';
import { derivedEquations } from './numpy-equations.ts';
import { functionLines } from './numpy-functions.ts';
import { Missing } from './numpy-nodes.ts';
import { backwardPass, type Cell, forwardPass } from './numpy-passes.ts';
import { sizeLines, tensorLines } from './numpy-values.ts';

/** What a cell is written with. */
export interface CellOptions {
  readonly notation: Notation;
  readonly comments: NotebookWords['comments'];
  /** Whether every difference is asserted to be small: not where a function has a kink. */
  readonly asserts: boolean;
}

/** The cell's Python. The network has numbers. Throws `Unprintable` where an equation has no form in NumPy. */
export function numpyCell(network: Network, concrete: Concrete, o: CellOptions): string {
  let results = gradientResults(network);
  // Each round answers one tensor at one stage that the statements so far leave open.
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const text = cellOr(network, concrete, results, o);
    if (typeof text === 'string') return text;
    results = [...results, ...openResults(network, text)];
  }
  return unprintable('a network with so many cases');
}

const MOST_ROUNDS = 20;

/** The cell that these results make, or what they leave open. */
function cellOr(
  network: Network,
  concrete: Concrete,
  results: readonly Result[],
  o: CellOptions,
): string | Missing {
  const system = gradientSystem(network.system, results);
  const used = new Set<string>();
  const env = envOf(network, system, results, o.notation, used);
  const cell = { network, concrete, system, env, comments: o.comments };
  const write = (choice: 'shortest' | 'special'): string => {
    used.clear();
    return cellText(cell, derivedEquations(results, env, choice), used, o.asserts);
  };
  try {
    return either(
      () => write('shortest'),
      () => write('special'),
    );
  } catch (error) {
    if (error instanceof Missing) return error;
    throw error;
  }
}

/**
 * The statements for every error and gradient, and for the derivative by the output that they may start from. That one is
 * asked for apart: beside the others it would be a quantity that their chain rule goes through.
 */
function gradientResults(network: Network): Result[] {
  const wanted = [gradientTargets(network), ...(network.spec.kind === 'layers' ? [["loss'"]] : [])];
  return wanted.flatMap((targets) => resultsFor(network, targets));
}

/** Replayed, and evaluated once: the cell itself is a check on more. */
const VERIFY = { count: 1 };

/** Throws `Unprintable` where the network has no such derivative, or where it can't be derived. */
function resultsFor(network: Network, targets: readonly string[]): Result[] {
  try {
    return deriveTargets(network, { targets, verify: VERIFY }).results.filter(
      (r) => r.system === network.system,
    );
  } catch (error) {
    if (error instanceof UserError || error instanceof DerivationError)
      return unprintable(targets.join(', '));
    throw error;
  }
}

/** The statement for a tensor at a stage outside the ranges over which it was asked for: a[2] beside a[l], 3 <= l <= L. */
function openResults(network: Network, { tensor, stage }: Missing): Result[] {
  const of = [...network.system.tensors.keys()].find((name) => gradientName(name) === tensor);
  return resultsFor(network, [stageKey(of === undefined ? tensor : `dC/d${of}`, stage)]);
}

function envOf(
  network: Network,
  system: System,
  results: readonly Result[],
  notation: Notation,
  used: Set<string>,
): NumpyEnv {
  const derivations = results.flatMap((r) =>
    r.cases.flatMap((c) => (c.special === null ? [c.derivation] : [c.derivation, c.special.derivation])),
  );
  const sides = [
    ...network.system.equations.flatMap((eq) => [eq.lhs, eq.rhs]),
    ...derivations.flatMap((d) => [d.left, d.right]),
  ];
  const indices = new Set([
    ...sides.flatMap((e) => [...allNames(e)]),
    ...[...network.system.tensors.values()].flatMap((d) => d.stage),
  ]);
  for (const name of system.sizes.keys()) indices.delete(name);
  return {
    system,
    names: numpyNames(network.system, notation, indices, gradientName),
    axes: [],
    uses: (what, name) => used.add(`${what} ${name}`),
    expr: numpyExpr,
    tensor: numpyTensor,
  };
}

function cellText(
  cell: Cell,
  derived: readonly NumpyEquation[],
  used: ReadonlySet<string>,
  asserts: boolean,
): string {
  const { network, concrete, env, comments } = cell;
  const needed = neededTensors(network.system, concrete.sizes);
  const forward = forwardPass(cell);
  const backward = backwardPass(cell, derived);
  const usedNames = (what: string): Set<string> =>
    new Set([...used].flatMap((u) => (u.startsWith(`${what} `) ? [u.slice(what.length + 1)] : [])));
  const functions = functionLines(network, env, usedNames('function'));
  const helpers = [...HELPERS].flatMap(([name, lines]) => (usedNames('function').has(name) ? lines : []));
  const sizes = [...usedNames('size')].flatMap((name) =>
    sizeLines(name, env.names.size(name), concrete.sizes),
  );
  const given = (kind: TensorDecl['kind']): string[] => {
    const names = [...new Set(needed.flatMap((n) => (n.decl.kind === kind ? [n.decl.name] : [])))];
    return names.flatMap((name) =>
      tensorLines(
        env.names.tensor(name),
        needed.filter((n) => n.decl.name === name),
        concrete.values,
      ),
    );
  };
  const blocks = [
    ['import numpy as np'],
    helpers,
    titled(comments.sizes, sizes),
    titled(comments.inputs, given('input')),
    titled(comments.parameters, given('parameter')),
    titled(comments.functions, functions),
    forward,
    titled(comments.backward, backward),
    [...checkFunction(cell, asserts), '', '', ...checkCalls(cell, needed)],
  ];
  return joined(blocks);
}

/** Blocks with a blank line between them, two around functions as Python's style wants. */
const joined = (blocks: readonly (readonly string[])[]): string =>
  blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n').trimEnd())
    .reduce((text, block) => {
      const wide = /^(# .*\n)?def /.test(block) || /\n {4}return [^\n]*$/.test(text);
      return `${text}${wide ? '\n\n\n' : '\n\n'}${block}`;
    });

const titled = (comment: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : [`# ${comment}`, ...lines];
