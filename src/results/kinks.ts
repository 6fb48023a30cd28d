// Entries of a network that lie exactly where a function has a kink: the derivative there is a choice.

import { integer } from '../expr/affine.ts';
import { isSymbolEntry, symbol } from '../expr/make.ts';
import { type System, tensorDecl } from '../expr/system.ts';
import { visit } from '../expr/walk.ts';
import type { NamedFunction, Network } from '../model/spec.ts';
import { stagesOf } from '../model/stages.ts';
import { evaluateTensor } from '../numeric/evaluate.ts';
import { stageKey, type World } from '../numeric/world.ts';
import { activationRow } from '../tables/activations.ts';

/** `z[2][1]` for each entry at a kink of the function that is taken of it. */
export function kinksOf(network: Network, world: World): string[] {
  return network.functions.flatMap((f) => {
    const row = f.row === null ? null : activationRow(f.row);
    if (row?.kind !== 'scalar' || row.kinks.length === 0) return [];
    return argumentsOf(network.system, f).flatMap((name) =>
      entriesAt(name, f, row.kinks, network.system, world),
    );
  });
}

/** The tensors whose entries a function is taken of. */
function argumentsOf(system: System, f: NamedFunction): string[] {
  const found = new Set<string>();
  for (const eq of system.equations) {
    visit(eq.rhs, (e) => {
      const [argument] = e.kind === 'call' && e.fn.name === f.head ? e.args : [];
      if (argument !== undefined && isSymbolEntry(argument)) found.add(argument.of.name);
    });
  }
  return [...found];
}

function entriesAt(
  name: string,
  f: NamedFunction,
  kinks: readonly number[],
  system: System,
  world: World,
): string[] {
  const decl = tensorDecl(system, name);
  return stagesOf(system, decl, world, false)
    .filter((stage) => f.stages === null || f.stages.includes(stage[0] ?? 0))
    .flatMap((stage) => {
      const { shape, entries } = evaluateTensor(symbol(name, stage.map(integer)), world);
      return [...entries].flatMap((v, at) =>
        kinks.includes(v) ? [`${stageKey(name, stage)}[${slots(at, shape)}]`] : [],
      );
    });
}

function slots(offset: number, shape: readonly number[]): string {
  const found: number[] = [];
  let rest = offset;
  for (const size of [...shape].reverse()) {
    found.unshift((rest % size) + 1);
    rest = Math.floor(rest / size);
  }
  return found.join();
}
