// The network as blocks: its quantities with their shapes, its layers, its numbers.

import { index, integer } from '../expr/affine.ts';
import type { Tensor } from '../expr/expr.ts';
import { call, head, symbol } from '../expr/make.ts';
import type { TensorDecl } from '../expr/system.ts';
import { code, type Formula, type Phrase, say } from '../lang/phrase.ts';
import type { Language, NetworkWords } from '../lang/types.ts';
import { lastLayer, layerAt } from '../model/layer-numbers.ts';
import type { Network } from '../model/spec.ts';
import { evaluateTensor } from '../numeric/evaluate.ts';
import type { Values, World } from '../numeric/world.ts';
import { activationRow } from '../tables/activations.ts';
import { defaultConventions } from '../tables/conventions.ts';
import type { Block, DisplayRow, TableBlock } from './blocks.ts';
import { numberFormula } from './digits.ts';
import { exprFormula, type Printing, tensorFormula } from './formulas.ts';
import { shapeFormula } from './result-section.ts';
import { wholeFormula } from './whole.ts';

/** The tensor of a declaration at its own stage letters. */
const ownTensor = (d: TensorDecl): Tensor =>
  symbol(
    d.name,
    d.stage.map((s) => index(s)),
  );

/** The tensors whose numbers were drawn because none were given. */
export const drawnTensors = (network: Network): Tensor[] =>
  [...network.system.tensors.values()].flatMap((d) =>
    network.concrete?.drawn.has(d.name) === true ? [ownTensor(d)] : [],
  );

/** One row for each tensor of the network: symbol, meaning, shape. */
export function quantitiesTable(network: Network, p: Printing, language: Language): TableBlock {
  const { network: words } = language;
  const rows = [...network.system.tensors.values()].map((d): Phrase[] => [
    say`${tensorFormula(ownTensor(d), p)}`,
    meaningOf(d, network, p, language),
    say`${shapeFormula(ownTensor(d), p)}`,
  ]);
  return { kind: 'table', head: [words.quantity, words.meaning, words.shape], rows, align: [] };
}

function meaningOf(d: TensorDecl, network: Network, p: Printing, { network: words }: Language): Phrase {
  const of = d.of === undefined ? undefined : network.system.tensors.get(d.of);
  if (d.kind === 'error')
    return of === undefined ? say`` : words.error(tensorFormula(ownTensor(of), p), scaled(d, of, p));
  const known =
    network.spec.kind === 'layers' && Object.hasOwn(words.named, d.name)
      ? words.named[d.name === 'w' ? weightsKey(network) : d.name]
      : undefined;
  if (known !== undefined) return known;
  return d.name === network.system.loss ? (words.named.C ?? words.role.variable) : words.role[d.kind];
}

/** m dC/dz, where an error isn't the derivative itself. */
function scaled(d: TensorDecl, of: TensorDecl, p: Printing): Formula | null {
  if (d.scale === undefined) return null;
  const [by, factor] = [ownTensor(of), d.scale];
  if (by.kind !== 'symbol') return null;
  const gradient: Tensor = { kind: 'derivative', what: 'adjoint', head: null, of: null, by, cut: [] };
  return tensorFormula({ kind: 'scale', by: factor, of: gradient }, p);
}

const weightsKey = ({ conventions: c }: Network): string =>
  c?.weights === 'in-out' ? 'wInOut' : c?.weightLayer === 'start' ? 'wStart' : 'w';

/** One row for each layer: how many neurons, which activation. Null without widths. */
export function layersTable(network: Network, p: Printing, language: Language): TableBlock | null {
  const widths = network.concrete?.widths;
  if (widths === undefined || widths === null) return null;
  const { network: words } = language;
  const c = network.conventions ?? defaultConventions;
  const last = lastLayer(widths, c);
  const rows = widths.map((width, i): Phrase[] => [
    say`${layerAt(i, c)}`,
    say`${width}`,
    i === 0 ? say`` : activationOf(network, layerAt(i, c), last, p, words),
  ]);
  return {
    kind: 'table',
    head: [words.layer, words.neurons, words.activation],
    rows,
    align: ['right', 'right'],
  };
}

function activationOf(
  network: Network,
  layer: number,
  last: number,
  p: Printing,
  { activations }: NetworkWords,
): Phrase {
  const inWords = (row: string): string => activations[row] ?? row;
  const own =
    network.functions.find((f) => f.stages?.includes(layer) === true) ??
    (layer === last ? network.functions.find((f) => f.head === 'g') : undefined) ??
    (layer === last && outputRow(network) !== null ? null : network.functions.find((f) => f.stages === null));
  if (own === null || own === undefined) return say`${inWords(outputRow(network) ?? '')}`;
  const letter = call(head(own.head, 0, own.stages === null ? null : integer(layer)), {
    kind: 'size',
    value: index('z'),
  });
  if (own.row !== null) return say`${inWords(own.row)}`;
  return own.formula === null ? say`${exprFormula(letter, p)}` : [code(own.formula)];
}

/** The output's activation where it is a function of the whole layer. */
function outputRow(network: Network): string | null {
  const { spec } = network;
  if (spec.kind !== 'layers') return null;
  const list = Array.isArray(spec.activation) ? spec.activation.at(-1) : null;
  const name = spec.output ?? list ?? null;
  const row = name === null ? null : activationRow(name);
  return row !== null && row !== undefined && row.kind === 'vector' ? row.name : null;
}

export interface ValueOptions {
  readonly world: World;
  readonly printing: Printing;
  readonly digits: number;
}

/** The given numbers, one tensor a row: inputs, weights, biases. */
export function givenValues(network: Network, o: ValueOptions): Block[] {
  const rows = [...(network.concrete?.values ?? [])].flatMap(([key, values]) =>
    valueRow(keyed(key), values, o),
  );
  return rows.length === 0 ? [] : [{ kind: 'display', id: null, rows, tag: null }];
}

/** `w[2]` as the tensor. */
function keyed(key: string): Tensor {
  const [, name = key, stage] = /^([^[]+)\[([\d,]+)\]$/.exec(key) ?? [];
  return symbol(name, stage === undefined ? [] : stage.split(',').map((s) => integer(Number(s))));
}

/** A tensor and its numbers as a row; none for a tensor of more than two slots. */
export function valueRow(t: Tensor, { shape, entries }: Values, o: ValueOptions): DisplayRow[] {
  const [, columns = 1] = shape;
  const at = (slots: readonly number[]): number => {
    const [i = 1, j = 1] = slots;
    return (
      entries[(i - 1) * (shape.length === 1 ? 1 : columns) + (shape.length === 1 ? 0 : j - 1)] ?? Number.NaN
    );
  };
  const left = tensorFormula(t, o.printing);
  if (shape.length === 0)
    return [{ left, right: numberFormula(entries[0] ?? Number.NaN, o.digits), where: null }];
  const right = wholeFormula(shape, at, o.digits, o.printing.notation.transpose);
  return right === null ? [] : [{ left, right, where: null }];
}

/** What the forward pass of a network of layers computes, layer by layer, and the loss. */
export function forwardValues(network: Network, o: ValueOptions): Block[] {
  const widths = network.concrete?.widths;
  if (widths === undefined || widths === null) return [];
  const c = network.conventions ?? defaultConventions;
  const layers = widths.slice(1).map((_, i) => integer(layerAt(i + 1, c)));
  const rows = layers.flatMap((l) => ['z', 'a'].map((name) => symbol(name, [l])));
  const display = [...rows, symbol(network.system.loss)].flatMap((t) =>
    valueRow(t, evaluateTensor(t, o.world, new Map()), o),
  );
  return [{ kind: 'display', id: null, rows: display, tag: null }];
}
