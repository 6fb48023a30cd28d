// The loss over all samples: what depends on a sample x is written as a function of it, y(x) and a^L(x).

import { liftScalar } from '../../engine/lift.ts';
import { begin, settle } from '../../engine/record.ts';
import { type Affine, index } from '../../expr/affine.ts';
import type { Condition } from '../../expr/condition.ts';
import type { Expr, SymbolTensor, Tensor } from '../../expr/expr.ts';
import { add, entry, inverse, isSymbolEntry, mul, size, sum } from '../../expr/make.ts';
import { mapParts, mapTensorParts, type PartMap } from '../../expr/parts.ts';
import { type System, tensorDecl } from '../../expr/system.ts';
import type { Formula } from '../../lang/phrase.ts';
import { ruleNamed } from '../../rules/catalogue.ts';
import { latex, latexTensor } from '../../text/latex.ts';
import { unicode, unicodeTensor } from '../../text/unicode.ts';
import type { DisplayRow } from '../blocks.ts';
import { exprFormula, lazily, type Printing } from '../formulas.ts';
import type { SectionContext } from '../section.ts';
import type { LossParts } from './loss-parts.ts';
import { wantsComponent, wantsMatrix } from './parts.ts';

/** The loss of one sample by name; its letter is the loss's with the sample as index: C_x. */
export const sampleLetter = 'Cx';
const SAMPLE = 'x';

/** Printing that knows the letter of one sample's loss, and m as a number of samples. */
export function samplePrinting(p: Printing): Printing {
  const { notation } = p;
  const system = { ...p.system, sizes: new Map([...p.system.sizes, ['m', 0]]) };
  const letter = notation.letters[system.loss] ?? system.loss;
  const plain = notation.unicode[system.loss] ?? system.loss;
  return {
    ...p,
    system,
    notation: {
      ...notation,
      letters: { ...notation.letters, [sampleLetter]: `${letter}_x` },
      unicode: { ...notation.unicode, [sampleLetter]: `${plain}ₓ` },
    },
  };
}

/** How many samples there are: n, or m where the notation writes the widths of layers with a letter of its own. */
export const sampleCount = ({ notation }: Printing): Affine =>
  index(notation.letters.n === undefined ? 'n' : 'm');

/** C = 1/n sum_x C_x (or the sum alone), and with the sample's loss put in, in both forms. */
export function overSamples(
  { sample, penalty, isMean }: LossParts,
  { options: o }: SectionContext,
): DisplayRow[] {
  const p = samplePrinting(o.printing);
  const system = sampledSystem(p.system);
  const of = sampled(sample, p.system);
  const matrix = wantsMatrix(o) ? liftScalar(system, system.given, of) : null;
  const left = exprFormula(entry(p.system.loss, [], []), p);
  const row = (right: Formula): DisplayRow => ({ left, right, where: null });
  const total = (e: Expr): Expr => sum(SAMPLE, [], e);
  const mean = (e: Expr): Expr => (isMean ? mul(inverse(size(sampleCount(p))), total(e)) : total(e));
  const whole = (e: Expr): Expr => (penalty === null ? e : add(e, penalty));
  return [
    row(exprFormula(whole(mean(entry(sampleLetter, [], []))), p)),
    ...(matrix === null ? [] : [row(sampleFormula(whole(factored(mean(matrix), system)), p, system))]),
    ...(wantsComponent(o) || matrix === null
      ? [row(sampleFormula(whole(factored(mean(of), system)), p, system))]
      : []),
  ];
}

/** Constants in front of the sum over the samples. */
function factored(e: Expr, system: System): Expr {
  const given: Condition[] = [];
  const w = begin(system, given, e);
  settle(w, [ruleNamed('factor-out')]);
  return w.current;
}

/** Whether a tensor has other numbers for another sample. */
const varies = (name: string, system: System): boolean =>
  system.tensors.has(name) && tensorDecl(system, name).kind !== 'parameter';

/** Each quantity of a sample at one stage more, the sample. */
function sampled(e: Expr, system: System): Expr {
  const at = (stage: readonly Affine[]): Affine[] => [...stage, index(SAMPLE)];
  const map: PartMap = {
    expr: (part) => mapParts(part, map),
    tensor: (t) =>
      t.kind === 'symbol'
        ? varies(t.name, system)
          ? { ...t, stage: at(t.stage) }
          : t
        : mapTensorParts(t, map),
    affine: (a) => a,
  };
  return map.expr(e);
}

const sampledSystem = (system: System): System => ({
  ...system,
  tensors: new Map(
    [...system.tensors].map(([name, d]) => [
      name,
      varies(name, system) ? { ...d, stage: [...d.stage, SAMPLE] } : d,
    ]),
  ),
});

/** a^L(x) */
export const atSample = (t: SymbolTensor, p: Printing): Formula =>
  lazily({
    latex: () => `${latexTensor(t, p)}(${SAMPLE})`,
    unicode: () => `${unicodeTensor(t, p)}(${SAMPLE})`,
    plain: null,
  });

/** a_j^L(x) for an entry at a sample, a^L(x) for a tensor. */
function sampleFormula(e: Expr, p: Printing, system: System): Formula {
  const leaf = (print: (e: Expr, p: Printing) => string) => (part: Expr) =>
    isSymbolEntry(part) && varies(part.of.name, p.system)
      ? `${print({ ...part, of: { ...part.of, stage: part.of.stage.slice(0, -1) } }, p)}(${SAMPLE})`
      : null;
  const whole = (print: (t: Tensor, p: Printing) => string) => (part: Tensor) =>
    part.kind === 'symbol' && varies(part.name, p.system)
      ? `${print({ ...part, stage: part.stage.slice(0, -1) }, p)}(${SAMPLE})`
      : null;
  return lazily({
    latex: () => latex(e, { ...p, system, leaf: leaf(latex), whole: whole(latexTensor) }),
    unicode: () => unicode(e, { ...p, system, leaf: leaf(unicode), whole: whole(unicodeTensor) }),
    plain: null,
  });
}
