// Surface forms as a tree: indented text for reading, plain objects for programs.

import type { Span } from './read-error.ts';
import type { Syntax } from './syntax.ts';
import { syntaxText } from './syntax-text.ts';

export interface TreeJson {
  /** What it is, in a word or its sign: `product`, `sum`, `sigma'`. */
  readonly is: string;
  readonly span: readonly [offset: number, length: number];
  readonly parts: readonly TreeJson[];
}

interface Shown {
  readonly is: string;
  readonly parts: readonly Syntax[];
}

/** What a piece of syntax is called, and its parts; groups are looked through. */
function shown(s: Syntax): Shown {
  switch (s.kind) {
    case 'number':
      return { is: s.text, parts: [] };
    case 'name':
    case 'derivative':
      return { is: syntaxText(s), parts: [] };
    case 'group':
      return shown(s.of);
    case 'call':
      return { is: s.name + "'".repeat(s.primes), parts: s.args };
    case 'sum':
      return { is: 'sum', parts: s.parts.map((p) => (p.operator === '-' ? negative(p.of) : p.of)) };
    case 'product':
    case 'hadamard':
      return {
        is: s.parts.slice(1).some((p) => p.operator === '/') ? 'quotient' : signOf(s.parts),
        parts: s.parts.map((p) => p.of),
      };
    case 'negative':
      return { is: 'negative', parts: [s.of] };
    case 'power':
      return { is: 'power', parts: [s.base, s.exponent] };
    case 'transpose':
      return { is: 'transpose', parts: [s.of] };
    case 'indexed':
      return { is: 'entry', parts: [s.of, ...s.slots] };
    case 'relation':
      return { is: s.relations.join(' '), parts: s.sides };
    case 'partial':
      return { is: `derivative by ${syntaxText(s.by)}`, parts: [s.of] };
  }
}

const negative = (of: Syntax): Syntax => ({ kind: 'negative', of, span: of.span });
const ENTRYWISE = new Set(['.*', '⊙', '∘', '⊗']);
const signOf = (parts: readonly { readonly operator: string }[]): string =>
  parts.slice(1).every((p) => ENTRYWISE.has(p.operator)) ? 'entrywise product' : 'product';

const spanOf = ({ offset, length }: Span): readonly [number, number] => [offset, length];

/** The tree with the place of every piece in the text. */
export function treeJson(s: Syntax): TreeJson {
  if (s.kind === 'group') return treeJson(s.of);
  const { is, parts } = shown(s);
  return { is, span: spanOf(s.span), parts: parts.map(treeJson) };
}

/** The tree as lines, each level further in; the first line stands where it is put. */
export function syntaxTree(s: Syntax, indent = 0): string {
  const { is, parts } = shown(s);
  return [is, ...parts.map((p) => `${' '.repeat(indent + 2)}${syntaxTree(p, indent + 2)}`)].join('\n');
}
