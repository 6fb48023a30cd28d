// An evaluation as the documented JSON: schema/evaluate.json.

import { type Nested, nested } from './nested.ts';
import { type NetworkJson, networkJson } from './network-json.ts';
import type { Evaluation, NamedValues } from './results/evaluation.ts';
import type { Conventions } from './tables/conventions.ts';
import { version } from './version.ts';

export interface TensorJson {
  readonly name: string;
  readonly shape: readonly number[];
  /** Nested as deep as the tensor has slots; null where a number is not finite. */
  readonly values: Nested;
}

export interface EvaluateJson {
  readonly version: string;
  readonly network: NetworkJson;
  /** The conventions the network's equations are written in; null where it gives its equations itself. */
  readonly conventions: Conventions | null;
  readonly sizes: Readonly<Record<string, number>>;
  readonly drawn: readonly string[];
  readonly loss: number | null;
  readonly given: readonly TensorJson[];
  readonly forward: readonly TensorJson[];
  readonly errors: readonly TensorJson[];
  readonly gradients: readonly TensorJson[];
  readonly check: Evaluation['check'];
}

const tensorJson = ({ name, shape, entries }: NamedValues): TensorJson => ({
  name,
  shape,
  values: nested(shape, entries),
});

/** The numbers of an evaluation as plain data. */
export function evaluateJson(e: Evaluation): EvaluateJson {
  const { concrete } = e.network;
  return {
    version,
    network: networkJson(e.network),
    conventions: e.network.conventions,
    sizes: Object.fromEntries(concrete?.sizes ?? []),
    drawn: [...(concrete?.drawn ?? [])],
    loss: Number.isFinite(e.loss) ? e.loss : null,
    given: e.given.map(tensorJson),
    forward: e.forward.map(tensorJson),
    errors: e.errors.map(tensorJson),
    gradients: e.gradients.map(tensorJson),
    check: e.check,
  };
}
