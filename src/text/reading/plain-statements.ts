// Plain syntax, to the letter, as statements: lines, or formulas set apart by semicolons.

import { parseFormula } from '../parse.ts';
import { namesOf } from '../read.ts';
import { ReadError } from '../read-error.ts';
import type { Scope } from '../scope.ts';
import type { Syntax } from '../syntax.ts';
import { tokensOf } from '../tokens.ts';
import { CAPS } from './marks.ts';
import type { Surface } from './surface.ts';

/** The statements of a text in plain syntax. Throws a ReadError where it is something else. */
export function plainStatements(text: string, scope: Scope): Surface[] {
  const pieces = [...text.matchAll(/[^\n;]+/g)].filter(([piece]) => piece.trim() !== '');
  const over = pieces[CAPS.statements];
  if (over !== undefined)
    throw new ReadError(
      text,
      { offset: over.index, length: 1 },
      { code: 'too-many', of: 'answer-lines', most: CAPS.statements },
    );
  return pieces.map((m) => {
    // Blanks in place of what stands before keep the places right.
    const blank = text.slice(0, m.index).replace(/[^\n]/g, ' ') + m[0];
    const { formula, where } = parseFormula(blank, tokensOf(blank), namesOf(scope));
    return { sides: sidesOf(formula, blank), continues: false, where: where ?? [], span: formula.span };
  });
}

function sidesOf(s: Syntax, text: string): readonly Syntax[] {
  if (s.kind !== 'relation') return [s];
  const other = s.relations.find((r) => r !== '=');
  if (other !== undefined)
    throw new ReadError(
      text,
      s.span,
      { code: 'expected', what: { sign: '=' }, found: other },
      { expected: { sign: '=' } },
    );
  return s.sides;
}
