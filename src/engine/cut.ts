// Which entries the chain rule goes through: those the question names, else the nearest errors and targets, else the consumers.

import { both, type Condition } from '../expr/condition.ts';
import { DerivationError } from '../expr/error.ts';
import type { CutMember, SymbolEntry } from '../expr/expr.ts';
import type { System } from '../expr/system.ts';
import { cutMembers, memberOf } from '../rules/chain.ts';
import { consumerNames, inCut, isLoss, walkForward } from '../rules/dependence.ts';
import { rootContext } from './context.ts';

/** Whether every path forward from `name` comes to a named tensor or ends, without a loop among unnamed ones. */
function pathsEnd(system: System, name: string, named: ReadonlySet<string>): boolean {
  const next = consumerNames(system);
  const walk = (here: string, path: ReadonlySet<string>): boolean =>
    [...(next.get(here) ?? [])].every(
      (c) => named.has(c) || (!path.has(c) && walk(c, new Set([...path, c]))),
    );
  return walk(name, new Set([name]));
}

/** The tensors whose adjoints have a name (errors) or are asked for. */
export function namedTensors(system: System, targets: readonly SymbolEntry[]): Set<string> {
  const named = new Set<string>();
  for (const decl of system.tensors.values())
    if (decl.kind === 'error' && decl.of !== undefined) named.add(decl.of);
  for (const t of targets) {
    const kind = system.tensors.get(t.of.name)?.kind;
    if (kind === 'variable' && t.of.name !== system.loss) named.add(t.of.name);
  }
  return named;
}

/** The cut for dC/dv: null means its consumers. */
export function chooseCut(
  system: System,
  v: SymbolEntry,
  given: readonly Condition[],
  via: readonly SymbolEntry[] | undefined,
  named: ReadonlySet<string>,
): readonly CutMember[] | null {
  const wanted: CutMember[] | null =
    via !== undefined
      ? via.map((e) => ({ name: e.of.name, stage: e.of.stage }))
      : pathsEnd(system, v.of.name, named)
        ? [...named].map((name) => ({ name, stage: (system.tensors.get(name)?.stage ?? []).map(() => null) }))
        : null;
  if (wanted === null) return null;
  const usable =
    via === undefined ? wanted.filter((m) => m.name !== v.of.name || m.stage.length > 0) : wanted;
  const members = met(system, v, given, usable);
  return members.length === 0 ? null : members;
}

/** The stages at which the paths from `v` first meet the wanted tensors. */
function met(
  system: System,
  v: SymbolEntry,
  given: readonly Condition[],
  wanted: readonly CutMember[],
): CutMember[] {
  // v's own tensor counts at its other stages only, so its own stage must not be in the cut.
  const own = wanted.some((m) => m.name === v.of.name && m.stage.every((s) => s === null));
  if (own) return metLater(system, v, given, wanted);
  return cutMembers(v, wanted, rootContext(system, given, v))
    .filter((c) => !isLoss(system, c.entry))
    .map(memberOf);
}

/** The same where v's own tensor is wanted too, at the stages at which it is first met again: z[l+1] for z[l]. */
function metLater(
  system: System,
  v: SymbolEntry,
  given: readonly Condition[],
  wanted: readonly CutMember[],
): CutMember[] {
  try {
    const members = walkForward(system, v, wanted, given)
      .filter((c) => !isLoss(system, c.entry) && wanted.some((m) => m.name === c.entry.of.name))
      .map(memberOf);
    const throughItself = inCut(v.of, members, both(system.given, given));
    return throughItself ? [] : members;
  } catch (error) {
    if (error instanceof DerivationError) return [];
    throw error;
  }
}
