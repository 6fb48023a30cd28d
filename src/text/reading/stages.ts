// Layers that a text leaves unsaid: where an index belongs, how far derivatives lead, the layer at hand.

import { type Affine, index, minus, shift } from '../../expr/affine.ts';
import { type System, sizesAt, type TensorDecl } from '../../expr/system.ts';
import { visit } from '../../expr/walk.ts';
import { ReadError } from '../read-error.ts';
import { envOf } from '../resolve.ts';
import { affineOf } from '../resolve-index.ts';
import type { DerivativeSyntax, NameSyntax, Syntax } from '../syntax.ts';
import { visitSyntax } from '../syntax-walk.ts';
import type { Letters } from './letters.ts';
import { MISSING } from './names.ts';
import { ALL } from './slices.ts';

export const isMissing = (s: Syntax | undefined): boolean => s?.kind === 'name' && s.name === MISSING;

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

export function stagesFor(sides: readonly Syntax[], letters: Letters, system: System): Stages {
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
  const named = places.flatMap((p) => (p.stage === null ? endsOf(p.decl) : [p.stage]));
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
/** The layers that the sizes of a tensor without a stage name: that of x is the first. */
const endsOf = (decl: TensorDecl): Affine[] =>
  decl.stage.length > 0 ? [] : decl.size.flatMap((s) => s.terms.flatMap((t) => t.symbol.at));

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
export const letterOf = (s: Syntax): string | null =>
  s.kind === 'name' && s.brackets.length === 0 && s.name !== MISSING && s.name !== ALL ? s.name : null;

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
