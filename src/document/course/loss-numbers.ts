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
import { exprFormula, givenFormula, lazily } from '../formulas.ts';
import type { SectionContext } from '../section.ts';
import { shownPositions } from '../whole.ts';
import type { LossParts } from './loss-parts.ts';
import { display } from './parts.ts';
import { withEntries, writtenOut } from './put-in.ts';
import { chainRows, sumRows } from './rows.ts';

/** So many samples have a row each. */
const MOST_SAMPLES = 6;

export function lossNumbers(parts: LossParts, context: SectionContext, world: World): Block[] {
  const { network, options: o } = context;
  if (parts.samples !== null) return batchNumbers(parts, parts.samples, context, world);
  const loss = entry(network.system.loss, [], []);
  const value = numberFormula(evaluate(loss, world), o.digits);
  const of = { world, printing: o.printing, digits: o.digits };
  const written = writtenOut(substitute(parts.sample, asIntegers(new Map(), world.sizes)), world.sizes);
  const left = exprFormula(loss, o.printing);
  if (parts.penalty === null)
    return blocks(
      display(
        sumRows(left, written, (e) => withEntries(e, of), value),
        'numbers-loss',
      ),
    );
  const penalty = numberFormula(evaluate(parts.penalty, world), o.digits);
  return blocks(display(chainRows(left, plus(withEntries(written, of), penalty), value), 'numbers-loss'));
}

const blocks = (...all: readonly (Block | null)[]): Block[] => all.flatMap((b) => b ?? []);

/** a + b */
const plus = (a: Formula, b: Formula): Formula =>
  lazily({
    latex: () => `${a.latex} + ${b.latex}`,
    unicode: () => `${a.unicode} + ${b.unicode}`,
    plain: null,
  });

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
  const one = chainRows(letter(1), written, numberFormula(at(1), digits));
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
  const each = Array.from({ length: size }, (_, i) => at(i + 1));
  return blocks(display(one), table, display(total(each, parts, context, world), 'numbers-loss'));
}

/** C = 1/4 (sum of the samples' losses) + penalty, each as one number. */
function total(
  each: readonly number[],
  parts: LossParts,
  { network, options: o }: SectionContext,
  world: World,
): DisplayRow[] {
  const number = (x: number): Formula => numberFormula(x, o.digits);
  const loss = entry(network.system.loss, [], []);
  const value = number(evaluate(loss, world));
  const left = exprFormula(loss, o.printing);
  if (each.length === 1 && parts.penalty === null) return chainRows(left, value);
  const own = together(each.map(number), parts.isMean);
  const all = parts.penalty === null ? own : plus(own, number(evaluate(parts.penalty, world)));
  return chainRows(left, all, value);
}

/** The samples' losses added, long lists with dots; a mean divides by their number. */
function together(losses: readonly Formula[], isMean: boolean): Formula {
  const shown = shownPositions(losses.length, MOST_SAMPLES).map((i) =>
    i === null ? DOTS : (losses[i - 1] ?? DOTS),
  );
  const [latex, unicode] = [shown.map((f) => f.latex).join(' + '), shown.map((f) => f.unicode).join(' + ')];
  if (!isMean || losses.length === 1) return givenFormula(latex, unicode);
  return givenFormula(`\\frac{1}{${losses.length}}\\,(${latex})`, `(1/${losses.length}) (${unicode})`);
}

const DOTS = givenFormula('\\cdots', '…');
