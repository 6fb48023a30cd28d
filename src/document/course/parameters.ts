// How many numbers a network learns: one row for each of its parameters, and the sums of products they come to.

import { integer } from '../../expr/affine.ts';
import { symbol } from '../../expr/make.ts';
import type { Formula } from '../../lang/phrase.ts';
import type { Network } from '../../model/spec.ts';
import { givenFormula, type Printing, tensorFormula } from '../formulas.ts';
import type { LayerFacts } from './layers-facts.ts';

interface ParameterRow {
  readonly tensor: string;
  readonly name: Formula;
  readonly sizes: readonly number[];
  readonly shape: Formula;
  readonly count: number;
}

/** The parameters with their numbers of entries, stage by stage; none where sizes are unknown. */
export function parameterRows(network: Network, p: Printing): ParameterRow[] {
  const { spec, system } = network;
  const penalty = spec.kind === 'layers' ? spec.l2 : null;
  return [...(network.concrete?.values ?? [])].flatMap(([key, { shape }]) => {
    const [, tensor = key, stage] = /^([^[]+)\[([\d,]+)\]$/.exec(key) ?? [];
    if (system.tensors.get(tensor)?.kind !== 'parameter' || tensor === penalty) return [];
    const at = stage === undefined ? [] : stage.split(',').map((s) => integer(Number(s)));
    return {
      tensor,
      name: tensorFormula(symbol(tensor, at), p),
      sizes: shape,
      shape: shapeText(shape),
      count: shape.reduce((n, s) => n * s, 1),
    };
  });
}

const shapeText = (shape: readonly number[]): Formula =>
  shape.length === 0
    ? givenFormula('1', '1')
    : givenFormula(shape.join(' \\times '), shape.join(' × '), shape.join(' x '));

/** A number of things, its thousands apart: 23,820. */
export const count = (n: number): Formula => {
  const grouped = n.toLocaleString('en-US');
  return givenFormula(grouped.replaceAll(',', '{,}'), grouped, String(n));
};

const MOST_TERMS = 6;

/** 784 * 30 + 30 * 10 = 23,820 weights, 30 + 10 = 40 biases; null where widths are unknown. */
export function parameterSums(
  facts: LayerFacts,
): { readonly weights: Formula; readonly biases: Formula; readonly total: number } | null {
  const { widths } = facts;
  if (widths === null) return null;
  const weights = widths.slice(1).map((to, i) => [widths[i] ?? 0, to]);
  const biases = widths.slice(1).map((to) => [to]);
  const all = [...weights, ...biases].map(product).reduce((a, b) => a + b, 0);
  return { weights: sumOf(weights), biases: sumOf(biases), total: all };
}

const product = (factors: readonly number[]): number => factors.reduce((n, f) => n * f, 1);

/** a * b + c * d = n; long sums with dots, a single number by itself. */
function sumOf(terms: readonly (readonly number[])[]): Formula {
  const total = count(terms.map(product).reduce((a, b) => a + b, 0));
  if (terms.length === 1 && terms[0]?.length === 1) return total;
  const shown = terms.length <= MOST_TERMS ? [...terms] : [...terms.slice(0, 2), null, terms.at(-1) ?? []];
  const text = (dot: string, dots: string): string =>
    shown.map((t) => (t === null ? dots : t.join(` ${dot} `))).join(' + ');
  return givenFormula(
    `${text('\\cdot', '\\cdots')} = ${total.latex}`,
    `${text('·', '…')} = ${total.unicode}`,
  );
}
