// Conditions on a class label, [y = k]: where the targets are ones and zeros that say which class, the entry k of the targets.

import type { NameSyntax, Syntax } from '../syntax.ts';
import { isEnd, type Reader, spanSince } from './cursor.ts';
import { readGlyph, startsGlyph } from './glyph.ts';
import { known, missing, sampleSlot } from './names.ts';
import { affine } from './scripts.ts';

/** The target that a condition `y = k`, `k = y^{(i)}` names, with its class for an index; null for any other condition. */
export function classEntry(left: Reader, right: Reader): NameSyntax | null {
  if (!left.letters.softmax) return null;
  return entryOf(left, right) ?? entryOf(right, left);
}

function entryOf(label: Reader, at: Reader): NameSyntax | null {
  const p: Reader = { ...label };
  if (!startsGlyph(p)) return null;
  const found = known(p, readGlyph(p), 'quantity');
  const name = found?.meaning.kind === 'tensor' ? found.meaning.name : '';
  const decl = p.letters.scope.tensors.get(name);
  if (decl?.kind !== 'input' || decl.size.length === 0 || !isEnd(p)) return null;
  if (found === null || found.glyph.subs.length + found.glyph.brackets.length > 0) return null;
  const place = sampleSlot(decl, p.letters.sample);
  if (decl.size.length !== (place === null ? 1 : 2)) return null;
  const span = spanSince(p, label.at);
  const [sample] = found.glyph.sups.flatMap((i) => (i.kind === 'index' ? [i.of] : []));
  const slots: Syntax[] = [affine({ ...at })];
  if (place !== null) slots.splice(place, 0, sample ?? missing(span));
  return { kind: 'name', name, brackets: [slots], span };
}
