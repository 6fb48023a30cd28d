// Lines that change a part of a quantity in place: `dZ[Z <= 0] = 0`, `delta[range(n), y] -= 1`.

import type { Span } from '../read-error.ts';
import type { Syntax } from '../syntax.ts';
import { binary, sumOf } from './numpy-forms.ts';
import { heldName, hold, putIn, quantityOf, type Spelled, spelledAt } from './numpy-held.ts';
import { chosen, conditionOf, opposite } from './numpy-masks.ts';
import { unknownName } from './numpy-names.ts';
import { type Code, close, expression, fail, is, peek, skipBrackets } from './numpy-parts.ts';

/** What a line changes: where a condition holds, or the entry of the true class. */
type Part = { readonly kind: 'mask'; readonly of: Syntax } | { readonly kind: 'class'; readonly of: Syntax };

/** A line's new value for a name. */
export interface Changed {
  readonly name: string;
  readonly left: Syntax | null;
  readonly of: Syntax;
}

const OPERATORS = ['=', '+=', '-=', '*=', '/='];

/** Reads a line that changes a part of what a name holds; null, and nothing is read, where the line is another. */
export function changedInPlace(p: Code): Changed | null {
  const start = p.at;
  const target = spelledAt(p, start);
  if (target === null || !is({ ...p, at: target.end }, '[') || !changesPart(p, target)) return null;
  const open = peek(p, target.end - start);
  p.at = target.end + 1;
  const part = partOf(p, open);
  close(p, ']', open);
  const operator = peek(p);
  if (operator.kind !== 'sign' || !OPERATORS.includes(operator.text))
    return fail(p, open, { code: 'part-unchanged' }, 'whole-quantity');
  p.at++;
  const value = expression(p);
  const changed = part.kind === 'mask' ? masked : atClass;
  return changed(p, target, part.of, operator.text, value);
}

/** Whether the brackets hold a condition, or a list of samples beside the classes. */
function changesPart(p: Code, target: Spelled): boolean {
  let depth = 0;
  for (let at = target.end; at < p.tokens.length; at++) {
    const t = p.tokens[at];
    if (t === undefined || t.text === '\n' || t.kind === 'end') return false;
    if (t.kind === 'sign' && t.text === '[') depth++;
    if (t.kind === 'sign' && t.text === ']' && --depth === 0)
      return OPERATORS.includes(p.tokens[at + 1]?.text ?? '') && isPart(p, target.end + 1, at);
  }
  return false;
}

function isPart(p: Code, from: number, to: number): boolean {
  const inside = p.tokens.slice(from, to);
  if (inside.some((t) => (t.kind === 'sign' && /^[<>~]=?$/.test(t.text)) || /^a?range$/.test(t.text)))
    return true;
  const lone = spelledAt(p, from);
  if (lone === null || lone.end !== to) return false;
  const held = p.held.get(lone.name);
  return (
    (held !== undefined && conditionOf(held.of) !== null) || isClasses(quantityOf(p, lone.name, lone.span))
  );
}

const isClasses = (s: Syntax | null): boolean => s?.kind === 'name' && s.name === 'y';

function partOf(p: Code, open: Span): Part {
  const slots: (Syntax | null)[] = [];
  do {
    if (slots.length > 0) p.at++;
    slots.push(slot(p));
  } while (is(p, ','));
  const forms = slots.filter((s) => s !== null);
  const [only] = forms;
  const condition = only === undefined ? null : conditionOf(only);
  if (forms.length === 1 && condition !== null && slots.length === 1) return { kind: 'mask', of: condition };
  if (forms.length === 1 && only !== undefined && isClasses(only)) return { kind: 'class', of: only };
  return fail(p, open, { code: 'expected', what: 'condition-or-classes' }, 'condition-such-as');
}

/** One index of a part; null for a list of all samples. */
function slot(p: Code): Syntax | null {
  const module = peek(p).text === 'np' && is(p, '.', 1) ? 2 : 0;
  if (/^a?range$/.test(peek(p, module).text) && is(p, '(', module + 1)) {
    p.at += module + 1;
    skipBrackets(p);
    return null;
  }
  if (!is(p, '~')) return expression(p);
  const at = peek(p);
  p.at++;
  const condition = conditionOf(expression(p));
  return condition === null ? fail(p, at, { code: 'tilde' }, 'condition') : opposite(condition, at);
}

function updated(operator: string, old: Syntax, value: Syntax, span: Span): Syntax {
  if (operator === '=') return value;
  if (operator === '+=' || operator === '-=') return sumOf(old, operator === '+=' ? '+' : '-', value, span);
  return binary(old, operator === '*=' ? '∘' : '/', value, span);
}

/** What a name held, and what it means, before a line changes it. */
function before(p: Code, { name, span }: Spelled): { of: Syntax | null; left: Syntax | null } {
  const held = p.held.get(name);
  if (held !== undefined) return { of: putIn(p, name, held, span), left: held.left };
  return { of: heldName(p, name, span), left: quantityOf(p, name, span) };
}

/** What the derivative by an activation is after it is multiplied by the activation's own: the one by its weighted input. */
export function passedOn(p: Code, left: Syntax | null): Syntax | null {
  if (left?.kind !== 'derivative' || left.by.name !== 'a' || !p.letters.scope.tensors.has('z')) return left;
  return { ...left, by: { ...left.by, name: 'z' } };
}

/** Behind a mask, the derivative by an activation is the one by its weighted input. */
function masked(p: Code, target: Spelled, condition: Syntax, operator: string, value: Syntax): Changed {
  const { span } = target;
  const { of, left } = before(p, target);
  const after = passedOn(p, left);
  const old = of ?? unmasked(p, left);
  if (old === null) return unknownName(p, span, target.name);
  const changed = chosen(condition, updated(operator, old, value, span), old, span);
  hold(p, target.name, { of: changed, left: after }, true);
  return { name: target.name, left: after, of: changed };
}

/** What an error was before its mask, where no line says it: the derivative by the activation. */
function unmasked(p: Code, left: Syntax | null): Syntax | null {
  if (left?.kind === 'name' && left.name === 'delta') {
    const of = { ...left, name: p.letters.scope.loss, brackets: [] };
    return { kind: 'derivative', of, by: { ...left, name: 'a' }, cut: null, span: left.span };
  }
  return left?.kind === 'derivative' && left.by.name === 'z'
    ? { ...left, by: { ...left.by, name: 'a' } }
    : left;
}

/** The entries of the true classes: 1 there is the target. Where no line says what an error was, it was the output. */
function atClass(p: Code, target: Spelled, classes: Syntax, operator: string, value: Syntax): Changed {
  const { span } = target;
  if (operator !== '-=' && operator !== '+=') return fail(p, span, { code: 'classes-added' }, { sign: '-=' });
  const { of, left } = before(p, target);
  const old = of ?? outputOf(left);
  if (old === null) return unknownName(p, span, target.name);
  const one = value.kind === 'number' && Number(value.text) === 1;
  const step = one ? classes : binary(value, '∘', classes, span);
  const changed = sumOf(old, operator === '+=' ? '+' : '-', step, span);
  hold(p, target.name, { of: changed, left }, true);
  return { name: target.name, left, of: changed };
}

function outputOf(left: Syntax | null): Syntax | null {
  if (left?.kind === 'name' && left.name === 'delta') return { ...left, name: 'a' };
  return left?.kind === 'derivative' && left.by.name === 'z' ? { ...left.by, name: 'a' } : left;
}
