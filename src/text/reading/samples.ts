// Sums that name no index, and the samples of a batch that entries leave unsaid.

import type { TensorDecl } from '../../expr/system.ts';
import type { NameSyntax, Syntax } from '../syntax.ts';
import { mapSyntax, visitSyntax } from '../syntax-walk.ts';
import type { Letters } from './letters.ts';
import { MISSING, sampleSlot } from './names.ts';
import { ALL } from './slices.ts';
import { isMissing, letterOf } from './stages.ts';

/** Samples that nothing names: one and the same free index in the whole statement. */
export function withFreeSamples(sides: readonly Syntax[], letters: Letters): readonly Syntax[] {
  const taken = new Set(sides.flatMap((s) => [...lettersIn(s)]));
  const name = ['i', 's', 'r', 'q', 'p'].find((n) => !taken.has(n) && !letters.scope.tensors.has(n)) ?? 'i';
  return sides.map((s) => withSample(s, { kind: 'name', name, brackets: [], span: s.span }, letters, false));
}

/** The letters in slots. */
export function lettersIn(s: Syntax | undefined): Set<string> {
  const found = new Set<string>();
  if (s !== undefined)
    visitSyntax(s, (part) => {
      if (part.kind === 'indexed')
        for (const slot of part.slots) if (slot.kind === 'name') found.add(slot.name);
      if (part.kind !== 'name') return;
      for (const b of part.brackets)
        for (const slot of b)
          if (slot.kind === 'name' && slot.name !== MISSING && slot.name !== ALL) found.add(slot.name);
    });
  return found;
}

/** Sums that name no index get it from their body; an index that stands nowhere in the body runs over the samples. */
export function withSums(s: Syntax, outer: ReadonlySet<string>, letters: Letters): Syntax {
  if (s.kind !== 'call' || s.name !== 'sum') return mapSyntax(s, (part) => withSums(part, outer, letters));
  const [first, ...rest] = s.args;
  const body = rest.at(-1);
  if (first === undefined || body === undefined) return s;
  const bound = letterOf(first);
  const said = withSums(body, bound === null ? outer : new Set([...outer, bound]), letters);
  const [, hi] = rest;
  const counts = rest.length === 3 && hi?.kind === 'name' && hi.name === letters.sample;
  const inner = counts && bound !== null ? withWholeSamples(said, bound, letters) : said;
  const free = lettersIn(inner);
  if (bound !== null && first.kind === 'name' && free.has(bound)) {
    const each = runsOverSamples(inner, bound, letters) ? withSample(inner, first, letters) : inner;
    return { ...s, args: [first, ...rest.slice(0, -1), each] };
  }
  const samples = overAll(rest, letters) ? sampled(inner, bound ?? 'i', letters) : null;
  if (samples !== null) return { ...s, ...samples, span: s.span };
  if (bound !== null) return { ...s, args: [first, ...rest.slice(0, -1), inner] };
  const open = [...free].filter(
    (name) => !outer.has(name) && !letters.scope.sizes.has(name) && !isStage(name, letters),
  );
  const [only] = open;
  if (only === undefined || open.length > 1) return { ...s, args: [inner] };
  return { ...s, args: [{ kind: 'name', name: only, brackets: [], span: first.span }, inner] };
}

/** Whether the bounds of a sum, where it has some, are those of all samples; a letter that nothing has may stand for m. */
function overAll(rest: readonly Syntax[], { sample, scope }: Letters): boolean {
  const [lo, hi] = rest.length === 3 ? rest : [];
  if (lo?.kind !== 'number' || hi === undefined) return true;
  const [end, less] = hi.kind === 'sum' ? hi.parts : [];
  const last = hi.kind === 'name' ? hi : end?.of;
  if (last?.kind !== 'name' || (last.name !== sample && scope.sizes.has(last.name))) return true;
  if (hi.kind === 'name') return lo.text === '1' || last.name !== sample;
  return lo.text === '0' && less?.operator === '-' && less.of.kind === 'number' && less.of.text === '1';
}

/** Summed up to the number of samples, a lone index is a sample, and what it hangs on is all of that sample. */
function withWholeSamples(s: Syntax, bound: string, letters: Letters): Syntax {
  const decl = s.kind === 'name' ? letters.scope.tensors.get(s.name) : undefined;
  if (s.kind !== 'name' || decl === undefined)
    return mapSyntax(s, (part) => withWholeSamples(part, bound, letters));
  const place = decl.stage.length === 0 ? 0 : 1;
  const slots = s.brackets[place] ?? [];
  const lone = slots.some(isMissing) && slots.some((slot) => letterOf(slot) === bound);
  return lone ? { ...s, brackets: s.brackets.slice(0, place) } : s;
}

/** Whether an index stands in a slot that counts samples. */
function runsOverSamples(body: Syntax, bound: string, letters: Letters): boolean {
  let found = false;
  visitSyntax(body, (s) => {
    const decl = s.kind === 'name' ? letters.scope.tensors.get(s.name) : undefined;
    if (s.kind !== 'name' || decl === undefined) return;
    const slot = s.brackets[decl.stage.length === 0 ? 0 : 1]?.[sampleSlot(decl, letters.sample) ?? -1];
    if (slot?.kind === 'name' && slot.name === bound) found = true;
  });
  return found;
}

const isStage = (name: string, letters: Letters): boolean =>
  [...letters.scope.tensors.values()].some((t) => t.stage.includes(name));

/** The body with the sample said in every entry, or the sum over the samples of whole matrices; null where there are none. */
function sampled(body: Syntax, letter: string, letters: Letters): { name: string; args: Syntax[] } | null {
  let entries = false;
  let whole = false;
  visitSyntax(body, (s) => {
    const decl = s.kind === 'name' ? letters.scope.tensors.get(s.name) : undefined;
    if (s.kind !== 'name' || decl === undefined) return;
    const slots = s.brackets[decl.stage.length === 0 ? 0 : 1];
    if (slots?.some(isMissing)) entries = true;
    if (slots === undefined && sampleSlot(decl, letters.sample) !== null) whole = true;
  });
  if (!entries && !whole) return null;
  const taken = (name: string): boolean => letters.scope.tensors.has(name) || lettersIn(body).has(name);
  const name = [letter, 'i', 's', 'q', 'r'].find((n) => !taken(n)) ?? letter;
  const bound: NameSyntax = { kind: 'name', name, brackets: [], span: body.span };
  if (entries || onlyPerSample(body, letters))
    return { name: 'sum', args: [bound, withSample(body, bound, letters)] };
  const size: NameSyntax = { kind: 'name', name: letters.sample ?? '', brackets: [], span: body.span };
  return { name: 'samplesum', args: [body, size] };
}

/** One number for each sample: z of a single neuron. */
const isPerSample = (decl: TensorDecl, letters: Letters): boolean =>
  decl.size.length === 1 && sampleSlot(decl, letters.sample) === 0;

function onlyPerSample(body: Syntax, letters: Letters): boolean {
  let matrices = false;
  visitSyntax(body, (s) => {
    const decl = s.kind === 'name' ? letters.scope.tensors.get(s.name) : undefined;
    if (
      s.kind !== 'name' ||
      decl === undefined ||
      decl.size.length < 2 ||
      sampleSlot(decl, letters.sample) === null
    )
      return;
    if (s.brackets[decl.stage.length === 0 ? 0 : 1] === undefined) matrices = true;
  });
  return !matrices;
}

function withSample(s: Syntax, at: NameSyntax, letters: Letters, whole = true): Syntax {
  if (s.kind === 'indexed') return s;
  const decl = s.kind === 'name' ? letters.scope.tensors.get(s.name) : undefined;
  if (s.kind !== 'name' || decl === undefined)
    return mapSyntax(s, (part) => withSample(part, at, letters, whole));
  const place = decl.stage.length === 0 ? 0 : 1;
  const slots = s.brackets[place];
  if (slots === undefined)
    return whole && isPerSample(decl, letters) ? { ...s, brackets: [...s.brackets, [at]] } : s;
  return {
    ...s,
    brackets: s.brackets.map((b, i) => (i === place ? b.map((slot) => (isMissing(slot) ? at : slot)) : b)),
  };
}
