// The nearest text that would read: one small change at the place where reading failed, tried out.

import type { Unreadable } from './reading.ts';

const MOST_TRIED = 8;

/** The first of a few small changes that makes the text readable; null where none does. */
export function nearestReadable(
  text: string,
  at: Unreadable,
  reads: (text: string) => boolean,
): string | null {
  if (text.length > 600) return null;
  const before = text.slice(0, at.span.offset);
  const piece = text.slice(at.span.offset, at.span.offset + at.span.length);
  const after = text.slice(at.span.offset + at.span.length);
  const { complaint, wanted } = at;
  const meant = complaint.code === 'unknown' ? complaint.hint.near : null;
  const sign = wanted !== null && typeof wanted === 'object' && 'sign' in wanted ? wanted.sign : null;
  const tried = [
    ...(meant === null ? [] : [before + replaced(piece, meant) + after]),
    ...(sign === null ? [] : [text.trimEnd() + sign, before + sign + piece + after]),
    ...(/^[)\]}]$/.test(piece) || complaint.code === 'no-place' ? [before + after] : []),
    before.replace(/[-+*/·⊙∘]\s*$|\\(?:odot|cdot|circ|bullet)\s*$/, '') + piece + after,
    ...closedBrackets(text),
  ];
  const changed = tried.filter((t, i) => t.trim() !== '' && t !== text && tried.indexOf(t) === i);
  return changed.slice(0, MOST_TRIED).find(reads)?.trim() ?? null;
}

/** The letter of a piece replaced, its scripts kept. */
const replaced = (piece: string, meant: string): string => {
  const letter = /^\\?[A-Za-z]+/.exec(piece)?.[0] ?? piece;
  const command = piece.startsWith('\\') && /^[a-z]{2,}$/i.test(meant) && !meant.startsWith('\\');
  return (command ? `\\${meant}` : meant) + piece.slice(letter.length);
};

/** The text with the brackets closed that are open at its end. */
function closedBrackets(text: string): string[] {
  const stack: string[] = [];
  const closes = new Map([
    ['(', ')'],
    ['[', ']'],
    ['{', '}'],
  ]);
  for (const c of text) {
    const close = closes.get(c);
    if (close !== undefined) stack.push(close);
    else if (c === stack.at(-1)) stack.pop();
  }
  return stack.length === 0 || stack.length > 8 ? [] : [text.trimEnd() + stack.reverse().join('')];
}
