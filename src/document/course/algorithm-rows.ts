// The steps of the algorithm as displays and as pseudo-code, from the plan of what is computed when.

import type { MatrixForm, NoMatrixForm } from '../../engine/types.ts';
import { index, shift } from '../../expr/affine.ts';
import type { Formula } from '../../lang/phrase.ts';
import type { Language } from '../../lang/types.ts';
import type { Display, DisplayRow } from '../blocks.ts';
import {
  conditionsFormula,
  exprFormula,
  indexFormula,
  lazily,
  type Printing,
  tensorFormula,
} from '../formulas.ts';
import type { SectionOptions } from '../result-section.ts';
import type { LoopIndex, PlanGroup, PlanRow } from './algorithm-plan.ts';

/** What a loop runs over: l = 2, 3, ..., L. */
export function loopFormula(l: LoopIndex, p: Printing): Formula {
  const next = shift(l.first, l.down ? -1 : 1);
  const values = next.key === l.last.key ? [l.first, l.last] : [l.first, next, l.last];
  const name = indexFormula(index(l.name), p);
  const shown = values.map((v) => indexFormula(v, p));
  const list = (look: (f: Formula) => string, dots: string): string => {
    const texts = shown.map(look);
    return l.first.key === l.last.key
      ? (texts[0] ?? '')
      : texts.length < 3
        ? texts.join(', ')
        : [texts[0], texts[1], dots, texts[2]].join(', ');
  };
  return lazily({
    latex: () => `${name.latex} = ${list((f) => f.latex, '\\dots')}`,
    unicode: () => `${name.unicode} = ${list((f) => f.unicode, '…')}`,
    plain: null,
  });
}

/** A loop with all ends known to be the same stage runs once: it needs no head. */
export const headsOf = (g: PlanGroup, p: Printing): Formula[] => g.loop.map((l) => loopFormula(l, p));

interface Sides {
  readonly left: Formula;
  readonly right: Formula;
}

const hasForm = (m: MatrixForm | NoMatrixForm): m is MatrixForm => !('why' in m);

/** The row in matrix form; null where it has none. `special`: with the network's own functions put in. */
function matrixSides(r: PlanRow, p: Printing, special: boolean): Sides | null {
  const form = special && r.special !== null ? r.special.matrix : r.matrix;
  return hasForm(form) ? { left: tensorFormula(form.left, p), right: tensorFormula(form.right, p) } : null;
}

function componentSides(r: PlanRow, p: Printing, special: boolean): Sides {
  const right = special && r.special !== null ? r.special.right : r.right;
  return { left: exprFormula(r.left, p), right: exprFormula(right, p) };
}

/** The rows of a group: component form, matrix form, and the latter with this network's functions put in. */
export function groupDisplay(g: PlanGroup, o: SectionOptions): Display {
  const p = o.printing;
  const rows = g.rows.flatMap((r): DisplayRow[] => {
    const where = r.where.length === 0 ? null : conditionsFormula(r.where, p);
    const matrix = o.form === 'component' ? null : matrixSides(r, p, false);
    const component = o.form === 'matrix' && matrix !== null ? null : componentSides(r, p, false);
    const special = r.special === null ? null : (matrixSides(r, p, true) ?? componentSides(r, p, true));
    const lines = [
      component,
      matrix,
      o.form === 'component' && special !== null ? componentSides(r, p, true) : special,
    ];
    return lines.flatMap((s, i) =>
      s === null ? [] : [{ ...s, where: i === 0 || component === null ? where : null }],
    );
  });
  return { kind: 'display', id: null, rows, tag: null };
}

/** The whole algorithm as lines of pseudo-code, a group's comment above it. */
export function pseudoCode(
  parts: readonly { readonly comment: string; readonly groups: readonly PlanGroup[] }[],
  o: SectionOptions,
): string {
  return parts
    .filter((part) => part.groups.length > 0)
    .map((part) => [`# ${part.comment}`, ...part.groups.flatMap((g) => groupCode(g, o))].join('\n'))
    .join('\n');
}

function groupCode(g: PlanGroup, o: SectionOptions): string[] {
  const { language, printing: p } = o;
  const heads = headsOf(g, p).map((f, i) => `${'    '.repeat(i)}${forLine(f.unicode, language)}`);
  const indent = '    '.repeat(heads.length);
  const lines = g.rows.map((r) => {
    const { left, right } = matrixSides(r, p, true) ?? componentSides(r, p, true);
    const where = r.where.length === 0 ? '' : `    (${conditionsFormula(r.where, p).unicode})`;
    return `${indent}${left.unicode} = ${right.unicode}${where}`;
  });
  return [...heads, ...lines];
}

const forLine = (range: string, language: Language): string => language.course.algorithm.forEach(range);
