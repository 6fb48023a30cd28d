// The losses for one sample: one row each, over the output a[j] and the wanted output y[j]. Adding one is adding a row.

import type { Interval } from './activations.ts';

export interface LossRow {
  readonly name: string;
  readonly aliases: readonly string[];
  /** In plain syntax over components: a[j] is entry j of the last activation, y[j] of the wanted output; n[L] their number. */
  readonly formula: string;
  /** Where the loss is defined: what every a[j] must lie in. */
  readonly domain: Interval;
  /** What the wanted output is drawn as when it isn't given. */
  readonly wanted: 'real' | 'zero-one' | 'one-hot';
  /** An equation assumed of y, as plain text of its two sides, where the last activation's entries add up to 1. */
  readonly assumption: { readonly id: string; readonly left: string; readonly right: string } | null;
  /** What it is called, in words. */
  readonly words: string;
}

const REALS: Interval = { from: -Infinity, to: Infinity, closedFrom: false, closedTo: false };
const POSITIVE: Interval = { from: 0, to: Infinity, closedFrom: false, closedTo: false };
const UNIT: Interval = { from: 0, to: 1, closedFrom: false, closedTo: false };

export const losses: readonly LossRow[] = [
  {
    name: 'mse',
    aliases: ['quadratic', 'squared-error'],
    formula: '1/2*sum(j, (y[j]-a[j])^2)',
    domain: REALS,
    wanted: 'real',
    assumption: null,
    words: 'half the squared error',
  },
  {
    name: 'sse',
    aliases: ['sum-squared'],
    formula: 'sum(j, (y[j]-a[j])^2)',
    domain: REALS,
    wanted: 'real',
    assumption: null,
    words: 'the sum of the squared errors',
  },
  {
    name: 'mean-squared',
    aliases: [],
    formula: '1/n[L]*sum(j, (y[j]-a[j])^2)',
    domain: REALS,
    wanted: 'real',
    assumption: null,
    words: 'the mean of the squared errors',
  },
  {
    name: 'mae',
    aliases: ['absolute-error'],
    formula: 'sum(j, abs(y[j]-a[j]))',
    domain: REALS,
    wanted: 'real',
    assumption: null,
    words: 'the sum of the absolute errors',
  },
  {
    name: 'bce',
    aliases: ['binary-cross-entropy'],
    formula: '-sum(j, y[j]*log(a[j]) + (1-y[j])*log(1-a[j]))',
    domain: UNIT,
    wanted: 'zero-one',
    assumption: null,
    words: 'the binary cross-entropy',
  },
  {
    name: 'cross-entropy',
    aliases: ['categorical-cross-entropy'],
    formula: '-sum(j, y[j]*log(a[j]))',
    domain: POSITIVE,
    wanted: 'one-hot',
    assumption: { id: 'one-hot', left: 'sum(j, y[j])', right: '1' },
    words: 'the cross-entropy',
  },
];

const byName = new Map(
  losses.flatMap((row) => [row.name, ...row.aliases].map((name) => [name, row] as const)),
);

/** The row of a loss by its name or an alias; null when there is none. */
export const lossRow = (name: string): LossRow | null => byName.get(name) ?? null;
export const lossNames: readonly string[] = losses.map((row) => row.name);
