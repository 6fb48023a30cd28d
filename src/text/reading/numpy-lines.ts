// Lines of code one after the other: assignments, names that later lines use, updates in place, what is given back.

import type { Syntax } from '../syntax.ts';
import { visitSyntax } from '../syntax-walk.ts';
import { CAPS } from './marks.ts';
import { binary, sumOf } from './numpy-forms.ts';
import { givesShape, heading, isUpdate, skipLine } from './numpy-headings.ts';
import { hold, putIn, quantityOf, type Spelled, spelledAt } from './numpy-held.ts';
import { changedInPlace, passedOn } from './numpy-in-place.ts';
import { unknownName } from './numpy-names.ts';
import { type Code, expression, fail, is, peek, spanSince, typed } from './numpy-parts.ts';
import type { Surface } from './surface.ts';

interface Line {
  /** The name that the line gives a value; empty where it gives none. */
  readonly name: string;
  readonly surface: Surface;
}

interface Lines {
  readonly found: Line[];
  /** The name and value of the last line, where it names something of the code's own. */
  last: Line | null;
  /** Where the first update of a parameter stands, which says nothing beside other lines. */
  update: number | null;
}

const AUGMENTED: ReadonlyMap<string, string> = new Map([
  ['+=', '+'],
  ['-=', '-'],
  ['*=', '∘'],
  ['/=', '/'],
]);

/**
 * All lines as statements; names of the code's own are put in where later lines use them. With `named` the last line may
 * give its value to such a name.
 */
export function linesOf(p: Code, named: boolean): Surface[] {
  const lines: Lines = { found: [], last: null, update: null };
  for (let count = 0; ; count++) {
    while (is(p, '\n') || is(p, ';')) p.at++;
    if (peek(p).kind === 'end') break;
    if (count >= CAPS.statements)
      fail(p, peek(p), { code: 'too-many', of: 'answer-lines', most: CAPS.statements });
    line(p, lines);
  }
  if (lines.last !== null && named) lines.found.push(lines.last);
  else if (lines.last !== null) unknownName(p, lines.last.surface.span, lines.last.name);
  if (lines.found.length === 0 && lines.update !== null) {
    p.at = lines.update;
    lines.found.push({ name: '', surface: statement(p) });
  }
  if (lines.found.length === 0) fail(p, peek(p), { code: 'no-formula' }, 'formula');
  return lines.found.map((l) => l.surface);
}

function line(p: Code, lines: Lines): void {
  lines.last = null;
  if (heading(p)) return;
  const from = p.at;
  const target = spelledAt(p, from);
  const behind = target === null ? '' : peek(p, target.end - from).text;
  if (target !== null && isUpdate(p, target, behind)) {
    lines.update ??= from;
    skipLine(p);
    return;
  }
  const changed = changedInPlace(p);
  if (changed !== null) put(p, lines, from, changed);
  else if (target !== null && (behind === '=' || AUGMENTED.has(behind))) assignment(p, lines, target);
  else if (target === null || !givesShape(p)) given(p, lines);
  ended(p);
}

/** A line's value goes to what its name means; an earlier value of the same name says nothing more. */
function put(
  p: Code,
  lines: Lines,
  from: number,
  value: { name: string; left: Syntax | null; of: Syntax },
): void {
  const { name, left, of } = value;
  const sides = left === null ? [of] : [left, of];
  const surface: Surface = { sides, continues: false, where: [], span: spanSince(p, from) };
  if (left === null) {
    lines.last = { name, surface };
    return;
  }
  const before = lines.found.findIndex((l) => l.name === name || l.surface.sides.at(-1) === inside(of));
  if (before >= 0) lines.found.splice(before, 1);
  lines.found.push({ name, surface });
}

const inside = (s: Syntax): Syntax => (s.kind === 'group' ? s.of : s);

/** `dW = ..`, `error = ..`, `dscores /= n` */
function assignment(p: Code, lines: Lines, target: Spelled): void {
  const from = p.at;
  const { name, span } = target;
  const held = p.held.get(name);
  const left = isOwn(p, target) ? null : (held?.left ?? leftOf(p, name, span));
  p.at = target.end;
  const operator = AUGMENTED.get(peek(p).text);
  if (operator === undefined && left !== null && chained(p)) {
    p.at = from;
    lines.found.push({ name, surface: statement(p) });
    return;
  }
  p.at++;
  if (operator !== undefined) {
    const old = held === undefined ? left : putIn(p, name, held, span);
    if (old === null || old === undefined) unknownName(p, span, name);
    const factor = expression(p);
    const of = combined(old, operator, factor, spanSince(p, from));
    const after = operator === '∘' && factor.kind !== 'number' ? passedOn(p, left) : left;
    hold(p, name, { of, left: after }, held !== undefined || after !== left);
    put(p, lines, from, { name, left: after, of });
    return;
  }
  if (blank(p, lines, name, left)) return;
  const { of, again } = newValue(p, name, held !== undefined && left !== null);
  const after = again && isProduct(of) ? passedOn(p, left) : left;
  hold(p, name, { of, left: after }, again);
  const before = lines.found.some((l) => l.name === name);
  if (before || !isCount(p, of)) put(p, lines, from, { name, left: after, of });
}

function leftOf(p: Code, name: string, span: Spelled['span']): Syntax | null {
  if (p.left === 'open' && /^dx$/i.test(name)) return null;
  return quantityOf(p, p.left === 'here' ? name.replace(/_(?:prev|next)$/, '') : name, span);
}

/** A name that only stands for what comes: its own value is asked for on a later line. */
function isOwn(p: Code, target: Spelled): boolean {
  const { name, end } = target;
  if (p.aliases.has(name) || !/(?:^|_)err(?:ors?)?$|^(?:error|err)_/.test(name)) return false;
  const own = p.letters.meanings.has(name);
  return !own && p.tokens.some((t, i) => i > end && t.kind === 'name' && t.text === name);
}

/** A second equal sign on the line. */
function chained(p: Code): boolean {
  let depth = 0;
  for (let at = p.at + 1; at < p.tokens.length; at++) {
    const t = p.tokens[at];
    if (t === undefined || t.kind === 'end' || t.text === '\n' || t.text === ';') return false;
    if (t.kind === 'sign' && /^[([{]$/.test(t.text)) depth++;
    if (t.kind === 'sign' && /^[)\]}]$/.test(t.text)) depth--;
    if (depth === 0 && t.kind === 'sign' && (t.text === '=' || t.text === '==')) return true;
  }
  return false;
}

/** np.zeros_like(x), np.zeros(x.shape): what the following lines fill. */
function blank(p: Code, lines: Lines, name: string, left: Syntax | null): boolean {
  const module = is(p, '.', 1) ? 2 : 0;
  const word = peek(p, module).text;
  const digit = /^(?:zeros|zeros_like)$/.test(word) ? '0' : /^(?:ones_like)$/.test(word) ? '1' : null;
  if (digit === null || !is(p, '(', module + 1) || (module === 2 && peek(p).text !== 'np')) return false;
  const at = peek(p, module);
  skipLine(p);
  hold(p, name, { of: { kind: 'number', text: digit, span: at }, left });
  lines.last = null;
  return true;
}

/**
 * The right side. A name that earlier lines gave a value and that gets a new one from its old is one quantity on its way,
 * unless there is a product of matrices: that leads to another layer.
 */
function newValue(p: Code, name: string, known: boolean): { of: Syntax; again: boolean } {
  const start = p.at;
  const copied = spelledAt(p, start);
  const held = copied === null ? undefined : p.held.get(copied.name);
  const end = copied === null ? undefined : p.tokens[copied.end];
  const whole = end?.kind === 'end' || end?.text === '\n' || end?.text === ';';
  if (copied !== null && whole && held?.changed === true) {
    p.at = copied.end;
    return { of: putIn(p, copied.name, held, copied.span), again: false };
  }
  const of = expression(p);
  const uses = p.tokens.slice(start, p.at).some((t) => t.kind === 'name' && t.text === name);
  if (!known || !uses || hasMatrices(of)) return { of, again: false };
  p.at = start;
  p.own = name;
  const put = expression(p);
  p.own = '';
  return { of: put, again: true };
}

const isProduct = (s: Syntax): boolean => (s.kind === 'group' ? isProduct(s.of) : s.kind === 'product');

function hasMatrices(s: Syntax): boolean {
  let found = false;
  visitSyntax(s, (x) => {
    if (x.kind === 'transpose' || (x.kind === 'product' && x.parts.some((part) => part.operator === '@')))
      found = true;
  });
  return found;
}

/** A number, or the number of samples: no answer. */
function isCount(p: Code, s: Syntax): boolean {
  if (s.kind === 'group' || s.kind === 'negative') return isCount(p, s.of);
  return s.kind === 'number' || (s.kind === 'name' && s.name === p.letters.sample);
}

const isZero = (s: Syntax): boolean =>
  s.kind === 'group' ? isZero(s.of) : s.kind === 'number' && s.text === '0';

function combined(left: Syntax, operator: string, right: Syntax, span: Surface['span']): Syntax {
  if (isZero(left) && operator === '+') return right;
  return operator === '+' || operator === '-'
    ? sumOf(left, operator, right, span)
    : binary(left, operator, right, span);
}

/** A formula alone or in a chain, `return ..`; names that are given back say nothing new. */
function given(p: Code, lines: Lines): void {
  const back = peek(p).kind === 'name' && peek(p).text === 'return';
  if (!back) {
    lines.found.push({ name: '', surface: statement(p) });
    return;
  }
  p.at++;
  if (lines.found.length > 0 && givesBack(p)) return;
  for (;;) {
    const from = p.at;
    const name = spelledAt(p, from);
    const held = name === null ? undefined : p.held.get(name.name);
    const next = name === null ? undefined : p.tokens[name.end];
    const alone = next?.kind === 'end' || /^[,\n;]$/.test(next?.text ?? '');
    if (name !== null && held !== undefined && held.left !== null && alone) p.at = name.end;
    else lines.found.push({ name: '', surface: statement(p) });
    if (!is(p, ',')) return;
    p.at++;
  }
}

/** Names that other lines gave their values, in brackets or not. */
function givesBack(p: Code): boolean {
  const start = p.at;
  skipLine(p);
  const names = p.tokens.slice(start, p.at);
  if (names.every((t) => (t.kind === 'name' ? p.held.get(t.text)?.left !== null : /^[(),.]$/.test(t.text))))
    return true;
  p.at = start;
  return false;
}

function statement(p: Code): Surface {
  const from = p.at;
  const sides = [expression(p)];
  while (is(p, '=') || is(p, '==')) {
    p.at++;
    sides.push(expression(p));
  }
  const operator = AUGMENTED.get(peek(p).text);
  const [left] = sides;
  if (operator !== undefined && sides.length === 1 && left !== undefined) {
    p.at++;
    sides.push(combined(left, operator, expression(p), spanSince(p, from)));
  }
  return { sides, continues: false, where: [], span: spanSince(p, from) };
}

function ended(p: Code): void {
  if (is(p, '\n') || is(p, ';') || peek(p).kind === 'end') return;
  fail(p, peek(p), { code: 'expected', what: 'operator-or-line-end', found: typed(p, peek(p)) }, 'operator');
}
