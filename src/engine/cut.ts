// Which entries the chain rule goes through: those the question names, else the nearest errors and targets, else the consumers.

import type { Condition } from '../expr/condition.ts';
import { DerivationError } from '../expr/error.ts';
import type { CutMember, SymbolEntry } from '../expr/expr.ts';
import { isSymbolEntry } from '../expr/make.ts';
import type { System } from '../expr/system.ts';
import { visit } from '../expr/walk.ts';
import { cutMembers, memberOf } from '../rules/chain.ts';
import { isLoss } from '../rules/dependence.ts';
import { rootContext } from './context.ts';

/** For each tensor, the tensors whose equations mention it. */
function consumerNames(system: System): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  const note = (name: string, by: string): void => {
    const set = found.get(name) ?? new Set();
    set.add(by);
    found.set(name, set);
  };
  for (const eq of system.equations) {
    visit(eq.rhs, (e) => {
      if (isSymbolEntry(e)) note(e.of.name, eq.lhs.of.name);
      if (e.kind === 'opaque') for (const a of e.args) note(a.name, eq.lhs.of.name);
    });
  }
  return found;
}

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
  const ctx = rootContext(system, given, v);
  // v's own tensor counts at its other stages only, so its own stage must not be in the cut.
  const others = wanted.filter((m) => m.name !== v.of.name || m.stage.some((s) => s !== null));
  const own = wanted.find((m) => m.name === v.of.name && m.stage.every((s) => s === null));
  const through = own === undefined ? others : [...others, ...ownLaterStages(system, v, given, others)];
  try {
    return cutMembers(v, through, ctx)
      .filter((c) => !isLoss(system, c.entry))
      .map(memberOf);
  } catch (error) {
    if (error instanceof DerivationError && own !== undefined) return [];
    throw error;
  }
}

/** The stages at which v's own tensor is first met again on the way forward: z[l+1] for z[l]. */
function ownLaterStages(
  system: System,
  v: SymbolEntry,
  given: readonly Condition[],
  others: readonly CutMember[],
): CutMember[] {
  const found = new Map<string, CutMember>();
  const walk = (here: SymbolEntry, depth: number, conditions: readonly Condition[]): void => {
    if (depth > system.equations.length + 1) return;
    for (const c of cutMembers(here, undefined, rootContext(system, conditions, here))) {
      if (isLoss(system, c.entry) || others.some((m) => m.name === c.entry.of.name)) continue;
      const member = memberOf(c);
      if (c.entry.of.name === v.of.name)
        found.set(`${member.stage.map((s) => s?.key ?? '*').join()}`, member);
      else walk(c.entry, depth + 1, [...conditions, ...c.where]);
    }
  };
  walk(v, 0, given);
  return [...found.values()];
}
