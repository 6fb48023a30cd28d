// The forward and the backward pass of a network as Python: its equations, and those derived from them.

import { gradientName } from '../engine/gradients.ts';
import { integer } from '../expr/affine.ts';
import { type System, sizesAt, type TensorDecl } from '../expr/system.ts';
import type { NotebookWords } from '../lang/notebook-words.ts';
import { neededTensors, type SizeValues } from '../model/needed.ts';
import type { Concrete, Network } from '../model/spec.ts';
import { stageKey } from '../numeric/world.ts';
import type { NumpyEnv } from '../text/numpy-env.ts';
import { indented, isWhole, type NumpyEquation } from '../text/numpy-statement.ts';
import { forwardEquations, neededFor } from './numpy-equations.ts';
import { programLines } from './numpy-loops.ts';
import { integerAt, Missing, type Node, nodesOf } from './numpy-nodes.ts';

/** What a cell's parts are written from. */
export interface Cell {
  readonly network: Network;
  readonly concrete: Concrete;
  readonly system: System;
  readonly env: NumpyEnv;
  readonly comments: NotebookWords['comments'];
}

/** The tensors on left sides, each once, in order. */
const leftTensors = (equations: readonly NumpyEquation[], system: System): TensorDecl[] =>
  [...new Set(equations.map((eq) => eq.lhs.of.name))].flatMap((name) => system.tensors.get(name) ?? []);

/** Empty dictionaries for what has stages, and arrays of zeros for what equations fill part by part. */
function beginLines(equations: readonly NumpyEquation[], nodes: readonly Node[], cell: Cell): string[] {
  const { system, env, concrete } = cell;
  const decls = leftTensors(equations, system);
  const staged = decls.filter((d) => d.stage.length > 0).map((d) => env.names.tensor(d.name));
  const inParts = decls.filter((d) => equations.some((eq) => eq.lhs.of.name === d.name && !isWhole(eq, env)));
  const zeros = inParts.flatMap((d) => {
    const keys = new Set(
      nodes.flatMap((n) => (equations[n.equation]?.lhs.of.name === d.name ? [n.key] : [])),
    );
    return [...keys].map((key) => {
      const stage = key
        .slice(d.name.length + 1, -1)
        .split(',')
        .filter(Boolean)
        .map(Number);
      const at = stage.length === 0 ? '' : `[${stage.join(', ')}]`;
      return `${env.names.tensor(d.name)}${at} = ${zerosAt(d, stage, concrete.sizes)}`;
    });
  });
  return staged.length === 0
    ? zeros
    : [`${staged.join(', ')} = ${staged.map(() => '{}').join(', ')}`, ...zeros];
}

/** np.zeros of the shape that a tensor has at a stage of this network. */
function zerosAt(decl: TensorDecl, stage: readonly number[], sizes: SizeValues): string {
  const shape = sizesAt(decl, stage.map(integer)).map((s) => integerAt(s, sizes, new Map()));
  return `np.zeros(${shape.length === 1 ? shape[0] : `(${shape.join(', ')})`})`;
}

/** `forward()` and its first run. */
export function forwardPass(cell: Cell): string[] {
  const { network, concrete, system, env, comments } = cell;
  const equations = forwardEquations(network.system);
  const nodes = nodesOf(equations, network.system, concrete.sizes);
  const loss = env.names.tensor(network.system.loss);
  const others = leftTensors(equations, system)
    .filter((d) => d.name !== network.system.loss)
    .map((d) => env.names.tensor(d.name));
  const all = others.length === 0 ? `${loss},` : [loss, ...others].join(', ');
  const body = [
    ...beginLines(equations, nodes, cell),
    ...programLines({ equations, nodes, sizes: concrete.sizes, env }),
  ];
  return [
    'def forward():',
    ...indented([`"""${comments.forward}"""`, ...body, `return ${all}`]),
    '',
    '',
    `${all} = forward()`,
    `print(f"${loss} = {${loss}:.6g}")`,
  ];
}

/** The derived equations that the errors and the gradients by the parameters need. */
export function backwardPass(cell: Cell, derived: readonly NumpyEquation[]): string[] {
  const { network, concrete, system, env } = cell;
  const wanted = [...network.system.tensors.values()].flatMap((d) =>
    d.kind === 'parameter' ? [gradientName(d.name)] : d.kind === 'error' ? [d.name] : [],
  );
  const candidates = neededFor(new Set(wanted), derived);
  const computed = new Set(candidates.map((eq) => eq.lhs.of.name));
  // What the forward pass has computed is given here.
  const tensors = new Map(
    [...system.tensors].map(([name, d]) => [name, computed.has(name) ? d : { ...d, kind: 'input' as const }]),
  );
  const nodesIn = (list: readonly NumpyEquation[]): Node[] =>
    nodesOf(list, { ...system, tensors }, concrete.sizes);
  const used = usedBy(nodesIn(candidates), (n) => wanted.includes(candidates[n.equation]?.lhs.of.name ?? ''));
  const equations = candidates.filter((_, i) => used.has(i));
  const nodes = nodesIn(equations);
  for (const { decl, stage } of neededTensors(network.system, concrete.sizes)) {
    const key = stageKey(gradientName(decl.name), stage);
    if (decl.kind === 'parameter' && nodes.every((n) => n.key !== key))
      throw new Missing(gradientName(decl.name), stage);
  }
  return [
    ...beginLines(equations, nodes, cell),
    ...programLines({ equations, nodes, sizes: concrete.sizes, env }),
  ];
}

/** The equations of the wanted nodes, and of all that these need. */
function usedBy(nodes: readonly Node[], wanted: (node: Node) => boolean): Set<number> {
  const found = new Set(nodes.filter(wanted));
  for (const node of found) for (const needed of node.needs) found.add(needed);
  return new Set([...found].map((n) => n.equation));
}
