// A name or a formula of an activation -> a function of the system.

import type { Affine } from '../expr/affine.ts';
import type { Expr } from '../expr/expr.ts';
import type { FunctionDef, System } from '../expr/system.ts';
import { evaluate } from '../numeric/evaluate.ts';
import {
  activationNames,
  activationRow,
  type Interval,
  type VectorActivation,
} from '../tables/activations.ts';
import { shown } from '../text/english-reading.ts';
import { suggestion } from '../text/nearest.ts';
import { readScalarFormula } from './formula.ts';
import type { NamedFunction, ParseFormula, SpecPath, SpecSource } from './spec.ts';

/** The letter an activation's formula is a function of. */
export const PARAM = 'z';

/** A function of one variable with its formula, or a vector activation's row. */
export type Activation = ScalarFunction | VectorFunction;
export interface ScalarFunction {
  readonly kind: 'scalar';
  /** Equal texts, equal functions: the row's name, or the user's formula. */
  readonly id: string;
  readonly row: string | null;
  readonly formula: string;
  readonly body: Expr;
  readonly range: Interval | null;
}
export interface VectorFunction {
  readonly kind: 'vector';
  readonly id: string;
  readonly row: VectorActivation;
  readonly range: Interval;
}

/** Reads one activation of a spec. Throws where the name is unknown or the formula can't be read. */
export function readActivation(
  text: string,
  path: SpecPath,
  source: SpecSource,
  parseFormula: ParseFormula | undefined,
): Activation {
  const trimmed = text.trim();
  const row = activationRow(trimmed);
  if (row?.kind === 'vector') return { kind: 'vector', id: row.name, row, range: row.range };
  if (row !== null) {
    const body = readScalarFormula(row.formula);
    return { kind: 'scalar', id: row.name, row: row.name, formula: row.formula, body, range: row.range };
  }
  if (/^[A-Za-z][\w-]*$/.test(trimmed) && trimmed !== PARAM) {
    throw source.error(path, `unknown activation "${trimmed}"${suggestion(trimmed, activationNames)}`);
  }
  return {
    kind: 'scalar',
    id: trimmed,
    row: null,
    formula: trimmed,
    body: ownFormula(text, path, source, parseFormula),
    range: null,
  };
}

const PROBES = [0.3, -0.7, 1.6, -2.4, 5];

/** The value of a formula in z. */
function valueAt(e: Expr, z: number): number {
  const system: System = {
    tensors: new Map([[PARAM, { name: PARAM, stage: [], size: [], kind: 'input' as const }]]),
    equations: [],
    functions: [],
    loss: '',
    sizes: new Map(),
    given: [],
    identities: [],
  };
  const values = new Map([[PARAM, { shape: [], entries: Float64Array.of(z) }]]);
  const empty = { sizes: new Map(), functions: new Map(), losses: new Map(), source: null };
  return evaluate(e, { system, values, ...empty });
}

function ownFormula(
  text: string,
  path: SpecPath,
  source: SpecSource,
  parseFormula: ParseFormula | undefined,
): Expr {
  if (parseFormula === undefined) {
    throw source.error(
      path,
      `"${text.trim()}" is a formula, and no formula reader was handed in (parseFormula)`,
    );
  }
  const read = parseFormula(text);
  if (!('column' in read)) {
    if (PROBES.some((z) => Number.isFinite(valueAt(read, z)))) return read;
    throw source.error(
      path,
      `activation ${shown(text.trim())}: the formula has no finite value for any z tried`,
    );
  }
  throw source.error(path, `activation ${shown(text.trim())}: ${read.message}`, { column: read.column });
}

/** The function `name` (at a stage) with this activation as its formula. */
export const functionDef = (name: string, stage: Affine | null, f: ScalarFunction | null): FunctionDef => ({
  name,
  stage,
  param: PARAM,
  body: f?.body ?? null,
});

export const named = (
  head: string,
  stages: readonly number[] | null,
  f: ScalarFunction | null,
): NamedFunction => ({
  head,
  stages,
  row: f?.row ?? null,
  formula: f?.formula ?? null,
});
