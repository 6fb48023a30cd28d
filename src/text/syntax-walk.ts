// Walking over syntax: one place that knows where the parts of each kind are.

import { unreachable } from '../expr/error.ts';
import type { Part, Syntax } from './syntax.ts';

export type SyntaxMap = (s: Syntax) => Syntax;

/** The same piece of syntax with its parts mapped; the same object where nothing changes. */
export function mapSyntax(s: Syntax, f: SyntaxMap): Syntax {
  switch (s.kind) {
    case 'number':
      return s;
    case 'name': {
      const brackets = mapped(s.brackets, (b) => mapped(b, f));
      return brackets === s.brackets ? s : { ...s, brackets };
    }
    case 'call': {
      const args = mapped(s.args, f);
      const stage = s.stage === null ? null : f(s.stage);
      return args === s.args && stage === s.stage ? s : { ...s, args, stage };
    }
    case 'group':
    case 'negative':
    case 'transpose': {
      const of = f(s.of);
      return of === s.of ? s : { ...s, of };
    }
    case 'sum':
    case 'product':
    case 'hadamard': {
      const parts = mapped(s.parts, (p): Part => {
        const of = f(p.of);
        return of === p.of ? p : { ...p, of };
      });
      return parts === s.parts ? s : { ...s, parts };
    }
    case 'power': {
      const base = f(s.base);
      const exponent = f(s.exponent);
      return base === s.base && exponent === s.exponent ? s : { ...s, base, exponent };
    }
    case 'indexed': {
      const of = f(s.of);
      const slots = mapped(s.slots, f);
      return of === s.of && slots === s.slots ? s : { ...s, of, slots };
    }
    case 'relation': {
      const sides = mapped(s.sides, f);
      return sides === s.sides ? s : { ...s, sides };
    }
    case 'derivative': {
      const of = f(s.of);
      const by = f(s.by);
      if (of === s.of && by === s.by) return s;
      return { ...s, of: of.kind === 'name' ? of : s.of, by: by.kind === 'name' ? by : s.by };
    }
    case 'partial': {
      const of = f(s.of);
      const by = f(s.by);
      return of === s.of && by === s.by ? s : { ...s, of, by: by.kind === 'name' ? by : s.by };
    }
    default:
      return unreachable(s);
  }
}

function mapped<T>(list: readonly T[], f: (x: T) => T): readonly T[] {
  let changed = false;
  const result = list.map((x) => {
    const y = f(x);
    if (y !== x) changed = true;
    return y;
  });
  return changed ? result : list;
}

/** Visits a piece of syntax and all its parts, outermost first. */
export function visitSyntax(s: Syntax, see: (s: Syntax) => void): void {
  see(s);
  mapSyntax(s, (part) => {
    visitSyntax(part, see);
    return part;
  });
}
