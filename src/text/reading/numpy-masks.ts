// Masks: what holds where a condition does and what elsewhere, as formulas with 1 where a condition holds.

import type { Span } from '../read-error.ts';
import type { Syntax } from '../syntax.ts';
import { binary, sumOf } from './numpy-forms.ts';

const OPPOSITE: ReadonlyMap<string, string> = new Map([
  ['<', '>='],
  ['>=', '<'],
  ['>', '<='],
  ['<=', '>'],
]);

/** A condition without brackets around it; null where it is something else. */
export function conditionOf(s: Syntax): Syntax | null {
  if (s.kind === 'group') return conditionOf(s.of);
  return s.kind === 'call' && s.name === 'ind' && s.args[0]?.kind === 'relation' ? s : null;
}

/** 1 where a condition does not hold. */
export function opposite(condition: Syntax, span: Span): Syntax {
  const [relation] = condition.kind === 'call' ? condition.args : [];
  if (condition.kind === 'call' && relation?.kind === 'relation' && relation.relations.length === 1) {
    const turned = OPPOSITE.get(relation.relations[0] ?? '');
    if (turned !== undefined) return { ...condition, args: [{ ...relation, relations: [turned] }] };
  }
  return sumOf({ kind: 'number', text: '1', span }, '-', condition, span);
}

const isNumber = (s: Syntax, value: number): boolean =>
  s.kind === 'group' ? isNumber(s.of, value) : s.kind === 'number' && Number(s.text) === value;

const where = (condition: Syntax, value: Syntax, span: Span): Syntax | null => {
  if (isNumber(value, 0)) return null;
  return isNumber(value, 1) ? condition : binary(value, '∘', condition, span);
};

/** np.where(condition, yes, no) */
export function chosen(condition: Syntax, yes: Syntax, no: Syntax, span: Span): Syntax {
  const [a, b] = [where(condition, yes, span), where(opposite(condition, span), no, span)];
  if (a !== null && b !== null) return sumOf(a, '+', b, span);
  return a ?? b ?? { kind: 'number', text: '0', span };
}
