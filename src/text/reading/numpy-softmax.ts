// The softmax of code as exponentials over their sum.

import type { Span } from '../read-error.ts';
import type { Syntax } from '../syntax.ts';
import { syntaxText } from '../syntax-text.ts';
import type { Code } from './numpy-parts.ts';
import { softmaxOf } from './softmax.ts';

const bare = (s: Syntax): Syntax => (s.kind === 'group' ? bare(s.of) : s);

/** exp(z) / rowsum(exp(z)), a division of each row by one number that has no other form here. */
export function quotientSoftmax(p: Code, over: Syntax, under: Syntax, span: Span): Syntax | null {
  const [top, sum] = [bare(over), bare(under)];
  if (top.kind !== 'call' || top.name !== 'exp' || sum.kind !== 'call') return null;
  const [summed] = sum.args;
  if (!/^(?:rowsum|colsum)$/.test(sum.name) || summed === undefined) return null;
  const same = syntaxText(bare(summed)) === syntaxText(top);
  const rows = sum.name === 'rowsum';
  return same && (p.letters.sample === null || rows === p.letters.samplesAreRows)
    ? softmaxOf(p.letters, top.args[0], span)
    : null;
}
