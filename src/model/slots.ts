// Sizes, slot by slot: an index stays inside every slot it stands in.

import { type Affine, bareName, integer, ONE } from '../expr/affine.ts';
import { atMost, type Condition, decide } from '../expr/condition.ts';
import type { SymbolEntry } from '../expr/expr.ts';
import { type Equation, type System, sizesAt } from '../expr/system.ts';
import { entryText, type Mention, symbolText } from './mentions.ts';

interface Slot {
  readonly of: SymbolEntry;
  readonly slot: number;
  readonly size: Affine;
}

/** The first slot of an equation that its index may leave, or null. */
export function sizeProblem(
  system: System,
  x: { readonly eq: Equation; readonly mentions: readonly Mention[] },
): string | null {
  for (const mention of x.mentions) {
    const sizes = sizesOf(system, mention.entry);
    for (const [slot, size] of sizes.entries()) {
      const index = mention.entry.slots[slot];
      if (index === undefined || inside(index, size, mention.where)) continue;
      return outsideText(system, x, { of: mention.entry, slot, size }, index, mention.where);
    }
  }
  return null;
}

function sizesOf(system: System, e: SymbolEntry): Affine[] {
  const decl = system.tensors.get(e.of.name);
  return decl === undefined ? [] : sizesAt(decl, e.of.stage);
}

const inside = (index: Affine, size: Affine, where: readonly Condition[]): boolean =>
  decide(atMost(ONE, index), where) === true && decide(atMost(index, size), where) === true;

/** Names both slots where an index stands in two of different sizes, else its range. */
function outsideText(
  system: System,
  x: { readonly eq: Equation; readonly mentions: readonly Mention[] },
  here: Slot,
  index: Affine,
  where: readonly Condition[],
): string {
  const name = bareName(index);
  const own = `slot ${here.slot + 1} of ${symbolText(here.of.of)} has size ${here.size.key}`;
  const other = name === null ? null : otherSlot(system, x, here, name);
  if (other !== null) {
    const there = `slot ${other.slot + 1} of ${symbolText(other.of.of)} has size ${other.size.key}`;
    return `in the equation of ${entryText(x.eq.lhs)}, ${name} stands in two slots: ${there}, ${own}`;
  }
  if (decide(atMost(ONE, index), where) !== true && decide(atMost(index, integer(0)), where) !== null) {
    return `in the equation of ${entryText(x.eq.lhs)}, ${index.key} is less than 1, but ${own}`;
  }
  const range = name === null ? null : rangeText(name, where);
  return `in the equation of ${entryText(x.eq.lhs)}, ${index.key}${range === null ? '' : ` runs over ${range}, and`} may leave its slot: ${own}`;
}

/** Another slot where the same bare index stands, of a different size. */
function otherSlot(
  system: System,
  x: { readonly eq: Equation; readonly mentions: readonly Mention[] },
  here: Slot,
  name: string,
): Slot | null {
  for (const of of [x.eq.lhs, ...x.mentions.map((m) => m.entry)]) {
    for (const [slot, size] of sizesOf(system, of).entries()) {
      const index = of.slots[slot];
      if (index !== undefined && bareName(index) === name && size.key !== here.size.key)
        return { of, slot, size };
    }
  }
  return null;
}

/** `1..n` where two conditions bound the bare index; otherwise null. */
function rangeText(name: string, where: readonly Condition[]): string | null {
  const lo = where.find((c) => c.relation === '<=' && bareName(c.right) === name)?.left;
  const hi = where.find((c) => c.relation === '<=' && bareName(c.left) === name)?.right;
  return lo === undefined || hi === undefined ? null : `${lo.key}..${hi.key}`;
}
