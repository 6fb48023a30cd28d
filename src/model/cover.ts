// Every entry that is used is defined, and none twice: ranges of equations compared as sets of conditions.

import { bareName, type IndexMap } from '../expr/affine.ts';
import { type Condition, inconsistent, negations, substituteCondition } from '../expr/condition.ts';
import type { SymbolEntry } from '../expr/expr.ts';
import { substitute } from '../expr/substitute.ts';
import { type Equation, matchEquation, type System } from '../expr/system.ts';
import {
  type Examined,
  entryText,
  type Mention,
  mentionText,
  type SystemProblem,
  symbolText,
} from './mentions.ts';

/** A case under which none of the equations defines the entry; null when they cover it. */
function gap(
  e: SymbolEntry,
  known: readonly Condition[],
  equations: readonly Equation[],
): readonly Condition[] | null {
  if (inconsistent(known)) return null;
  const [eq, ...rest] = equations;
  if (eq === undefined) return known;
  const match = matchEquation(eq, e);
  if (match === null) return gap(e, known, rest);
  let held = [...known];
  for (const c of match.where) {
    for (const not of negations(c)) {
      const found = gap(e, [...held, not], rest);
      if (found !== null) return found;
    }
    held = [...held, c];
  }
  return null;
}

/** The first entry on the right side that no equation defines throughout. */
export function coverProblem(system: System, x: Examined): string | null {
  for (const mention of x.mentions) {
    const name = mention.entry.of.name;
    if (system.tensors.get(name)?.kind !== 'variable') continue;
    const own = system.equations.filter((eq) => eq.lhs.of.name === name);
    if (gap(mention.entry, mention.where, own) === null) continue;
    return gapText(x.eq, mention, own);
  }
  return null;
}

/** Names a stage at the end of its range where there is a gap (a[1] in z[2]), else the mention. */
function gapText(eq: Equation, mention: Mention, own: readonly Equation[]): string {
  for (const map of ends(eq)) {
    const at = substitute(mention.entry, map);
    const where = mention.where.map((c) => substituteCondition(c, map));
    if (gap(at, where, own) === null) continue;
    const user = substitute(eq.lhs, map);
    return `no equation defines ${symbolText(at.of)}, which ${symbolText(user.of)} uses`;
  }
  return `no equation defines ${mentionText(mention)} everywhere that ${entryText(eq.lhs)} uses it`;
}

/** The equation's stage indices put at the ends of their ranges, one at a time. */
function ends(eq: Equation): IndexMap[] {
  const stages = eq.lhs.of.stage.map(bareName).filter((n) => n !== null && eq.indices.includes(n));
  return stages.flatMap((name) =>
    eq.where.flatMap((c) => {
      if (name === null || c.relation !== '<=') return [];
      if (bareName(c.right) === name) return [new Map([[name, c.left]])];
      return bareName(c.left) === name ? [new Map([[name, c.right]])] : [];
    }),
  );
}

/** Two equations that define the same entry. */
export function overlapProblem(system: System, examined: readonly Examined[]): SystemProblem | null {
  for (const { eq, at } of examined) {
    const known = [...system.given, ...eq.where];
    for (const other of examined.slice(0, at)) {
      const match = matchEquation(other.eq, eq.lhs);
      if (match === null || inconsistent([...known, ...match.where])) continue;
      const [mine, theirs] = [entryText(eq.lhs), entryText(other.eq.lhs)];
      const message = `${mine} and ${theirs} define some entries twice (equations ${other.at + 1} and ${at + 1}); make their ranges disjoint`;
      return { message, equation: at };
    }
  }
  return null;
}
