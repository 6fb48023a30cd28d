// Names that earlier lines of code gave a value: what a later line puts in for them.

import type { Span } from '../read-error.ts';
import { ReadError } from '../read-error.ts';
import type { Syntax } from '../syntax.ts';
import { mapSyntax } from '../syntax-walk.ts';
import { codeName } from './code-names.ts';
import { type Code, fail, type Held, is, peek } from './numpy-parts.ts';

/** How large and how deep a value may be that is put in: values of values grow with every line. */
const MOST = { parts: 1500, depth: 160, together: 6000 } as const;

/** What a name stands for by earlier lines; null where they say nothing of it. */
export function heldName(p: Code, name: string, span: Span): Syntax | null {
  const held = p.held.get(name);
  if (held !== undefined && (held.left === null || p.own === name)) return putIn(p, name, held, span);
  if (held?.changed === true) return held.left;
  const alias = p.aliases.get(name);
  if (alias !== undefined) return { ...alias, span };
  return ONE_HOT_NAME.test(name) ? quantityOf(p, 'y', span) : null;
}

/** A value in brackets of its own, where the code names it. */
export function putIn(p: Code, name: string, held: Held, span: Span): Syntax {
  p.put += held.parts;
  if (held.parts > MOST.parts || p.put > MOST.together)
    fail(p, span, { code: 'too-long-in-place', name: name.slice(0, 40) });
  return { kind: 'group', of: held.of, span };
}

/** Classes as vectors with a single 1, under a name that says so: that is the target here. */
const ONE_HOT_NAME = /^(?:one_?hot|onehot)_?(?:y|labels?|targets?)$/i;

/** The quantity that a name means; null for one of the code's own. */
export function quantityOf(p: Code, name: string, span: Span): Syntax | null {
  const alias = p.aliases.get(name);
  if (alias !== undefined) return alias;
  try {
    return codeName(p.names, name, span);
  } catch (error) {
    if (error instanceof ReadError) return null;
    throw error;
  }
}

/** Gives a name a value; one that is too large is never put in. */
export function hold(
  p: Code,
  name: string,
  value: { of: Syntax; left: Syntax | null },
  changed = false,
): void {
  let parts = 0;
  const measure = (s: Syntax, depth: number): void => {
    parts = depth > MOST.depth ? MOST.parts + 1 : parts + 1;
    if (parts > MOST.parts) return;
    mapSyntax(s, (part) => {
      measure(part, depth + 1);
      return part;
    });
  };
  measure(value.of, 0);
  p.held.set(name, { ...value, changed, parts });
}

/** A name that stands alone at a place, `self.` before it or not, and where it ends. */
export interface Spelled {
  readonly name: string;
  readonly span: Span;
  readonly end: number;
}

export function spelledAt(p: Code, at: number): Spelled | null {
  const there = { ...p, at };
  const own = peek(there).text === 'self' && is(there, '.', 1) ? 2 : 0;
  const t = peek(there, own);
  return t.kind === 'name' ? { name: t.text, span: t, end: at + own + 1 } : null;
}
