// Where tensors stand in an equation, with everything that holds there.

import { index, ONE } from '../expr/affine.ts';
import { between, type Condition } from '../expr/condition.ts';
import type { Expr, SymbolEntry, SymbolTensor } from '../expr/expr.ts';
import { entry, isSymbolEntry } from '../expr/make.ts';
import { mapParts } from '../expr/parts.ts';
import { freshName, renameBoundApart } from '../expr/substitute.ts';
import { type Equation, type System, sizesAt } from '../expr/system.ts';

/** An entry on a right side; `where`: the equation's range, the sums around it, the guards beside it. */
export interface Mention {
  readonly entry: SymbolEntry;
  readonly where: readonly Condition[];
  /** A whole tensor, the argument of an unknown function: its slots run over all. */
  readonly whole: boolean;
}

/** A sentence without its place, and the equation it is about: its position, or null for the whole. */
export interface SystemProblem {
  readonly message: string;
  readonly equation: number | null;
  /** The tensor it is about, when it is about a declaration. */
  readonly tensor?: string;
}

/** An equation with its position and what stands on its right side. */
export interface Examined {
  readonly eq: Equation;
  readonly at: number;
  readonly mentions: readonly Mention[];
}

const POOL = ['p', 'q', 'r', 's', 'u', 'v'];

/** Every entry on the equation's right side, binders renamed so that no two share a name with each other or the left side. */
export function mentionsOf(system: System, eq: Equation): Mention[] {
  const taken = new Set([...eq.indices, ...system.sizes.keys()]);
  const found: Mention[] = [];
  collect(renameBoundApart(eq.rhs, taken, POOL), [...system.given, ...eq.where], system, found);
  return found;
}

function collect(e: Expr, where: readonly Condition[], system: System, found: Mention[]): void {
  if (isSymbolEntry(e)) found.push({ entry: e, where, whole: false });
  if (e.kind === 'opaque') for (const t of e.args) found.push(wholeMention(t, where, system));
  const beside = e.kind === 'mul' ? e.args.flatMap((f) => (f.kind === 'guard' ? f.where : [])) : [];
  const inside =
    e.kind === 'sum' ? [...where, ...e.where] : beside.length === 0 ? where : [...where, ...beside];
  mapParts(e, {
    expr: (c) => {
      collect(c, inside, system, found);
      return c;
    },
    tensor: (t) => t,
    affine: (a) => a,
  });
}

/** A tensor as an entry with new slot indices that run over its sizes. */
function wholeMention(t: SymbolTensor, where: readonly Condition[], system: System): Mention {
  const decl = system.tensors.get(t.name);
  const sizes = decl === undefined ? [] : sizesAt(decl, t.stage);
  const taken = new Set(system.sizes.keys());
  const slots = sizes.map(() => {
    const name = freshName(['j#', 'k#', 'i#'], taken);
    taken.add(name);
    return index(name);
  });
  const ranges = slots.flatMap((s, i) => between(ONE, s, sizes[i] ?? ONE));
  return { entry: entry(t.name, t.stage, slots), where: [...where, ...ranges], whole: true };
}

/** `w[l][j,k]` as plain text. */
export function entryText(e: SymbolEntry): string {
  return symbolText(e.of) + (e.slots.length === 0 ? '' : `[${e.slots.map((s) => s.key).join(',')}]`);
}

/** `w[l]` as plain text. */
export const symbolText = (t: SymbolTensor): string =>
  t.name + (t.stage.length === 0 ? '' : `[${t.stage.map((s) => s.key).join(',')}]`);

export const mentionText = (m: Mention): string => (m.whole ? symbolText(m.entry.of) : entryText(m.entry));
