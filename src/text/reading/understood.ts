// Surface forms with their meaning in a question's system: the sides of each statement, and what doesn't go together in them.

import type { IndexMap } from '../../expr/affine.ts';
import type { System } from '../../expr/system.ts';
import { ReadError, type Span } from '../read-error.ts';
import { envOf } from '../resolve.ts';
import type { Env, Fault } from '../resolve-env.ts';
import { conditionsOf } from '../resolve-index.ts';
import type { Scope } from '../scope.ts';
import { DOTS, type Syntax } from '../syntax.ts';
import { visitSyntax } from '../syntax-walk.ts';
import { filledWays } from './fill.ts';
import type { Letters } from './letters.ts';
import type { AnswerSyntax, Reading, ReadSide, ReadStatement, ShapeProblem } from './reading.ts';
import { settledSides, shapeFault, withoutRows } from './side-shapes.ts';
import type { Surface } from './surface.ts';

/** What reading a text needs to know. */
export interface Question {
  readonly scope: Scope;
  readonly numbers: IndexMap;
  readonly letters: Letters;
  readonly rowGradients: boolean;
}

/** Surface forms with their meaning in the system. */
export function understood(
  text: string,
  syntax: AnswerSyntax,
  surfaces: readonly Surface[],
  question: Question,
  system: System,
): Reading {
  const { scope } = question;
  const faults: Fault[] = [];
  const statements = surfaces.map((s): ReadStatement => {
    const { sides, faults: own } = bestSides(text, s, question, system, syntax === 'numpy');
    faults.push(...own);
    const where = s.where.flatMap((c) => conditionsOf(c, envOf(text, scope)));
    return { sides, continues: s.continues, where, span: s.span };
  });
  const [fault] = faults;
  const shapeProblem = fault === undefined ? null : placed(text, fault);
  const left = surfaces.flatMap((s) => s.sides).flatMap(dotsIn)[0];
  const dots = left === undefined ? null : placed(text, { span: left, complaint: { code: 'dots' } });
  return { kind: 'read', syntax, statements, shapeProblem, dots };
}

interface Sides {
  readonly sides: readonly ReadSide[];
  readonly faults: readonly Fault[];
  /** Whether a side itself doesn't go together; else only the sides have different shapes. */
  readonly broken: boolean;
}

/** The sides of a statement: the first way of filling in what it leaves unsaid whose shapes go together, else the usual way. */
function bestSides(text: string, s: Surface, question: Question, system: System, code: boolean): Sides {
  let usual: Sides | null = null;
  for (const way of filledWays(s.sides, question.letters, system))
    for (const rows of question.rowGradients ? [true, false] : [false]) {
      const found = sidesOf(text, way, question, rows, code);
      if (found.faults.length === 0) return found;
      // Columns where rows don't go together in a side; the layers stay as usual.
      if (usual === null || (rows !== question.rowGradients && usual.broken && !found.broken)) usual = found;
    }
  return usual ?? { sides: [], faults: [], broken: false };
}

function sidesOf(
  text: string,
  way: readonly Syntax[],
  { scope, letters, numbers }: Question,
  rows: boolean,
  code: boolean,
): Sides {
  const faults: Fault[] = [];
  const env = envOf(text, scope, faults, numbers, rows);
  const settled = settledSides(
    way.map((side) => sideOf(side, env)),
    env,
  );
  const sides = code || letters.samplesAreRows ? withoutRows(settled) : settled;
  return { sides, faults: [...faults, ...shapeFault(sides, env)], broken: faults.length > 0 };
}

/** Where dots stand. */
function dotsIn(s: Syntax): Span[] {
  const found: Span[] = [];
  visitSyntax(s, (part) => {
    if (part.kind === 'name' && part.name === DOTS) found.push(part.span);
  });
  return found;
}

function sideOf(syntax: Syntax, env: Env): ReadSide {
  const { span } = syntax;
  const left = dotsIn(syntax).length > 0;
  try {
    if (left) {
      // What stands beside the dots has names to be known, but no shapes that could meet.
      const widths = [...env.scope.sizes.keys()];
      env.resolve(syntax, { ...env, faults: [], bound: new Set(widths) });
      return { of: null, row: false, syntax, span };
    }
    const v = env.resolve(syntax, env);
    return { of: v.of, row: v.kind === 'tensor' && v.row, syntax, span };
  } catch (error) {
    if (!(error instanceof ReadError) || error.problem !== 'shape') throw error;
    if (!left) env.faults?.push({ span: error, complaint: error.complaint });
    return { of: null, row: false, syntax, span };
  }
}

function placed(text: string, { span, complaint }: Fault): ShapeProblem {
  const at: Span = { offset: span.offset, length: span.length };
  const { line, column, sentence } = new ReadError(text, at, complaint);
  return { span: at, line, column, complaint, message: sentence };
}
