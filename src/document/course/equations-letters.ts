// The letters that the sentences about BP1 to BP4 speak of, taken from the statements themselves.

import type { Result } from '../../engine/types.ts';
import { type Affine, index } from '../../expr/affine.ts';
import type { Expr, SymbolEntry } from '../../expr/expr.ts';
import { isSymbolEntry, jacobian, symbol } from '../../expr/make.ts';
import { substitute } from '../../expr/substitute.ts';
import type { TensorDecl } from '../../expr/system.ts';
import { visit } from '../../expr/walk.ts';
import { type Formula, say } from '../../lang/phrase.ts';
import { exprFormula, indexFormula, lazily, type Printing, tensorFormula } from '../formulas.ts';
import type { Hands, SectionContext } from '../section.ts';
import type { OutputFactors } from './equations-factors.ts';
import { layerFacts, neuronSlot } from './layers-facts.ts';

/** The first entry of a tensor of a kind in an expression. */
function entryOfKind(e: Expr, kind: TensorDecl['kind'], p: Printing): SymbolEntry | null {
  let found: SymbolEntry | null = null;
  visit(e, (c) => {
    if (isSymbolEntry(c) && p.system.tensors.get(c.of.name)?.kind === kind) found ??= c;
  });
  return found;
}

type Shown = Readonly<Record<string, string | null>>;

/** What the sentences mention, as phrases; null for what a statement doesn't have. */
export function lettersOf(
  { results, options, network }: SectionContext,
  factors: OutputFactors | null,
  { phrase }: Hands,
): Readonly<Record<'bp1' | 'bp2' | 'bp3' | 'bp4', Shown>> {
  const p = options.printing;
  const shown = (e: Expr | null | undefined): string | null =>
    e == null ? null : phrase(say`${exprFormula(e, p)}`);
  const statement = (id: string): Result['cases'][number]['derivation'] | undefined =>
    results.find((r) => r.id === id)?.cases[0]?.derivation;
  const facts = layerFacts(network);
  const place = facts === null ? 0 : neuronSlot(facts);
  const neuron = (e: SymbolEntry): Affine => e.slots[place] ?? index('j');
  const [bp2, bp3, bp4] = ['bp2', 'bp3', 'bp4'].map(statement);
  const by = (d: typeof bp2): SymbolEntry | null => (d?.left.kind === 'adjoint' ? d.left.by : null);
  const of = (d: typeof bp2, kind: TensorDecl['kind']): SymbolEntry | null =>
    d === undefined ? null : entryOfKind(d.right, kind, p);
  const slope = bp2 === undefined ? null : slopeIn(bp2.right);
  const layer = (e: SymbolEntry | null): string | null =>
    e?.of.stage[0] === undefined ? null : phrase(say`${indexFormula(e.of.stage[0], p)}`);
  return {
    bp1: factors === null ? {} : outputLetters(factors, neuron, shown, phrase, p),
    bp2: {
      z: shown(slope?.args[0]),
      slope: shown(slope),
      weight: shown(of(bp2, 'parameter')),
      error: shown(of(bp2, 'error')),
      layer: layer(of(bp2, 'error')),
      matrix: tensorShown(of(bp2, 'parameter'), phrase, p),
    },
    bp3: { bias: shown(by(bp3)), error: shown(of(bp3, 'error')) },
    bp4: { weight: shown(by(bp4)), activation: shown(of(bp4, 'variable')), error: shown(of(bp4, 'error')) },
  };
}

const tensorShown = (e: SymbolEntry | null, phrase: Hands['phrase'], p: Printing): string | null =>
  e === null ? null : phrase(say`${tensorFormula(symbol(e.of.name, e.of.stage), p)}`);

function outputLetters(
  { of, slopeOfLoss, slope }: OutputFactors,
  neuron: (e: SymbolEntry) => Affine,
  shown: (e: Expr) => string | null,
  phrase: Hands['phrase'],
  p: Printing,
): Shown {
  const j = neuron(of);
  const other = new Map([[j.key, index('k')]]);
  const another = substitute(slopeOfLoss.by, other);
  if (!isSymbolEntry(another)) return {};
  return {
    z: shown(of),
    activation: shown(slopeOfLoss.by),
    another: shown(another),
    itself: shown(substitute(of, other)),
    vanishing: shown(jacobian(another, of)),
    differs: phrase(say`${differ(index('k'), j, p)}`),
    k: phrase(say`${indexFormula(index('k'), p)}`),
    slope: shown(slope),
    slopeOfLoss: shown(slopeOfLoss),
  };
}

const differ = (a: Affine, b: Affine, p: Printing): Formula => {
  const [left, right] = [indexFormula(a, p), indexFormula(b, p)];
  return lazily({
    latex: () => `${left.latex} \\ne ${right.latex}`,
    unicode: () => `${left.unicode} ≠ ${right.unicode}`,
    plain: null,
  });
};

/** The derivative of an activation function in a statement: sigma'(z_j^l). */
function slopeIn(e: Expr): (Expr & { readonly kind: 'call' }) | null {
  let found: (Expr & { readonly kind: 'call' }) | null = null;
  visit(e, (c) => {
    if (c.kind === 'call' && c.fn.order === 1) found ??= c;
  });
  return found;
}
