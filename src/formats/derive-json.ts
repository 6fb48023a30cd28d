// Results as JSON: the documented contract of `derive --format json`, whose schema stands in schema/derive.json.

import { conditionsFormula, equationFormula } from '../document/formulas.ts';
import { type RecordOptions, type ResultRecord, resultRecord } from '../document/record.ts';
import type { Result } from '../engine/types.ts';
import type { Expr } from '../expr/expr.ts';
import { entry } from '../expr/make.ts';
import type { Network } from '../model/spec.ts';
import { plain } from '../text/plain.ts';

export interface DeriveJsonInput extends RecordOptions {
  readonly version: string;
  readonly network: Network;
  readonly results: readonly Result[];
  /** The loss's tree as plain data. */
  readonly tree: (e: Expr) => unknown;
}

export interface DeriveJson {
  readonly version: string;
  readonly network: {
    readonly title: string;
    readonly layers: readonly number[] | null;
    readonly functions: readonly {
      readonly head: string;
      readonly stages: readonly number[] | null;
      readonly name: string | null;
      readonly formula: string | null;
    }[];
    readonly loss: string | null;
    readonly notes: readonly string[];
  };
  readonly notation: string;
  readonly assumptions: readonly { readonly latex: string; readonly text: string }[];
  readonly loss: { readonly text: string; readonly tree: unknown };
  readonly results: readonly ResultRecord[];
}

/** The contract as an object. Throws a `RangeError` where the network has no equation for its loss. */
export function deriveJson(input: DeriveJsonInput): DeriveJson {
  const { network, printing } = input;
  const { system } = network;
  const loss = system.equations.find((eq) => eq.lhs.of.name === system.loss);
  if (loss === undefined) throw new RangeError('the network has no loss');
  const given = system.given.map((c) => conditionsFormula([c], printing));
  const identities = system.identities.map((i) => equationFormula(i.left, i.right, printing));
  return {
    version: input.version,
    network: {
      title: network.title,
      layers: network.concrete?.widths ?? null,
      functions: network.functions.map((f) => ({
        head: f.head,
        stages: f.stages,
        name: f.row,
        formula: f.formula,
      })),
      loss: network.loss,
      notes: network.notes,
    },
    notation: printing.notation.name,
    assumptions: [...given, ...identities].map((f) => ({ latex: f.latex, text: f.plain ?? '' })),
    loss: {
      text: `${plain(entry(system.loss, [], []), system)} = ${plain(loss.rhs, system)}`,
      tree: input.tree(loss.rhs),
    },
    results: input.results.map((r) => resultRecord(r, input)),
  };
}

/** The contract as text. */
export const deriveJsonText = (input: DeriveJsonInput): string =>
  `${JSON.stringify(deriveJson(input), null, 2)}\n`;
