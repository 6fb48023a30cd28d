// The letters of some tokens as a text without blanks: what tells names with something hanging on them apart.

import type { Reader } from './cursor.ts';

/** `W_{out}` as `W_out`, `[l]` as `[l]`. */
export function keyText(p: Reader, from: number, to: number): string {
  let text = '';
  for (let at = from; at < to; at++) {
    const t = p.marks[at];
    if (t !== undefined && t.text !== '{' && t.text !== '}')
      text += t.font === '' ? t.text : `${t.font} ${t.text}`;
  }
  return text;
}
