// The world of a concrete network: its numbers, and its functions where their formula would overflow.

import { evaluateAffine } from '../expr/affine.ts';
import { UserError } from '../expr/error.ts';
import type { FunctionDef } from '../expr/system.ts';
import type { FunctionWithBody } from '../numeric/callee.ts';
import { stableFunction } from '../numeric/stable.ts';
import { type ScalarFunction, stageKey, type World } from '../numeric/world.ts';
import { activationRow } from '../tables/activations.ts';
import type { Concrete, NamedFunction, Network } from './spec.ts';

/** The network's numbers as a world. Throws where it has none: widths or functions are unknown. */
export function worldOf(network: Network): World {
  const { system, concrete } = network;
  if (concrete === null) throw new UserError(`${network.title} has no numbers`);
  const { sizes, values } = concrete;
  const functions = new Map<string, ScalarFunction>();
  const world: World = { system, sizes, values, functions: new Map(), losses: new Map(), source: null };
  for (const def of system.functions) {
    const stage = def.stage === null ? null : stageOf(def.stage, concrete);
    const named = network.functions.find((f) => f.head === def.name && isAt(f, stage));
    const row = named?.row == null ? null : activationRow(named.row);
    if (row?.kind !== 'scalar' || row.value === undefined || !hasBody(def)) continue;
    const head = stage === null ? def.name : stageKey(def.name, [stage]);
    functions.set(head, stableFunction(world, def, row.value));
  }
  return { ...world, functions };
}

const hasBody = (def: FunctionDef): def is FunctionWithBody => def.body !== null;

const isAt = (f: NamedFunction, stage: number | null): boolean =>
  f.stages === null || stage === null || f.stages.includes(stage);

const stageOf = (stage: NonNullable<FunctionDef['stage']>, { sizes }: Concrete): number =>
  evaluateAffine(stage, (name, at) => sizes.get(stageKey(name, at)) ?? Number.NaN);
