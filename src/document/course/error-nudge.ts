// What an error says, tried out: a small number is added to one weighted input, by way of its bias, and the loss is computed again.

import { type IndexMap, integer } from '../../expr/affine.ts';
import type { SymbolEntry } from '../../expr/expr.ts';
import { adjoint, entry } from '../../expr/make.ts';
import { substitute } from '../../expr/substitute.ts';
import { type Phrase, say } from '../../lang/phrase.ts';
import { evaluate } from '../../numeric/evaluate.ts';
import { openRun } from '../../numeric/run.ts';
import type { World } from '../../numeric/world.ts';
import { numberFormula } from '../digits.ts';
import { exprFormula, givenFormula, type Printing } from '../formulas.ts';
import type { SectionContext } from '../section.ts';
import type { LayerFacts } from './layers-facts.ts';

/** What is added. */
const STEP = 0.01;

interface Nudge {
  /** z_1^2 and delta_1^2. */
  readonly z: string;
  readonly delta: string;
  readonly step: string;
  /** The error times the step, and what the loss changes by. */
  readonly predicted: string;
  readonly found: string;
}

/** Null where there are no numbers, or several samples share a bias. */
export function nudge(
  facts: LayerFacts,
  { options: o }: SectionContext,
  phrase: (p: Phrase) => string,
): Nudge | null {
  const { world, printing: p, digits } = o;
  if (world === null || facts.bias === null || facts.samples !== null) return null;
  const map: IndexMap = new Map([
    [facts.letter, integer(facts.first)],
    ...facts.equation.lhs.slots.map((s) => [s.key, integer(1)] as const),
  ]);
  const z = substitute(facts.equation.lhs, map) as SymbolEntry;
  const error = errorAt(z, p);
  const slope = evaluate(adjoint(z), world);
  const number = (x: number): string => phrase(say`${numberFormula(x, digits)}`);
  return {
    z: phrase(say`${exprFormula(z, p)}`),
    delta: phrase(say`${exprFormula(error, p)}`),
    step: phrase(say`${givenFormula(String(STEP), String(STEP))}`),
    predicted: number(slope * STEP),
    found: number(changed(facts, map, world)),
  };
}

/** dC/dz, or the error by its name. */
function errorAt(z: SymbolEntry, p: Printing): ReturnType<typeof adjoint> | SymbolEntry {
  const named = [...p.system.tensors.values()].find(
    (d) => d.kind === 'error' && d.of === z.of.name && d.scale === undefined,
  );
  return named === undefined ? adjoint(z) : entry(named.name, z.of.stage, z.slots);
}

/** What the loss changes by where the bias, and with it the weighted input, grows by the step. */
function changed(facts: LayerFacts, map: IndexMap, world: World): number {
  const run = openRun(world);
  const before = run.forward();
  const stage = facts.bias === null ? [] : substitute(facts.bias, map).of.stage.map((s) => s.constant);
  const bias = run
    .leaves('parameter')
    .find((l) => l.name === facts.bias?.of.name && l.stage.join() === stage.join());
  if (bias === undefined) return Number.NaN;
  bias.entries[0] = (bias.entries[0] ?? 0) + STEP;
  return run.forward() - before;
}
