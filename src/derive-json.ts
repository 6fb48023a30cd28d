// A derivation as the documented JSON: schema/derive.json.

import { reason } from './document/explain.ts';
import { conditionsFormula, equationFormula, type Printing } from './document/formulas.ts';
import type { Told } from './document/grain.ts';
import type { Case, Derivation, MatrixForm, NoMatrixForm, Result, Step } from './engine/types.ts';
import type { CutMember, Expr } from './expr/expr.ts';
import { shapeOf } from './expr/shape.ts';
import { type ExprTree, exprTree } from './expr-tree.ts';
import { type Formula, wordsOf } from './lang/phrase.ts';
import type { Language } from './lang/types.ts';
import { worldOf } from './model/world.ts';
import { type NetworkJson, networkJson } from './network-json.ts';
import type { World } from './numeric/world.ts';
import type { Derived } from './results/derivation.ts';
import type { RuleArgs } from './rules/rule.ts';
import { type StepValue, valuesBeside } from './step-values.ts';
import type { Conventions } from './tables/conventions.ts';
import type { Notation } from './tables/notations.ts';
import { plain } from './text/plain.ts';
import { version } from './version.ts';

export interface FormulaJson {
  readonly latex: string;
  /** Plain syntax; it reads back to the same expression. */
  readonly text: string;
}
export interface StatementJson {
  readonly component: FormulaJson;
  readonly matrix: (FormulaJson & { readonly shape: readonly string[] }) | null;
  /** Why there is no matrix form. */
  readonly why?: string;
}
export interface StepJson extends FormulaJson {
  readonly rule: string;
  readonly with: Readonly<Record<string, unknown>>;
  readonly explanation: string;
  readonly value?: StepValue;
  readonly from?: readonly StepJson[];
  readonly lemma?: { readonly statement: FormulaJson; readonly steps: readonly StepJson[] };
}
export interface StepsJson {
  readonly statement: StatementJson;
  readonly steps: readonly StepJson[];
  readonly matrixSteps: readonly StepJson[];
}
export interface CaseJson extends StepsJson {
  readonly condition: FormulaJson | null;
  readonly special: StepsJson | null;
  readonly verified: { readonly replayed: number; readonly samples: number; readonly maxError: number };
}
export interface DeriveJson {
  readonly version: string;
  readonly network: NetworkJson;
  readonly notation: string;
  /** The conventions the network's equations are written in; null where it gives its equations itself. */
  readonly conventions: Conventions | null;
  readonly assumptions: readonly FormulaJson[];
  readonly loss: { readonly text: string; readonly tree: ExprTree };
  readonly results: readonly {
    readonly id: string;
    readonly target: string;
    readonly cases: readonly CaseJson[];
  }[];
}

export interface DeriveJsonOptions extends Derived {
  readonly notation: Notation;
  readonly language: Language;
  readonly digits: number;
  /** Slots of the entry whose numbers are shown, from 1; null: the first. */
  readonly entry: readonly number[] | null;
  readonly numbers: boolean;
}

/** What a result's formulas, sentences and numbers are made with. */
interface Pen extends Omit<DeriveJsonOptions, 'network' | 'results'> {
  readonly printing: Printing;
  readonly world: World | null;
}

/** Verified results as plain data. */
export function deriveJson(o: DeriveJsonOptions): DeriveJson {
  const { network, results, notation } = o;
  const { system } = network;
  const printing: Printing = { notation, system };
  const world = o.numbers && network.concrete !== null ? worldOf(network) : null;
  const loss = system.equations.find((eq) => eq.lhs.of.name === system.loss);
  if (loss === undefined) throw new RangeError('a network has a loss');
  const identities = system.identities.map((i) => equationFormula(i.left, i.right, printing));
  return {
    version,
    network: networkJson(network),
    notation: notation.name,
    conventions: network.conventions,
    assumptions: [...system.given.map((c) => conditionsFormula([c], printing)), ...identities].map(both),
    loss: { text: plain(loss.rhs, system), tree: exprTree(loss.rhs) },
    results: results.map((r) => {
      const own = r.system === system ? world : null;
      const pen: Pen = { ...o, printing: { notation, system: r.system }, world: own };
      return { id: r.id, target: r.target, cases: r.cases.map((c) => caseJson(c, r, pen)) };
    }),
  };
}

const both = (f: Formula): FormulaJson => ({ latex: f.latex, text: f.plain ?? '' });

function caseJson(c: Case, result: Result, pen: Pen): CaseJson {
  const { derivation, special, verified } = c;
  if (verified === null) throw new RangeError(`${result.id} was not verified`);
  const { replayed, samples, maxError } = verified;
  return {
    condition: c.condition.length === 0 ? null : both(conditionsFormula(c.condition, pen.printing)),
    ...stepsOf(derivation, c.matrix, pen),
    special:
      special === null
        ? null
        : stepsOf({ ...special.derivation, left: derivation.left }, special.matrix, pen),
    verified: { replayed, samples, maxError },
  };
}

function stepsOf(d: Derivation, m: MatrixForm | NoMatrixForm, pen: Pen): StepsJson {
  const p = pen.printing;
  const component = both(equationFormula(d.left, d.right, p));
  if ('why' in m) {
    return {
      statement: {
        component,
        matrix: null,
        why: wordsOf(pen.language.results.why(m.why, (index) => index.key)),
      },
      steps: steps(d, pen, true),
      matrixSteps: [],
    };
  }
  const shape = shapeOf(m.left, p.system).map((s) => s.key);
  const lifting: Derivation = { ...d, steps: m.steps, right: m.component };
  return {
    statement: { component, matrix: { ...both(equationFormula(m.left, m.right, p)), shape } },
    steps: steps(d, pen, true),
    matrixSteps: steps(lifting, pen, false),
  };
}

function steps(d: Derivation, pen: Pen, valued: boolean): StepJson[] {
  const values = valued && pen.world !== null ? valuesBeside(d, { ...pen, world: pen.world }) : null;
  return d.steps.map((step, i) => {
    const value = values?.(d.left, step.after, i === d.steps.length - 1) ?? null;
    return { ...stepJson(d.left, step, pen), ...(value === null ? {} : { value }) };
  });
}

/** A step with everything folded into it; a lemma that it shares with the step around it stands there only. */
function stepJson(left: Expr, step: Step, pen: Pen, above: Derivation | undefined = undefined): StepJson {
  const p = pen.printing;
  const { lemma, from = [] } = step;
  return {
    rule: step.rule,
    with: withJson(step.with, pen),
    ...both(equationFormula(left, step.after, p)),
    explanation: wordsOf(reason(toldOf(left, step), pen)),
    ...(from.length === 0 ? {} : { from: from.map((f) => stepJson(left, f, pen, lemma ?? above)) }),
    ...(lemma === undefined || lemma === above
      ? {}
      : {
          lemma: {
            statement: both(equationFormula(lemma.left, lemma.right, p)),
            steps: lemma.steps.map((s) => stepJson(lemma.left, s, pen)),
          },
        }),
  };
}

/** A step as a line by itself, for its reason. */
const toldOf = (left: Expr, step: Step): Told => ({
  left,
  right: step.after,
  showLeft: true,
  step,
  because: null,
  opened: [],
  opening: false,
  lemmas: [],
  finer: [],
});

/** A rule's arguments in plain syntax. */
function withJson(w: RuleArgs, { printing: p }: Pen): Record<string, unknown> {
  return {
    ...(w.via === undefined ? {} : { via: w.via.map(memberText) }),
    ...(w.lemma === undefined ? {} : { lemma: both(equationFormula(w.lemma.left, w.lemma.right, p)).text }),
    ...(w.at === undefined || w.at.length === 0
      ? {}
      : { at: Object.fromEntries(w.at.map(([name, form]) => [name, form.key])) }),
    ...(w.index === undefined ? {} : { index: w.index }),
    ...(w.value === undefined ? {} : { value: w.value.key }),
    ...(w.name === undefined ? {} : { name: w.name }),
    ...(w.slots === undefined ? {} : { slots: w.slots }),
  };
}

/** z[l+1], or z[*] at every stage. */
const memberText = ({ name, stage }: CutMember): string =>
  stage.length === 0 ? name : `${name}[${stage.map((s) => s?.key ?? '*').join(',')}]`;
