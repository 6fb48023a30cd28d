// Square brackets behind a name of code: a layer, a new axis, or a slice that takes everything.

import type { NameSyntax, Syntax } from '../syntax.ts';
import { MISSING } from './names.ts';
import { type Code, close, fail, is, peek, spanSince } from './numpy-parts.ts';

/** `w[l]`, `delta[:, None]`, `a[None, :]`, `x[i:i+1]`. */
export function subscripted(p: Code, of: Syntax, from: number): Syntax {
  const open = peek(p);
  p.at++;
  const parts: ('all' | 'new' | Syntax)[] = [];
  const end = open.text === '{' ? '}' : ']';
  while (!is(p, end)) {
    parts.push(part(p));
    if (!is(p, ',')) break;
    p.at++;
  }
  if (/^[<>]=?$/.test(peek(p).text)) fail(p, open, { code: 'part-unchanged' }, 'whole-quantity');
  close(p, end, open);
  const span = spanSince(p, from);
  if (parts[0] === 'new') return { kind: 'transpose', of, span };
  if (parts.every((s) => s === 'all' || s === 'new')) return of;
  const [first] = parts;
  if (parts.length === 1 && first !== undefined && typeof first !== 'string')
    return atLayer(p, of, first, span);
  const slots = parts.map((s) => (typeof s === 'string' ? fail(p, open, { code: 'slices' }, 'index') : s));
  return of.kind === 'name' && !hasOpenStage(of)
    ? { ...of, brackets: [...of.brackets, slots], span }
    : { kind: 'indexed', of, slots, span };
}

function part(p: Code): 'all' | 'new' | Syntax {
  if (peek(p).kind === 'name' && peek(p).text === 'None') {
    p.at++;
    return 'new';
  }
  if (peek(p).text === 'np' && peek(p, 2).text === 'newaxis') {
    p.at += 3;
    return 'new';
  }
  if (is(p, ':')) {
    return sliced(p);
  }
  if (/^a?range$/.test(peek(p).text) || (peek(p).text === 'np' && peek(p, 2).text === 'arange'))
    fail(p, peek(p), { code: 'classes-changed' }, 'index');
  const index = indexOf(p);
  return is(p, ':') ? sliced(p) : index;
}

/** Behind a colon: how far a slice goes says nothing here; a second one says a step, and turns it or leaves some out. */
function sliced(p: Code): 'all' {
  const open = peek(p);
  const from = p.at;
  while (!is(p, ',') && !is(p, ']') && peek(p).kind !== 'end') {
    if (p.at > from && is(p, ':') && !is(p, ']', 1) && !is(p, ',', 1))
      fail(p, open, { code: 'slices' }, 'index');
    p.at++;
  }
  return 'all';
}

/** An index: letters and numbers; `-1` is the last, `-l` the l-th from the end. */
export function indexOf(p: Code): Syntax {
  const from = p.at;
  const parts: { operator: string; of: Syntax }[] = [];
  do {
    const minus = is(p, '-');
    if (minus || is(p, '+')) p.at++;
    const t = peek(p);
    if (t.kind !== 'name' && t.kind !== 'number')
      return fail(p, t, { code: 'expected', what: 'index-before' }, 'index');
    p.at++;
    const of: Syntax =
      t.kind === 'number'
        ? { kind: 'number', text: t.text, span: t }
        : { kind: 'name', name: t.text, brackets: [], span: t };
    parts.push({ operator: minus ? '-' : '+', of });
  } while (is(p, '+') || is(p, '-'));
  const span = spanSince(p, from);
  const [first] = parts;
  const turned =
    first?.operator === '-' && first.of.kind === 'name'
      ? [{ ...first, operator: '+' }, ...parts.slice(1)]
      : parts;
  const [only] = turned;
  if (turned.length === 1 && only !== undefined)
    return only.operator === '-' ? fromEnd(only.of, span) : only.of;
  return { kind: 'sum', parts: turned.map((x) => ({ ...x, span })), span };
}

/** -1 is L, -2 is L-1. */
function fromEnd(of: Syntax, span: Syntax['span']): Syntax {
  const L: NameSyntax = { kind: 'name', name: 'L', brackets: [], span };
  const back = of.kind === 'number' ? Number(of.text) - 1 : 0;
  if (back <= 0) return L;
  const count: Syntax = { kind: 'number', text: String(back), span };
  return {
    kind: 'sum',
    parts: [
      { operator: '+', span, of: L },
      { operator: '-', span, of: count },
    ],
    span,
  };
}

const hasOpenStage = (s: NameSyntax): boolean => {
  const [stage] = s.brackets[0] ?? [];
  return stage?.kind === 'name' && stage.name === MISSING;
};

/** The layer of a quantity that hasn't got one, wherever it stands inside; else an entry. */
export function atLayer(p: Code, of: Syntax, index: Syntax, span: Syntax['span']): Syntax {
  if (of.kind === 'name') {
    const staged = (p.letters.scope.tensors.get(of.name)?.stage.length ?? 0) > 0;
    if (staged && hasOpenStage(of)) return { ...of, brackets: [[index], ...of.brackets.slice(1)], span };
    return { ...of, brackets: [...of.brackets, [index]], span };
  }
  if (of.kind === 'derivative') {
    const by = atLayer(p, of.by, index, span);
    return by.kind === 'name' ? { ...of, by, span } : of;
  }
  return { kind: 'indexed', of, slots: [index], span };
}
