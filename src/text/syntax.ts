// What the parser makes of a text, before names and shapes are known: chains stay flat, so that long ones don't nest.

import type { Span } from './read-error.ts';

export type Syntax =
  | NumberSyntax
  | NameSyntax
  | CallSyntax
  | GroupSyntax
  | PartsSyntax
  | NegativeSyntax
  | PowerSyntax
  | TransposeSyntax
  | IndexedSyntax
  | RelationSyntax
  | DerivativeSyntax
  | PartialSyntax;

interface At {
  readonly span: Span;
}
export interface NumberSyntax extends At {
  readonly kind: 'number';
  readonly text: string;
}
/** A name with its brackets: w[l+1][j,k]. */
export interface NameSyntax extends At {
  readonly kind: 'name';
  readonly name: string;
  readonly brackets: readonly (readonly Syntax[])[];
}
/** sigma[l]'(z): a function's name, its stage, how many primes, its arguments. */
export interface CallSyntax extends At {
  readonly kind: 'call';
  readonly name: string;
  readonly stage: Syntax | null;
  readonly primes: number;
  readonly args: readonly Syntax[];
}
export interface GroupSyntax extends At {
  readonly kind: 'group';
  readonly of: Syntax;
}
/** a + b - c, a * b / c, or a .* b ./ c: the first part has the operator + or *. */
export interface PartsSyntax extends At {
  readonly kind: 'sum' | 'product' | 'hadamard';
  readonly parts: readonly Part[];
}
export interface Part {
  readonly operator: string;
  readonly span: Span;
  readonly of: Syntax;
}
export interface NegativeSyntax extends At {
  readonly kind: 'negative';
  readonly of: Syntax;
}
export interface PowerSyntax extends At {
  readonly kind: 'power';
  readonly entrywise: boolean;
  readonly base: Syntax;
  readonly exponent: Syntax;
}
export interface TransposeSyntax extends At {
  readonly kind: 'transpose';
  readonly of: Syntax;
}
/** (E)[j,k] */
export interface IndexedSyntax extends At {
  readonly kind: 'indexed';
  readonly of: Syntax;
  readonly slots: readonly Syntax[];
}
/** a <= b < c */
export interface RelationSyntax extends At {
  readonly kind: 'relation';
  readonly sides: readonly Syntax[];
  readonly relations: readonly string[];
}
/** dX/dY, with what is held constant: (dX/dY | a, b). */
export interface DerivativeSyntax extends At {
  readonly kind: 'derivative';
  readonly of: NameSyntax;
  readonly by: NameSyntax;
  readonly cut: readonly NameSyntax[] | null;
}
/** d(expr)/dY */
export interface PartialSyntax extends At {
  readonly kind: 'partial';
  readonly of: Syntax;
  readonly by: NameSyntax;
}

/** The name of what dots leave out: A B ... Z. */
export const DOTS = '…';

export const spanFrom = (start: Span, end: Span): Span => ({
  offset: start.offset,
  length: end.offset + end.length - start.offset,
});
