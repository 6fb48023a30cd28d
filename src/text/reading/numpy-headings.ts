// Lines of code that give no formula: headings, imports, updates of parameters, names for what is there already.

import { quantityOf, type Spelled, spelledAt } from './numpy-held.ts';
import { type Code, fail, is, peek } from './numpy-parts.ts';

export function skipLine(p: Code): void {
  while (!is(p, '\n') && !is(p, ';') && peek(p).kind !== 'end') p.at++;
}

/** `def f(z):`, `import numpy as np`: lines that say nothing. Loops and the like are no formulas. */
export function heading(p: Code): boolean {
  const t = peek(p);
  if (t.kind !== 'name' || is(p, '=', 1)) return false;
  if (t.text === 'import' || t.text === 'from') {
    skipLine(p);
    return true;
  }
  if (t.text === 'def' && peek(p, 1).kind === 'name') {
    while (!is(p, ':') && !is(p, '\n') && peek(p).kind !== 'end') p.at++;
    if (is(p, ':')) p.at++;
    return true;
  }
  if (/^(?:for|while|if|else|elif|with|class)$/.test(t.text))
    fail(p, t, { code: 'keyword', text: t.text }, 'one-formula-a-line');
  return false;
}

/** `W -= rate * dW` changes a parameter and is no gradient. */
export function isUpdate(p: Code, { name, span }: Spelled, behind: string): boolean {
  if (behind !== '-=' && behind !== '+=') return false;
  const of = quantityOf(p, name, span);
  return of?.kind === 'name' && p.letters.scope.tensors.get(of.name)?.kind === 'parameter';
}

/** `N, D = x.shape` and `A, W, b = cache` name what is there already. */
export function givesShape(p: Code): boolean {
  const start = p.at;
  let names = 0;
  for (;;) {
    const name = spelledAt(p, p.at);
    if (name === null) break;
    names++;
    p.at = name.end;
    if (!is(p, ',')) break;
    p.at++;
  }
  if (names > 1 && is(p, '=')) {
    const from = p.at + 1;
    skipLine(p);
    const [last, only] = [p.tokens[p.at - 1], p.at === from + 1];
    if (last?.text === 'shape' || (only && /cache/i.test(last?.text ?? ''))) return true;
  }
  p.at = start;
  return false;
}
