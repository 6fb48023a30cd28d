// A name or a formula of a loss -> the loss of one sample over a[j] and y[j].

import { activationRow, type Interval } from '../tables/activations.ts';
import { type LossRow, lossNames, lossRow } from '../tables/losses.ts';
import { shown } from '../text/english-reading.ts';
import { suggestion } from '../text/nearest.ts';
import type { Activation } from './activation.ts';
import { readLossFormula, tryReadLoss } from './formula.ts';
import type { LossForm } from './layers.ts';
import type { SpecPath, SpecSource } from './spec.ts';

export interface Loss {
  readonly form: LossForm;
  readonly row: LossRow | null;
}

export const UNKNOWN_LOSS: Loss = { form: { body: null, identity: null }, row: null };

/** Reads the loss of a spec. `last`: the activation it follows, null where unknown. */
export function readLoss(text: string, last: Activation | null, path: SpecPath, source: SpecSource): Loss {
  const trimmed = text.trim();
  if (/^C\s*\(\s*a\s*\[\s*L\s*\]\s*\)$/.test(trimmed)) return UNKNOWN_LOSS;
  const row = lossRow(trimmed);
  if (row !== null) return fromRow(row, last, path, source);
  if (/^[A-Za-z][\w-]*$/.test(trimmed)) {
    throw source.error(path, `unknown loss "${trimmed}"${suggestion(trimmed, lossNames)}`);
  }
  const read = tryReadLoss(text);
  if ('column' in read)
    throw source.error(path, `loss ${shown(trimmed)}: ${read.message}`, { column: read.column });
  return { form: { body: read, identity: null }, row: null };
}

function fromRow(row: LossRow, last: Activation | null, path: SpecPath, source: SpecSource): Loss {
  if (last?.range != null && !within(last.range, row.domain)) {
    const needs = intervalText(row.domain);
    throw source.error(
      path,
      `loss "${row.name}" needs ${needs}, but "${last.id}" gives ${intervalText(last.range)}; ${advice(row)}`,
    );
  }
  const body = readLossFormula(row.formula, ['a', 'y']);
  const total = last?.kind === 'vector' ? last.row.total : null;
  const assumed = total === null ? null : row.assumption;
  if (assumed === null) return { form: { body, identity: null }, row };
  const [left, right] = [readLossFormula(assumed.left, ['y']), readLossFormula(assumed.right, [])];
  return { form: { body, identity: { id: assumed.id, left, right } }, row };
}

const advice = (row: LossRow): string =>
  activationRow('softmax') !== null && row.wanted === 'one-hot'
    ? 'make softmax the output'
    : 'make sigmoid the output';

/** Whether every value of `range` lies in `domain`. */
function within(range: Interval, domain: Interval): boolean {
  const low =
    range.from > domain.from || (range.from === domain.from && (domain.closedFrom || !range.closedFrom));
  const high = range.to < domain.to || (range.to === domain.to && (domain.closedTo || !range.closedTo));
  return low && high;
}

/** `0 < a < 1`, `a >= 0`, `any a`. */
function intervalText({ from, to, closedFrom, closedTo }: Interval): string {
  const [low, high] = [Number.isFinite(from), Number.isFinite(to)];
  if (low && high) return `${from} ${closedFrom ? '<=' : '<'} a ${closedTo ? '<=' : '<'} ${to}`;
  if (low) return `a ${closedFrom ? '>=' : '>'} ${from}`;
  return high ? `a ${closedTo ? '<=' : '<'} ${to}` : 'any a';
}
