// Pieces of syntax as code builds them: calls, products and sums in brackets of their own, powers, transposes.

import type { Span } from '../read-error.ts';
import type { CallSyntax, Part, Syntax } from '../syntax.ts';

export const call = (name: string, args: readonly Syntax[], span: Span, primes = 0): CallSyntax => ({
  kind: 'call',
  name,
  stage: null,
  primes,
  args,
  span,
});

export const grouped = (of: Syntax, span: Span): Syntax => ({ kind: 'group', of, span });

/** a op b as a product in brackets of its own. */
export function binary(a: Syntax, operator: string, b: Syntax, span: Span): Syntax {
  const parts: Part[] = [
    { operator: '*', span: a.span, of: a },
    { operator, span: b.span, of: b },
  ];
  return grouped({ kind: 'product', parts, span }, span);
}

export function sumOf(a: Syntax, operator: '+' | '-', b: Syntax, span: Span): Syntax {
  const parts: Part[] = [
    { operator: '+', span: a.span, of: a },
    { operator, span: b.span, of: b },
  ];
  return grouped({ kind: 'sum', parts, span }, span);
}

export const number = (text: string, span: Span): Syntax => ({ kind: 'number', text, span });
export const powerOf = (base: Syntax, exponent: Syntax, span: Span): Syntax => ({
  kind: 'power',
  entrywise: true,
  base,
  exponent,
  span,
});
export const transposeOf = (of: Syntax, span: Span): Syntax => ({ kind: 'transpose', of, span });
