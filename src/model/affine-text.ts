// Index forms and sizes in plain text: `n`, `n[l-1]`, `2*i+1`.

import { type Affine, addScaled, index, integer, plus, scale, ZERO } from '../expr/affine.ts';

/** The form a text stands for, or null where it isn't one. */
export function readAffine(text: string): Affine | null {
  const tokens = text.match(/\d+|[A-Za-z][A-Za-z0-9_]*|[-+*[\],]|\S/g) ?? [];
  const [form, rest] = sumOf(tokens, 0);
  return form !== null && rest === tokens.length ? form : null;
}

type Read = readonly [Affine | null, number];

function sumOf(tokens: readonly string[], start: number): Read {
  let at = start;
  let total = ZERO;
  for (;;) {
    const sign = tokens[at] === '-' ? -1 : 1;
    if (tokens[at] === '-' || (tokens[at] === '+' && at > start)) at++;
    const [term, next] = termOf(tokens, at);
    if (term === null) return [null, at];
    total = addScaled(total, term, sign);
    at = next;
    if (tokens[at] !== '+' && tokens[at] !== '-') return [at === start ? null : total, at];
  }
}

function termOf(tokens: readonly string[], at: number): Read {
  const token = tokens[at];
  if (token === undefined) return [null, at];
  if (/^\d/.test(token)) {
    const value = Number(token);
    if (value > 1e9) return [null, at];
    if (tokens[at + 1] !== '*') return [integer(value), at + 1];
    const [factor, next] = termOf(tokens, at + 2);
    return [factor === null ? null : scale(factor, value), next];
  }
  if (!/^[A-Za-z]/.test(token)) return [null, at];
  return tokens[at + 1] === '[' ? staged(token, tokens, at + 2) : [index(token), at + 1];
}

/** n[l-1] or n[l,t], from behind the bracket. */
function staged(name: string, tokens: readonly string[], start: number): Read {
  const stages: Affine[] = [];
  let at = start;
  for (;;) {
    const [stage, next] = sumOf(tokens, at);
    if (stage === null) return [null, at];
    stages.push(plus(stage, ZERO));
    at = next + 1;
    if (tokens[next] === ']') return [index(name, stages), at];
    if (tokens[next] !== ',') return [null, next];
  }
}
