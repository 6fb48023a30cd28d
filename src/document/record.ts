// A derivation as plain data: every step with its arguments, its equation in two syntaxes, its reason and its numbers.

import type { Case, Derivation, MatrixForm, NoMatrixForm, Result, Step } from '../engine/types.ts';
import type { Expr } from '../expr/expr.ts';
import { shapeOf } from '../expr/shape.ts';
import { wordsOf } from '../lang/phrase.ts';
import type { Language } from '../lang/types.ts';
import { evaluateTensor } from '../numeric/evaluate.ts';
import type { World } from '../numeric/world.ts';
import { plain } from '../text/plain.ts';
import { reason } from './explain.ts';
import { conditionsFormula, equationFormula, type Printing } from './formulas.ts';
import { bareLine, type Told } from './grain.ts';
import { type Beside, besideOf } from './numbers.ts';

export interface FormulaRecord {
  readonly latex: string;
  readonly text: string;
}
export interface StepRecord {
  readonly rule: string;
  readonly with: Readonly<Record<string, unknown>>;
  readonly latex: string;
  readonly text: string;
  readonly explanation: string;
  readonly value?: ValueRecord;
  readonly from?: readonly StepRecord[];
  readonly lemma?: { readonly statement: FormulaRecord; readonly steps: readonly StepRecord[] };
}
export interface ValueRecord {
  readonly entry: string;
  readonly substituted: { readonly latex: string } | null;
  readonly number: number | null;
  readonly whole: Numbers | null;
  readonly oracle?: number;
  readonly error?: number;
}
/** A number, or numbers nested as deep as the tensor has slots; null for one that isn't finite. */
export type Numbers = number | null | readonly Numbers[];

export interface StatementRecord {
  readonly component: FormulaRecord;
  readonly matrix: (FormulaRecord & { readonly shape: readonly string[] }) | null;
  readonly why?: string;
}
export interface CaseRecord {
  readonly condition: FormulaRecord | null;
  readonly statement: StatementRecord;
  readonly steps: readonly StepRecord[];
  readonly matrixSteps: readonly StepRecord[];
  readonly special: {
    readonly statement: StatementRecord;
    readonly steps: readonly StepRecord[];
    readonly matrixSteps: readonly StepRecord[];
  } | null;
  readonly verified: Case['verified'];
}
export interface ResultRecord {
  readonly id: string;
  readonly target: string;
  readonly cases: readonly CaseRecord[];
}

export interface RecordOptions {
  readonly printing: Printing;
  readonly language: Language;
  /** The numbers' world; null where there are none. */
  readonly world: World | null;
  readonly digits: number;
  readonly entry: readonly number[] | null;
}

/** A result with all its steps. */
export function resultRecord(result: Result, o: RecordOptions): ResultRecord {
  const world = result.system === o.printing.system ? o.world : null;
  const own: RecordOptions = { ...o, world, printing: { ...o.printing, system: result.system } };
  return { id: result.id, target: result.target, cases: result.cases.map((c) => caseRecord(c, own)) };
}

function caseRecord(c: Case, o: RecordOptions): CaseRecord {
  const p = o.printing;
  const { special } = c;
  const own: Derivation | null = special === null ? null : { ...special.derivation, left: c.derivation.left };
  return {
    condition: c.condition.length === 0 ? null : formulaRecord(conditionsFormula(c.condition, p)),
    statement: statementRecord(c.derivation, c.matrix, o),
    steps: stepRecords(c.derivation, c.matrix, o),
    matrixSteps: matrixSteps(c.matrix, c.derivation, o),
    special:
      special === null || own === null
        ? null
        : {
            statement: statementRecord(own, special.matrix, o),
            steps: stepRecords(own, special.matrix, o),
            matrixSteps: matrixSteps(special.matrix, own, o),
          },
    verified: c.verified,
  };
}

const formulaRecord = (f: { latex: string; plain: string | null }): FormulaRecord => ({
  latex: f.latex,
  text: f.plain ?? '',
});

function statementRecord(
  d: Derivation,
  matrix: MatrixForm | NoMatrixForm,
  o: RecordOptions,
): StatementRecord {
  const p = o.printing;
  const component = formulaRecord(equationFormula(d.left, d.right, p));
  if ('why' in matrix) return { component, matrix: null, why: matrix.why };
  const shape = shapeOf(matrix.left, p.system).map((s) => s.key);
  return {
    component,
    matrix: { ...formulaRecord(equationFormula(matrix.left, matrix.right, p)), shape },
  };
}

/** The lifting steps; each line is still an equation of one entry. */
const matrixSteps = (
  matrix: MatrixForm | NoMatrixForm,
  d: Derivation,
  o: RecordOptions,
): readonly StepRecord[] =>
  'why' in matrix ? [] : matrix.steps.map((s) => stepRecord(d.left, s, { ...o, world: null }, null));

function stepRecords(
  d: Derivation,
  matrix: MatrixForm | NoMatrixForm,
  o: RecordOptions,
): readonly StepRecord[] {
  const beside = o.world === null ? null : besideOf(d, { ...o, world: o.world });
  return d.steps.map((s, i) => {
    const record = stepRecord(d.left, s, o, beside);
    const { value } = record;
    const last = i === d.steps.length - 1;
    return value === undefined || beside === null
      ? record
      : { ...record, value: withWhole(value, last, matrix, beside, o) };
  });
}

/** The last line's value with the whole tensor and the oracle's word. */
function withWhole(
  value: ValueRecord,
  last: boolean,
  matrix: MatrixForm | NoMatrixForm,
  beside: Beside,
  o: RecordOptions,
): ValueRecord {
  if (!last || o.world === null) return value;
  const { number } = value;
  const whole = 'why' in matrix ? null : evaluateTensor(matrix.right, o.world, beside.env);
  const error = number === null ? {} : { error: Math.abs(number - beside.oracle) };
  const oracle = Number.isFinite(beside.oracle) ? { oracle: beside.oracle, ...error } : {};
  return { ...value, whole: whole === null ? null : nested(whole.shape, whole.entries), ...oracle };
}

const finite = (x: number): number | null => (Number.isFinite(x) ? x : null);

/** Row-major entries as nested lists. */
export function nested(shape: readonly number[], entries: ArrayLike<number>, from = 0): Numbers {
  const [size, ...rest] = shape;
  if (size === undefined) return finite(entries[from] ?? Number.NaN);
  const stride = rest.reduce((n, s) => n * s, 1);
  return Array.from({ length: size }, (_, i) => nested(rest, entries, from + i * stride));
}

function stepRecord(left: Expr, step: Step, o: RecordOptions, beside: Beside | null): StepRecord {
  const line = bareLine(left, step);
  const { lemma, from } = step;
  const numbers = beside?.at(line) ?? null;
  return {
    rule: step.rule,
    with: argumentsOf(step, o),
    ...formulaRecord(equationFormula(left, step.after, o.printing)),
    explanation: explanation(line, o),
    ...(numbers === null ? {} : { value: valueRecord(numbers) }),
    ...(from === undefined ? {} : { from: from.map((s) => stepRecord(left, s, o, null)) }),
    ...(lemma === undefined
      ? {}
      : {
          lemma: {
            statement: formulaRecord(equationFormula(lemma.left, lemma.right, o.printing)),
            steps: lemma.steps.map((s) => stepRecord(lemma.left, s, o, null)),
          },
        }),
  };
}

const explanation = (line: Told, o: RecordOptions): string => wordsOf(reason(line, o), (f) => `$${f.latex}$`);

const valueRecord = (n: ReturnType<Beside['at']> & object): ValueRecord => ({
  entry: n.left.plain ?? '',
  substituted: n.substituted === null ? null : { latex: n.substituted.latex },
  number: finite(n.number),
  whole: null,
});

/** A rule's arguments in plain syntax. */
function argumentsOf(step: Step, o: RecordOptions): Readonly<Record<string, unknown>> {
  const { via, lemma, at, index, value, name, slots } = step.with;
  const { system } = o.printing;
  return {
    ...(via === undefined
      ? {}
      : {
          via: via.map(
            (m) =>
              `${m.name}${m.stage.length === 0 ? '' : `[${m.stage.map((s) => s?.key ?? '*').join(',')}]`}`,
          ),
        }),
    ...(lemma === undefined ? {} : { lemma: `${plain(lemma.left, system)} = ${plain(lemma.right, system)}` }),
    ...(at === undefined ? {} : { at: Object.fromEntries(at.map(([from, to]) => [from, to.key])) }),
    ...(index === undefined ? {} : { index }),
    ...(value === undefined ? {} : { value: value.key }),
    ...(name === undefined ? {} : { name }),
    ...(slots === undefined ? {} : { slots }),
  };
}
