// The statements together on one card.

import type { Result } from '../engine/types.ts';
import { say } from '../lang/phrase.ts';
import type { Language } from '../lang/types.ts';
import type { Network } from '../model/spec.ts';
import type { CardBlock, CardRow, TableBlock } from './blocks.ts';
import { conditionsFormula, exprFormula, type Printing, tensorFormula } from './formulas.ts';
import { quantitiesTable } from './network-section.ts';
import { knownResult, type SectionOptions } from './result-section.ts';

/** A card of all adjoints derived, each in component and matrix form. Null where there are fewer than two. */
export function equationsCard(results: readonly Result[], o: SectionOptions): CardBlock | null {
  const own = results.filter((r) => r.system === o.printing.system && r.goal.kind !== 'call');
  const rows = own.flatMap((r) => rowsOf(r, o));
  if (rows.length < 2) return null;
  return { kind: 'card', id: 'card', title: o.language.results.cardTitle(), rows };
}

function rowsOf(result: Result, o: SectionOptions): CardRow[] {
  const p: Printing = { ...o.printing, system: result.system };
  const known = knownResult(result.id);
  return result.cases.map((c): CardRow => {
    const { derivation, matrix } = c;
    const form = 'why' in matrix ? null : matrix;
    return {
      tag: known === null ? '' : known.toUpperCase(),
      words: known === null ? say`` : o.language.results.known[known],
      where: c.condition.length === 0 ? null : conditionsFormula(c.condition, p),
      component: { left: exprFormula(derivation.left, p), right: exprFormula(derivation.right, p) },
      matrix:
        form === null ? null : { left: tensorFormula(form.left, p), right: tensorFormula(form.right, p) },
    };
  });
}

/** The network's quantities with meaning and shape, so many to a row: lower than one below the other. */
export function symbolsTable(network: Network, p: Printing, language: Language, columns: number): TableBlock {
  const { head, rows } = quantitiesTable(network, p, language);
  const height = Math.ceil(rows.length / columns);
  const places = Array.from({ length: columns }, (_, c) => c * height);
  const empty = head.map(() => say``);
  return {
    kind: 'table',
    head: places.flatMap(() => head),
    rows: rows.slice(0, height).map((_, i) => places.flatMap((at) => rows[at + i] ?? empty)),
    align: [],
  };
}
