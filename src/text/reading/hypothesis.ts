// What a network computes as a function with its parameters below: h_{W,b}(x).

import { bracketed, isSign, type Reader } from './cursor.ts';
import { type Glyph, readGlyph, scriptsBehind, startsGlyph } from './glyph.ts';
import { meaningOf } from './letters.ts';
import type { Known } from './names.ts';
import type { Item } from './scripts.ts';

/** The network's output, where a letter has parameters below it and the input in brackets behind it. Moves behind them. */
export function hypothesis(p: Reader, g: Glyph): Known | null {
  const below = g.subs.length > 0 && g.sups.length + g.brackets.length + g.primes === 0;
  if (!below || p.letters.free || !isSign(p, '(') || !g.subs.every((item) => isParameter(p, item)))
    return null;
  const inside = bracketed({ ...p });
  if (!startsGlyph(inside)) return null;
  const x = meaningOf(p.letters, readGlyph(inside).key, 'quantity');
  const input = x?.kind === 'tensor' && x.name === 'x' && inside.at === inside.to;
  const output = input ? meaningOf(p.letters, 'hat y', 'quantity') : null;
  if (output === null) return null;
  bracketed(p);
  return { meaning: output, glyph: scriptsBehind(p, { ...g, subs: [] }) };
}

function isParameter(p: Reader, item: Item): boolean {
  const found = item.kind === 'index' ? meaningOf(p.letters, item.text, 'quantity') : null;
  return found?.kind === 'tensor' && p.letters.scope.tensors.get(found.name)?.kind === 'parameter';
}
