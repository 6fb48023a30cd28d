// What a text leaves unsaid: layers that show from where an index belongs, the index of a sum, the sample at hand.

import { type Affine, bareName, index, minus, shift } from '../../expr/affine.ts';
import { type System, sizesAt, type TensorDecl } from '../../expr/system.ts';
import { visit } from '../../expr/walk.ts';
import { ReadError } from '../read-error.ts';
import { envOf } from '../resolve.ts';
import { affineOf } from '../resolve-index.ts';
import type { DerivativeSyntax, NameSyntax, Syntax } from '../syntax.ts';
import { mapSyntax, visitSyntax } from '../syntax-walk.ts';
import type { Letters } from './letters.ts';
import { MISSING, sampleSlot } from './names.ts';

/** How many ways of choosing layers are tried where the usual one doesn't fit. */
const MOST_WAYS = 64;

/**
 * The sides of one statement with every layer, sample and index of a sum said: the usual way first, then others that give
 * layers to what has none from those that the statement names.
 */
export function* filledWays(sides: readonly Syntax[], letters: Letters, system: System): Generator<Syntax[]> {
  const said = sides.map((s) => withSums(s, lettersIn(sides[0]), letters));
  const summed = withFreeSamples(said, letters);
  const { stages, guessed, named } = stagesFor(summed, letters, system);
  yield summed.map((s) => withStages(s, stages));
  const choices = [
    ...new Map(named.flatMap((a) => [a, shift(a, 1), shift(a, -1)]).map((a) => [a.key, a])).values(),
  ];
  if (guessed.length === 0 || guessed.length > 4) return;
  const ways = Math.min(MOST_WAYS, choices.length ** guessed.length);
  for (let way = 0; way < ways; way++) {
    const other = new Map(stages);
    let rest = way;
    for (const name of guessed) {
      const choice = choices[rest % choices.length];
      rest = Math.floor(rest / choices.length);
      if (choice !== undefined) other.set(name, choice);
    }
    yield summed.map((s) => withStages(s, other));
  }
}

const isMissing = (s: Syntax | undefined): boolean => s?.kind === 'name' && s.name === MISSING;

// Layers.

/** A name of a tensor with a stage slot, as it stands in the text. */
interface Place {
  readonly name: NameSyntax;
  readonly decl: TensorDecl;
  stage: Affine | null;
}

interface Stages {
  readonly stages: ReadonlyMap<NameSyntax, Affine>;
  /** Whole tensors that got the layer at hand for want of anything that says theirs. */
  readonly guessed: readonly NameSyntax[];
  /** The layers that the statement names, and the one at hand. */
  readonly named: readonly Affine[];
}

function stagesFor(sides: readonly Syntax[], letters: Letters, system: System): Stages {
  const places: Place[] = [];
  const derivatives: DerivativeSyntax[] = [];
  const see = (s: Syntax): void => {
    if (s.kind === 'derivative') derivatives.push(s);
    const decl = s.kind === 'name' ? letters.scope.tensors.get(s.name) : undefined;
    if (s.kind === 'name' && decl !== undefined)
      places.push({ name: s, decl, stage: statedStage(s, decl, letters) });
  };
  for (const side of sides) visitSyntax(side, see);
  const open = (): Place[] =>
    places.filter((p) => p.stage === null && p.decl.stage.length > 0 && isMissing(p.name.brackets[0]?.[0]));
  const before = new Set(open());
  const named = places.flatMap((p) => (p.stage === null ? [] : [p.stage]));
  const guessed: NameSyntax[] = [];
  for (let rest = open(); rest.length > 0; rest = open()) {
    if (solveByIndices(places, rest, letters) || solveByDerivatives(derivatives, places, system)) continue;
    const [first] = rest;
    if (first === undefined) break;
    first.stage = atHand(first.decl, letters);
    if (slotsOf(first).length === 0) guessed.push(first.name);
    named.unshift(first.stage);
  }
  const stages = new Map([...before].flatMap((p) => (p.stage === null ? [] : [[p.name, p.stage] as const])));
  return { stages, guessed, named };
}

/** The stage that a name says; null where it says none, or has none to say. */
function statedStage(s: NameSyntax, decl: TensorDecl, letters: Letters): Affine | null {
  const [stage] = s.brackets[0] ?? [];
  if (decl.stage.length === 0 || stage === undefined || isMissing(stage)) return null;
  return formOf(stage, letters);
}

function formOf(s: Syntax, letters: Letters): Affine | null {
  try {
    return affineOf(s, envOf('', { ...letters.scope, indices: null }));
  } catch (error) {
    if (error instanceof ReadError) return null;
    throw error;
  }
}

function atHand(decl: TensorDecl, letters: Letters): Affine {
  const own = letters.layer === null ? null : formOf(letters.layer, letters);
  return own ?? index(decl.stage[0] ?? 'l');
}

const slotsOf = (p: Place): readonly Syntax[] => p.name.brackets[p.decl.stage.length === 0 ? 0 : 1] ?? [];
const letterOf = (s: Syntax): string | null =>
  s.kind === 'name' && s.brackets.length === 0 && s.name !== MISSING ? s.name : null;

/** An index belongs to the neurons of one layer: where one of its places is known, so are the others. */
function solveByIndices(places: readonly Place[], rest: readonly Place[], letters: Letters): boolean {
  const homes = new Map<string, Affine>();
  for (const p of places) {
    if (p.decl.stage.length > 0 && p.stage === null) continue;
    const sizes = p.stage === null ? p.decl.size : sizesAt(p.decl, [p.stage]);
    for (const [i, slot] of slotsOf(p).entries()) {
      const letter = letterOf(slot);
      const size = sizes[i];
      if (letter !== null && size !== undefined && !homes.has(letter) && !letters.scope.sizes.has(letter))
        homes.set(letter, size);
    }
  }
  for (const p of rest)
    for (const [i, slot] of slotsOf(p).entries()) {
      const home = homes.get(letterOf(slot) ?? '');
      const size = p.decl.size[i];
      const stage =
        home === undefined || size === undefined ? null : solved(size, home, p.decl.stage[0] ?? '');
      if (stage === null) continue;
      p.stage = stage;
      return true;
    }
  return false;
}

/** The stage s for which n[s-1] is n[l]. */
function solved(size: Affine, home: Affine, letter: string): Affine | null {
  const [own] = size.terms;
  const [other] = home.terms;
  if (size.terms.length !== 1 || home.terms.length !== 1 || own?.symbol.name !== other?.symbol.name)
    return null;
  const [at] = own?.symbol.at ?? [];
  const [there] = other?.symbol.at ?? [];
  if (at === undefined || there === undefined) return null;
  const offset = minus(at, index(letter));
  return offset.terms.length === 0 ? shift(there, -offset.constant) : null;
}

/** dz_k/dz_j and dz_k/da_j lead one layer on, da_j/dz_j stays. */
function solveByDerivatives(
  derivatives: readonly DerivativeSyntax[],
  places: readonly Place[],
  system: System,
): boolean {
  for (const d of derivatives) {
    const of = places.find((p) => p.name === d.of);
    const by = places.find((p) => p.name === d.by);
    if (of === undefined || by === undefined || (of.stage === null) === (by.stage === null)) continue;
    const apart = distance(of.decl.name, by.decl.name, system);
    if (apart === null || of.decl.stage.length === 0 || by.decl.stage.length === 0) continue;
    if (of.stage === null && by.stage !== null) of.stage = shift(by.stage, apart);
    else if (of.stage !== null) by.stage = shift(of.stage, -apart);
    return true;
  }
  return false;
}

/** How many stages lie between a tensor and one that its equation mentions. */
function distance(of: string, by: string, system: System): number | null {
  if (of === by) return 1;
  for (const eq of system.equations) {
    if (eq.lhs.of.name !== of) continue;
    let found: number | null = null;
    visit(eq.rhs, (e) => {
      if (e.kind !== 'entry' || e.of.kind !== 'symbol' || e.of.name !== by) return;
      const [there] = e.of.stage;
      const [here] = eq.lhs.of.stage;
      const apart = there === undefined || here === undefined ? null : minus(here, there);
      if (apart !== null && apart.terms.length === 0) found ??= apart.constant;
    });
    if (found !== null) return found;
  }
  return null;
}

function withStages(s: Syntax, stages: ReadonlyMap<NameSyntax, Affine>): Syntax {
  const own = s.kind === 'name' ? stages.get(s) : undefined;
  if (s.kind === 'name' && own !== undefined) {
    const [, ...rest] = s.brackets;
    return { ...s, brackets: [[syntaxOf(own, s)], ...rest] };
  }
  return mapSyntax(s, (part) => withStages(part, stages));
}

/** An affine form as syntax. */
function syntaxOf(a: Affine, at: NameSyntax): Syntax {
  const { span } = at;
  const count: Syntax = { kind: 'number', text: String(Math.abs(a.constant)), span };
  const [only] = a.terms;
  if (only === undefined) return a.constant < 0 ? { kind: 'negative', of: count, span } : count;
  const name: Syntax = {
    kind: 'name',
    name: bareName(shift(a, -a.constant)) ?? only.symbol.name,
    brackets: [],
    span,
  };
  if (a.constant === 0) return name;
  const sign = a.constant < 0 ? '-' : '+';
  return {
    kind: 'sum',
    parts: [
      { operator: '+', span, of: name },
      { operator: sign, span, of: count },
    ],
    span,
  };
}

// Sums and samples.

/** Samples that nothing names: one and the same free index in the whole statement. */
function withFreeSamples(sides: readonly Syntax[], letters: Letters): readonly Syntax[] {
  const taken = new Set(sides.flatMap((s) => [...lettersIn(s)]));
  const name = ['i', 's', 'r', 'q', 'p'].find((n) => !taken.has(n) && !letters.scope.tensors.has(n)) ?? 'i';
  return sides.map((s) => withSample(s, { kind: 'name', name, brackets: [], span: s.span }, letters, false));
}

/** The letters in slots. */
function lettersIn(s: Syntax | undefined): Set<string> {
  const found = new Set<string>();
  if (s !== undefined)
    visitSyntax(s, (part) => {
      if (part.kind === 'indexed')
        for (const slot of part.slots) if (slot.kind === 'name') found.add(slot.name);
      if (part.kind !== 'name') return;
      for (const b of part.brackets)
        for (const slot of b) if (slot.kind === 'name' && slot.name !== MISSING) found.add(slot.name);
    });
  return found;
}

/** Sums that name no index get it from their body; an index that stands nowhere in the body runs over the samples. */
function withSums(s: Syntax, outer: ReadonlySet<string>, letters: Letters): Syntax {
  if (s.kind !== 'call' || s.name !== 'sum') return mapSyntax(s, (part) => withSums(part, outer, letters));
  const [first, ...rest] = s.args;
  const body = rest.at(-1);
  if (first === undefined || body === undefined) return s;
  const bound = letterOf(first);
  const inner = withSums(body, bound === null ? outer : new Set([...outer, bound]), letters);
  const free = lettersIn(inner);
  if (bound !== null && first.kind === 'name' && free.has(bound)) {
    const said = runsOverSamples(inner, bound, letters) ? withSample(inner, first, letters) : inner;
    return { ...s, args: [first, ...rest.slice(0, -1), said] };
  }
  const samples = sampled(inner, bound ?? 'i', letters);
  if (samples !== null) return { ...s, ...samples, span: s.span };
  if (bound !== null) return { ...s, args: [first, ...rest.slice(0, -1), inner] };
  const open = [...free].filter(
    (name) => !outer.has(name) && !letters.scope.sizes.has(name) && !isStage(name, letters),
  );
  const [only] = open;
  if (only === undefined || open.length > 1) return { ...s, args: [inner] };
  return { ...s, args: [{ kind: 'name', name: only, brackets: [], span: first.span }, inner] };
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
