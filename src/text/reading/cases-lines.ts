// A statement in cases of layers is a statement for each: delta^l = {A if l = L, B if l < L}.

import type { RelationSyntax, Syntax } from '../syntax.ts';
import { mapSyntax } from '../syntax-walk.ts';
import type { Surface } from './surface.ts';

const STAGES = new Set(['l', 'L', 't', 'T']);

/** The statement's cases as statements with their conditions, an equality put in; the statement itself where it has none. */
export function byCases(s: Surface): Surface[] {
  const last = s.sides.at(-1);
  const rows = last === undefined ? null : rowsOf(last);
  if (rows === null || rows.length < 2 || s.sides.length < 2) return [s];
  return rows.map(({ of, where }) => {
    const sides = [...s.sides.slice(0, -1), of];
    return { ...s, sides: sides.map((side) => withEquality(side, where)), where: [...s.where, where] };
  });
}

interface Row {
  readonly of: Syntax;
  readonly where: RelationSyntax;
}

/** The rows of what was read as cases, where all their conditions are about layers. */
function rowsOf(s: Syntax): Row[] | null {
  const sum = s.kind === 'group' ? s.of : s;
  if (sum.kind !== 'sum') return null;
  const rows: Row[] = [];
  for (const part of sum.parts) {
    const [guard, formula] = part.of.kind === 'product' ? part.of.parts : [];
    const call = guard?.of.kind === 'group' ? guard.of.of : undefined;
    const relation = call?.kind === 'call' && call.name === 'ind' ? call.args[0] : undefined;
    if (relation?.kind !== 'relation' || formula === undefined || part.operator !== '+') return null;
    if (!relation.sides.some((side) => side.kind === 'name' && STAGES.has(side.name))) return null;
    rows.push({ of: formula.of, where: relation });
  }
  return rows;
}

/** The index of an equality put in everywhere: l = L. */
function withEquality(s: Syntax, where: RelationSyntax): Syntax {
  const [left, right] = where.sides;
  if (where.relations[0] !== '=' || left?.kind !== 'name' || right === undefined) return s;
  const put = (x: Syntax): Syntax =>
    x.kind === 'name' && x.name === left.name && x.brackets.length === 0
      ? { ...right, span: x.span }
      : mapSyntax(x, put);
  return put(s);
}
