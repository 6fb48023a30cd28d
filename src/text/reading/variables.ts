// What a derivative is taken by, and what stands behind the loss and says nothing.

import type { Syntax } from '../syntax.ts';
import { bracketed, isSign, matching, next, peek, type Reader } from './cursor.ts';
import { type Glyph, readGlyph, startsGlyph } from './glyph.ts';
import { known, unknown } from './names.ts';
import { ofKnown } from './quantity.ts';
import { argumentRange, itemsOf } from './scripts.ts';

const PARTIALS = new Set(['partial', 'd', 'del']);

/** Whether a d or a partial begins here. */
export function startsDifferential(p: Reader): boolean {
  const t = peek(p);
  return (
    (t.kind === 'command' && t.text === 'partial') ||
    ((t.kind === 'letter' || t.kind === 'word') && PARTIALS.has(t.text))
  );
}

/** J(W, b; x, y): what stands behind the loss says nothing. A bracket with a blank before it, or with a script, is a factor. */
export function skipArguments(p: Reader): void {
  if (!isSign(p, '(') || peek(p).spaced) return;
  const close = matching(p, p.at);
  const after = close < 0 ? undefined : p.marks[close + 1];
  if (close < 0 || (after?.kind === 'sign' && close + 1 < p.to && /^[\^_'⊤]$/.test(after.text))) return;
  const inside = p.marks.slice(p.at + 1, close);
  const list = inside.some((t) => t.kind === 'sign' && /^[,;]$/.test(t.text));
  const formula = inside.some(
    (t) => (t.kind === 'sign' && /^[-+*/·⊙∘=]$/.test(t.text)) || t.kind === 'command',
  );
  if (list || !formula) p.at = close + 1;
}

/** What is differentiated by: a tensor or an entry of one. */
export function variable(p: Reader): Syntax {
  if (isSign(p, '(') || (isSign(p, '{') && !startsGlyph(p))) return withEntry(p, variable(bracketed(p)));
  const g = readGlyph(p);
  return variableOf(p, g);
}

/** {h(x)}_i: an index behind brackets is an entry of what they hold. */
function withEntry(p: Reader, of: Syntax): Syntax {
  if (!isSign(p, '_') || of.kind !== 'name') return of;
  next(p);
  const { from, to } = argumentRange(p);
  const slots = itemsOf(p, from, to).flatMap((i) => (i.kind === 'index' ? [i.of] : []));
  return { ...of, brackets: [...of.brackets, slots] };
}

export function variableOf(p: Reader, g: Glyph): Syntax {
  const found = known(p, g, 'quantity');
  if (found === null) return unknown(p, g);
  if (found.meaning.kind === 'loss')
    return { kind: 'name', name: p.letters.scope.loss, brackets: [], span: g.span };
  return ofKnown(p, found, p.at);
}
