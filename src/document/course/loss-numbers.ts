// The loss in numbers: the sum written out, and in a batch each sample's loss and their mean.

import { integer } from '../../expr/affine.ts';
import { entry } from '../../expr/make.ts';
import { substitute } from '../../expr/substitute.ts';
import { type Formula, type Phrase, say } from '../../lang/phrase.ts';
import { evaluate } from '../../numeric/evaluate.ts';
import type { World } from '../../numeric/world.ts';
import { asIntegers, numberOf } from '../assign.ts';
import type { Block, DisplayRow, TableBlock } from '../blocks.ts';
import { numberFormula } from '../digits.ts';
import { exprFormula, lazily } from '../formulas.ts';
import type { SectionContext } from '../section.ts';
import { shownPositions } from '../whole.ts';
import type { LossParts } from './loss-parts.ts';
import { display } from './parts.ts';
import { chained, withEntries, writtenOut } from './put-in.ts';

/** So many samples have a row each. */
const MOST_SAMPLES = 6;

export function lossNumbers(parts: LossParts, context: SectionContext, world: World): Block[] {
  const { network, options: o } = context;
  const value = numberFormula(evaluate(entry(network.system.loss, [], []), world), o.digits);
  const left = exprFormula(entry(network.system.loss, [], []), o.printing);
  if (parts.samples !== null) return batchNumbers(parts, parts.samples, context, world);
  const rows: DisplayRow[] = [{ left, right: chained(inNumbers(parts, context, world), value), where: null }];
  return [display(rows, 'numbers-loss')].flatMap((b) => b ?? []);
}

/** The sample's loss with its sums written out, and the penalty as one number. */
function inNumbers(parts: LossParts, { options: o }: SectionContext, world: World): Formula {
  const of = { world, printing: o.printing, digits: o.digits };
  const map = asIntegers(new Map(), world.sizes);
  const written = withEntries(writtenOut(substitute(parts.sample, map), world.sizes), of);
  if (parts.penalty === null) return written;
  const rest = numberFormula(evaluate(parts.penalty, world), o.digits);
  return lazily({
    latex: () => `${written.latex} + ${rest.latex}`,
    unicode: () => `${written.unicode} + ${rest.unicode}`,
    plain: null,
  });
}

/** The first sample's loss written out; all of them in a table, and what they come to. */
function batchNumbers(
  parts: LossParts,
  { index: name, count }: NonNullable<LossParts['samples']>,
  context: SectionContext,
  world: World,
): Block[] {
  const { network, options: o } = context;
  const { printing: p, digits } = o;
  const size = numberOf(count, new Map(), world.sizes);
  const at = (i: number): number => evaluate(parts.sample, world, new Map([[name, i]]));
  const first = asIntegers(new Map([[name, 1]]), world.sizes);
  const of = { world, printing: p, digits };
  const letter = (i: number): Formula => exprFormula(entry(network.system.loss, [], [integer(i)]), p);
  const written = withEntries(writtenOut(substitute(parts.sample, first), world.sizes), of);
  const one: DisplayRow = {
    left: letter(1),
    right: chained(written, numberFormula(at(1), digits)),
    where: null,
  };
  const { loss: words } = o.language.course;
  const rows = shownPositions(size, MOST_SAMPLES).map((i): Phrase[] =>
    i === null ? [say`…`, say``] : [say`${i}`, say`${numberFormula(at(i), digits)}`],
  );
  const table: TableBlock = {
    kind: 'table',
    head: [words.sample, words.loss],
    rows,
    align: ['right', 'right'],
  };
  return [display([one]), table, display([total(parts, context, world)], 'numbers-loss')].flatMap(
    (b) => b ?? [],
  );
}

/** C = mean of the samples' losses + penalty, each as one number. */
function total(parts: LossParts, { network, options: o }: SectionContext, world: World): DisplayRow {
  const loss = entry(network.system.loss, [], []);
  const value = evaluate(loss, world);
  const number = numberFormula(value, o.digits);
  const left = exprFormula(loss, o.printing);
  if (parts.penalty === null) return { left, right: number, where: null };
  const penalty = evaluate(parts.penalty, world);
  const [own, rest] = [numberFormula(value - penalty, o.digits), numberFormula(penalty, o.digits)];
  const added = lazily({
    latex: () => `${own.latex} + ${rest.latex}`,
    unicode: () => `${own.unicode} + ${rest.unicode}`,
    plain: null,
  });
  return { left, right: chained(added, number), where: null };
}
