// The network's functions of one variable as Python functions, and the derivatives that were derived for them.

import { evaluateAffine } from '../expr/affine.ts';
import type { Expr } from '../expr/expr.ts';
import type { FunctionDef, System } from '../expr/system.ts';
import { some } from '../expr/walk.ts';
import type { Network } from '../model/spec.ts';
import { stageKey } from '../numeric/world.ts';
import { deriveTargets } from '../results/derivation.ts';
import type { NumpyEnv } from '../text/numpy-env.ts';
import { unprintable } from '../text/numpy-piece.ts';
import { indented } from '../text/numpy-statement.ts';

/** A definition at the layer it is for; null: for all. */
interface Placed {
  readonly def: FunctionDef;
  readonly stage: number | null;
}

/** `def sigma(z): ...` for every function of the network, `def sigma_prime(z): ...` where `uses` says that it is used. */
export function functionLines(network: Network, env: NumpyEnv, uses: ReadonlySet<string>): string[] {
  const heads = [...new Set(network.system.functions.map((f) => f.name))];
  return heads.flatMap((head) => {
    const placed = placedOf(network, head);
    const orders = [0, 1].filter((order) => uses.has(head + "'".repeat(order)));
    const most = orders.at(-1) ?? -1;
    // The derivative may be told by the function itself.
    return [0, 1].filter((order) => order <= most).flatMap((order) => linesOf(placed, order, network, env));
  });
}

function placedOf({ system, concrete }: Network, head: string): Placed[] {
  const found = new Map<number | null, Placed>();
  for (const def of system.functions) {
    if (def.name !== head) continue;
    const sizes = concrete?.sizes ?? new Map<string, number>();
    const stage =
      def.stage === null
        ? null
        : evaluateAffine(def.stage, (name, at) => sizes.get(stageKey(name, at)) ?? Number.NaN);
    if (!found.has(stage)) found.set(stage, { def, stage });
  }
  return [...found.values()];
}

function linesOf(placed: readonly Placed[], order: number, network: Network, env: NumpyEnv): string[] {
  const [first] = placed;
  if (first === undefined) return [];
  const name = env.names.fn(first.def.name, order);
  const called = (p: Placed): string => (p.stage === null ? name : `${name}_${p.stage}`);
  const defs = placed.flatMap((p) => defLines(called(p), p.def, order, network, env));
  if (first.stage === null) return defs;
  const items = placed.map((p) => `${p.stage}: ${called(p)}`);
  return [...defs, `${name} = {${items.join(', ')}}`, '', ''];
}

function defLines(
  called: string,
  def: FunctionDef,
  order: number,
  network: Network,
  env: NumpyEnv,
): string[] {
  const { system, body } =
    order === 0 ? { system: alone(def, network.system), body: def.body } : slope(def, network);
  if (body === null) return unprintable(`the unknown function ${def.name}`);
  const names = { ...env.names, tensor: (name: string) => name };
  const { text } = env.expr(body, { ...env, system, names, axes: [] });
  const varies = some(body, (e) => e.kind === 'entry');
  const value = varies ? text : `np.full(np.shape(${def.param}), ${text})`;
  return [`def ${called}(${def.param}):`, ...indented([`return ${value}`]), '', ''];
}

/** A system in which a function's variable is a scalar. */
const alone = (def: FunctionDef, system: System): System => ({
  ...system,
  tensors: new Map([[def.param, { name: def.param, stage: [], size: [], kind: 'input' as const }]]),
});

/** The derivative as it was derived and proved. */
function slope(def: FunctionDef, network: Network): { readonly system: System; readonly body: Expr | null } {
  const at = def.stage === null ? '' : `[${def.stage.key}]`;
  const { results } = deriveTargets(network, { targets: [`${def.name}${at}'`] });
  const [only, second] = results.flatMap((r) => r.cases.map((c) => ({ r, c })));
  if (only === undefined || second !== undefined) return unprintable(`the derivative of ${def.name}`);
  const { derivation } = only.c;
  return { system: { ...alone(def, network.system) }, body: derivation.right };
}
