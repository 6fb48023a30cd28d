// One result as blocks: its statement, the derivation with numbers, the matrix form, and what this network puts in.

import type { Case, Derivation, MatrixForm, NoMatrixForm, Result, StageSpecial } from '../engine/types.ts';
import type { Tensor } from '../expr/expr.ts';
import { shapeOf } from '../expr/shape.ts';
import { type Phrase, say } from '../lang/phrase.ts';
import type { KnownResult, Language } from '../lang/types.ts';
import type { World } from '../numeric/world.ts';
import type { Block, Display, Line } from './blocks.ts';
import { errorText } from './digits.ts';
import { explain, type Telling } from './explain.ts';
import {
  conditionsFormula,
  exprFormula,
  givenFormula,
  indexFormula,
  lazily,
  type Printing,
  tensorFormula,
} from './formulas.ts';
import { functionsIn, type Grain, headKey } from './grain.ts';
import { numbersBeside } from './numbers.ts';

export const forms = ['component', 'matrix', 'both'] as const;
export type Form = (typeof forms)[number];

/** What all sections of a document are written with. */
export interface SectionOptions {
  readonly printing: Printing;
  readonly language: Language;
  readonly grain: Grain;
  readonly form: Form;
  readonly finer: boolean;
  /** The numbers' world; null where the network has none, or none are wanted. */
  readonly world: World | null;
  readonly entry: readonly number[] | null;
  readonly digits: number;
  readonly shapes: boolean;
  /** Functions whose derivatives an earlier section worked out. */
  readonly known: ReadonlySet<string>;
  /** Whether it is said how each statement was verified; it is, unless this is false. */
  readonly checked?: boolean;
  /** Whether each statement is continued with the network's functions put in; it is, unless this is false. */
  readonly specials?: boolean;
}

const KNOWN: readonly KnownResult[] = ['bp1', 'bp2', 'bp3', 'bp4'];

/** BP1 for bp1; null for a result without a name of its own. */
export const tagOf = (id: string): string | null => (KNOWN.some((k) => k === id) ? id.toUpperCase() : null);

export const knownResult = (id: string): KnownResult | null => KNOWN.find((k) => k === id) ?? null;

/** What a result is called: "BP1: the error of the output layer", or the derivative asked for. */
export function headingOf(result: Result, o: SectionOptions): Phrase {
  const known = knownResult(result.id);
  const { results } = o.language;
  if (known !== null) return results.knownHeading(known.toUpperCase(), results.known[known]);
  return results.heading(exprFormula(result.goal, printingOf(result, o)));
}

const printingOf = (result: Result, o: SectionOptions): Printing => ({
  ...o.printing,
  system: result.system,
});

/** A name that an id in a page may have. */
export const anchorOf = (id: string): string =>
  id.replace(/[^A-Za-z0-9-]+/g, '-').replace(/^-+|-+$/g, '') || 'result';

/** All of a result below its heading. */
export function resultBlocks(result: Result, o: SectionOptions): Block[] {
  const id = anchorOf(result.id);
  return result.cases.flatMap((c, i) => {
    const own = result.cases.length === 1 ? id : `${id}-case${i + 1}`;
    const p = printingOf(result, o);
    const heading: Block[] =
      result.cases.length === 1
        ? []
        : [
            {
              kind: 'heading',
              level: 3,
              id: own,
              parts: o.language.results.caseOf(conditionsFormula(c.condition, p)),
            },
          ];
    return [...heading, ...caseBlocks(c, result, own, o)];
  });
}

function caseBlocks(c: Case, result: Result, id: string, o: SectionOptions): Block[] {
  const p = printingOf(result, o);
  const tag = tagOf(result.id);
  const { derivation } = c;
  const general = o.form === 'matrix' ? [] : derivationBlocks(derivation, result, id, tag, o);
  return [
    ...general,
    ...matrixBlocks(c.matrix, `eq-${id}-matrix`, o.language.results.matrixIs(), o, p),
    ...(o.specials === false ? [] : specialBlocks(c, result, id, o)),
    ...(o.specials === false ? [] : c.atStages.flatMap((s) => stageBlocks(s, c, result, id, o))),
    ...(o.checked === false ? [] : verifiedBlocks(c, o)),
  ];
}

function derivationBlocks(
  d: Derivation,
  result: Result,
  id: string,
  tag: string | null,
  o: SectionOptions,
): Block[] {
  const p = printingOf(result, o);
  const world = result.system === o.printing.system ? o.world : null;
  const numbers =
    world === null
      ? null
      : numbersBeside(d, { world, printing: p, language: o.language, digits: o.digits, entry: o.entry });
  const telling: Telling = {
    printing: p,
    language: o.language,
    grain: o.grain,
    finer: o.finer,
    known: o.known,
    numbers,
  };
  return [statement(d, `eq-${id}`, tag, p), explain(d, telling, { id: `${id}-line`, tag: null })];
}

const statement = (d: Derivation, id: string, tag: string | null, p: Printing): Display => ({
  kind: 'display',
  id,
  rows: [{ left: exprFormula(d.left, p), right: exprFormula(d.right, p), where: null }],
  tag,
  asks: 'steps',
});

function matrixBlocks(
  form: MatrixForm | NoMatrixForm,
  id: string,
  lead: Phrase,
  o: SectionOptions,
  p: Printing,
): Block[] {
  if (o.form === 'component') return [];
  const { results } = o.language;
  if ('why' in form) {
    // A number has one form, and nobody looks for another.
    if (form.why.kind === 'scalar') return [];
    const why = results.why(form.why, (index) => indexFormula(index, p));
    return [{ kind: 'paragraph', parts: results.noMatrix(why) }];
  }
  const display: Display = {
    kind: 'display',
    id,
    rows: [{ left: tensorFormula(form.left, p), right: tensorFormula(form.right, p), where: null }],
    tag: null,
    asks: 'steps',
  };
  const shapes: Block[] = o.shapes ? [{ kind: 'paragraph', parts: results.shapes(shapesIn(form, p)) }] : [];
  return [{ kind: 'paragraph', parts: lead }, display, ...shapes];
}

/** The shapes of the left side and of the named tensors on the right. */
function shapesIn(
  form: MatrixForm,
  p: Printing,
): { of: ReturnType<typeof tensorFormula>; shape: ReturnType<typeof lazily> }[] {
  return [form.left, ...namedTensors(form.right)].map((t) => ({
    of: tensorFormula(t, p),
    shape: shapeFormula(t, p),
  }));
}

/** A tensor's shape as a formula: n_l x n_{l-1}. */
export function shapeFormula(t: Tensor, p: Printing): ReturnType<typeof lazily> {
  const shape = shapeOf(t, p.system);
  if (shape.length === 0) return givenFormula('1', '1');
  const sizes = shape.map((value) => exprFormula({ kind: 'size', value }, p));
  if (sizes.length === 1) return sizes[0] ?? givenFormula('1', '1');
  return lazily({
    latex: () => sizes.map((s) => s.latex).join(' \\times '),
    unicode: () => sizes.map((s) => s.unicode).join(' × '),
    plain: null,
  });
}

/** The symbols and gradients in a compound, each once, in reading order. */
function namedTensors(t: Tensor, seen: Set<string> = new Set()): Tensor[] {
  if (t.kind === 'symbol' || t.kind === 'derivative') {
    const name = JSON.stringify(t);
    if (seen.has(name)) return [];
    seen.add(name);
    return [t];
  }
  switch (t.kind) {
    case 'product':
    case 'hadamard':
    case 'tensorSum':
      return t.args.flatMap((a) => namedTensors(a, seen));
    case 'chain':
      return [t.first, ...t.rest].flatMap((a) => namedTensors(a, seen));
    case 'outer':
    case 'dot':
      return [t.left, t.right].flatMap((a) => namedTensors(a, seen));
    case 'tensorPower':
      return namedTensors(t.base, seen);
    case 'ones':
    case 'identity':
      return [];
    default:
      return namedTensors(t.of, seen);
  }
}

/** The statement with this network's loss and activation put in. */
function specialBlocks(c: Case, result: Result, id: string, o: SectionOptions): Block[] {
  if (c.special === null) return [];
  const { derivation, matrix } = c.special;
  const own: Derivation = { ...derivation, left: c.derivation.left };
  return putIn(own, c.derivation, matrix, o.language.results.special(), result, `${id}-special`, o);
}

/** The same at a stage whose function is its own. */
function stageBlocks(s: StageSpecial, c: Case, result: Result, id: string, o: SectionOptions): Block[] {
  const { derivation, left, matrix, stages } = s;
  const lead = o.language.results.atStages(stages);
  const start = derivation.steps[0]?.before ?? derivation.right;
  const general: Derivation = { ...c.derivation, left, right: start };
  return putIn({ ...derivation, left }, general, matrix, lead, result, `${id}-stage${stages[0] ?? 0}`, o);
}

/** What goes on from a general statement: the lines, and the matrix form where there is one. */
function putIn(
  own: Derivation,
  general: Derivation,
  matrix: MatrixForm | NoMatrixForm,
  lead: Phrase,
  result: Result,
  id: string,
  o: SectionOptions,
): Block[] {
  const p = printingOf(result, o);
  const lines = o.form === 'matrix' ? [] : specialLines(own, general, result, id, o);
  const form =
    'why' in matrix ? [] : matrixBlocks(matrix, `eq-${id}-matrix`, o.language.results.specialMatrix(), o, p);
  return [{ kind: 'paragraph', parts: lead }, ...lines, ...form];
}

/** The lines that put things in, after the line they start from. */
function specialLines(
  own: Derivation,
  general: Derivation,
  result: Result,
  id: string,
  o: SectionOptions,
): Block[] {
  const p = printingOf(result, o);
  const blocks = derivationBlocks(own, result, id, null, o).slice(1);
  const start: Line = {
    id: null,
    left: exprFormula(general.left, p),
    showLeft: true,
    right: exprFormula(general.right, p),
    rule: null,
    why: o.language.lemma.start(tagOf(result.id)),
    numbers: null,
    lemmas: [],
    finer: [],
    tag: null,
  };
  return blocks.map((b) =>
    b.kind === 'derivation'
      ? { ...b, lines: [start, ...b.lines.map((l) => ({ ...l, showLeft: false }))] }
      : b,
  );
}

function verifiedBlocks(c: Case, o: SectionOptions): Block[] {
  if (c.verified === null) return [];
  const { replayed, samples, maxError } = c.verified;
  return [
    { kind: 'paragraph', parts: say`${o.language.results.verified(replayed, samples, errorText(maxError))}` },
  ];
}

/** The functions whose derivatives some results work out, or are. */
export const functionsOf = (results: readonly Result[]): ReadonlySet<string> =>
  new Set(
    results.flatMap((r) => [
      headKey(r.goal) ?? '',
      ...r.cases.flatMap((c) =>
        [c.special, ...c.atStages].flatMap((s) => (s === null ? [] : functionsIn(s.derivation))),
      ),
    ]),
  );
