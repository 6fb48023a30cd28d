// Slips with variables: another quantity of the same shape, the derivative by another one.

import type { Expr, SymbolEntry } from '../expr/expr.ts';
import { adjoint, isSymbolEntry } from '../expr/make.ts';
import { type System, tensorDecl } from '../expr/system.ts';
import { edits, type SlipRow } from './slip-edits.ts';

/** Entries of other tensors that fit in the place of one. */
function others(e: SymbolEntry, system: System): SymbolEntry[] {
  const own = tensorDecl(system, e.of.name);
  return [...system.tensors.values()].flatMap((d) => {
    if (d.name === own.name || d.size.length !== own.size.length) return [];
    if (d.stage.length === e.of.stage.length) return [{ ...e, of: { ...e.of, name: d.name } }];
    return d.stage.length === 0 ? [{ ...e, of: { ...e.of, name: d.name, stage: [] } }] : [];
  });
}

const isVariable = (system: System, e: SymbolEntry): boolean => {
  const { kind } = tensorDecl(system, e.of.name);
  return kind === 'variable' || kind === 'parameter';
};

const derivatives = (e: Expr, system: System): Expr[] => {
  if (e.kind === 'adjoint')
    return others(e.by, system)
      .filter((o) => isVariable(system, o))
      .map((o) => adjoint(o));
  if (!isSymbolEntry(e) || tensorDecl(system, e.of.name).kind !== 'error') return [];
  return others(e, system)
    .filter((o) => isVariable(system, o))
    .map((o) => adjoint(o));
};

export const variableRows: readonly SlipRow[] = [
  {
    code: 'wrong-derivative',
    cost: 1.3,
    example: 'dC/da -> dC/dz',
    apply: ({ right, lines, system }) =>
      [right, ...lines].flatMap((from) => edits(from, (e) => derivatives(e, system))),
  },
  {
    code: 'wrong-variable',
    cost: 1.3,
    example: 'a -> z',
    apply: ({ right, system }) => edits(right, (e) => (isSymbolEntry(e) ? others(e, system) : [])),
  },
];
