// x.shape[0]: the size of one of a quantity's slots.

import type { Span } from '../read-error.ts';
import type { Syntax } from '../syntax.ts';
import { type Code, peek } from './numpy-parts.ts';

/** The number in the bracket behind x.shape; null where there is none. Moves behind it. */
export function axisBehind(p: Code): 0 | 1 | null {
  const [open, axis, close] = [peek(p), peek(p, 1), peek(p, 2)];
  if (open.text !== '[' || close.text !== ']' || !/^[01]$/.test(axis.text)) return null;
  p.at += 3;
  return axis.text === '0' ? 0 : 1;
}

/** x.shape[0]: the size of a quantity's slot; null where it is the number of samples, or can't be told. */
export function extent(p: Code, of: Syntax, axis: 0 | 1 | null, span: Span): Syntax | null {
  if (axis === null) return null;
  if (of.kind === 'transpose') return extent(p, of.of, axis === 0 ? 1 : 0, span);
  const decl = of.kind === 'name' ? p.letters.scope.tensors.get(of.name) : undefined;
  const [only, more] = decl?.size.length === 2 ? (decl.size[axis]?.terms ?? []) : [];
  if (of.kind !== 'name' || decl === undefined || only === undefined || more !== undefined) return null;
  const { name, at } = only.symbol;
  if (name === p.letters.sample || only.coefficient !== 1 || decl.stage.length !== at.length) return null;
  return { kind: 'name', name, brackets: at.length === 0 ? [] : of.brackets.slice(0, 1), span };
}
