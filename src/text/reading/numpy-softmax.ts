// The softmax of code: by its name, or as exponentials over their sum.

import type { Span } from '../read-error.ts';
import type { Syntax } from '../syntax.ts';
import { syntaxText } from '../syntax-text.ts';
import { MISSING } from './names.ts';
import type { Code } from './numpy-parts.ts';

const bare = (s: Syntax): Syntax => (s.kind === 'group' ? bare(s.of) : s);

/** softmax(z) is what the network calls it, a, where its output is one; z without a layer is the last. */
export function softmaxOf(p: Code, of: Syntax | undefined, span: Span): Syntax | null {
  const z = of === undefined ? null : bare(of);
  if (z?.kind !== 'name' || z.name !== 'z' || !p.letters.softmax) return null;
  const [stage] = z.brackets[0] ?? [];
  if (stage === undefined || z.brackets.length > 1) return null;
  const open = stage.kind === 'name' && stage.name === MISSING;
  const L: Syntax = { kind: 'name', name: 'L', brackets: [], span };
  return { kind: 'name', name: 'a', brackets: [[open ? L : stage]], span };
}

/** exp(z) / rowsum(exp(z)), a division of each row by one number that has no other form here. */
export function quotientSoftmax(p: Code, over: Syntax, under: Syntax, span: Span): Syntax | null {
  const [top, sum] = [bare(over), bare(under)];
  if (top.kind !== 'call' || top.name !== 'exp' || sum.kind !== 'call') return null;
  const [summed] = sum.args;
  if (!/^(?:rowsum|colsum)$/.test(sum.name) || summed === undefined) return null;
  const same = syntaxText(bare(summed)) === syntaxText(top);
  const rows = sum.name === 'rowsum';
  return same && (p.letters.sample === null || rows === p.letters.samplesAreRows)
    ? softmaxOf(p, top.args[0], span)
    : null;
}
