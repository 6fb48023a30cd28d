// A text's tokens as statements: lines, chains of equal signs, what belongs to the line before, conditions behind it.

import { ReadError } from '../read-error.ts';
import { isListed, rangeListed } from './listed.ts';
import { CAPS, type Mark, mark } from './marks.ts';

const CONTAINERS = new Set([
  'aligned',
  'align',
  'split',
  'gathered',
  'gather',
  'eqnarray',
  'equation',
  'array',
  'displaymath',
  'math',
  'alignat',
  'alignedat',
  'multline',
  'flalign',
]);

/** One statement's tokens, an end included, and the tokens of the conditions behind it. */
export interface StatementMarks {
  readonly marks: readonly Mark[];
  readonly where: readonly (readonly Mark[])[];
}

/** `a {+} b`: braces round a sign only set it closer; those of a script, `^{+}`, belong to it. */
const isSetCloser = (marks: readonly Mark[], at: number): boolean => {
  const [before, open, sign, shut] = marks.slice(Math.max(0, at - 1), at + 3);
  const script = before?.kind === 'sign' && /^[\^_]$/.test(before.text);
  const only = sign?.kind === 'sign' && /^(?:[-+=*/·×⊙∘⊗]|\.\*)$/.test(sign.text);
  return at > 0 && !script && open?.text === '{' && only && shut?.text === '}';
};

/** The tokens without alignment and without the names of surroundings; in cases both say something. */
function unaligned(marks: readonly Mark[]): Mark[] {
  let cases = 0;
  return marks.filter((t, at) => {
    if (isSetCloser(marks, at) || isSetCloser(marks, at - 2)) return false;
    if (t.kind === 'command') {
      const [what, name = ''] = t.text.split(' ');
      if (name === 'cases') cases += what === 'begin' ? 1 : -1;
      return !CONTAINERS.has(name);
    }
    return cases > 0 || t.kind !== 'sign' || t.text !== '&';
  });
}

interface Split {
  readonly marks: readonly Mark[];
  /** What set it apart from the one before. */
  readonly by: string;
}

const isRelation = (t: Mark): boolean =>
  t.kind === 'sign' && (t.text === '=' || t.text === '~=' || t.text === '←');
const OPENING = new Set(['(', '[', '{', '⟨', '⟦', '⟪']);
const CLOSING = new Set([')', ']', '}', '⟩', '⟧', '⟫']);

/** Calls back with each token that stands in no bracket. */
function atDepth0(marks: readonly Mark[], see: (t: Mark, at: number) => void): void {
  let depth = 0;
  marks.forEach((t, at) => {
    const sign = t.kind === 'sign';
    if ((sign && OPENING.has(t.text)) || (t.kind === 'command' && t.text.startsWith('begin '))) depth++;
    else if ((sign && CLOSING.has(t.text)) || (t.kind === 'command' && t.text.startsWith('end '))) depth--;
    else if (depth <= 0) see(t, at);
  });
}

const has = (marks: readonly Mark[], test: (t: Mark) => boolean): boolean => {
  let found = false;
  atDepth0(marks, (t) => {
    if (test(t)) found = true;
  });
  return found;
};

function splitAt(marks: readonly Mark[], signs: ReadonlySet<string>, first = ''): Split[] {
  const found: Split[] = [];
  let start = 0;
  let by = first;
  atDepth0(marks, (t, at) => {
    if (t.kind !== 'sign' || !signs.has(t.text)) return;
    found.push({ marks: marks.slice(start, at), by });
    start = at + 1;
    by = t.text;
  });
  found.push({ marks: marks.slice(start), by });
  return found;
}

const HARD = new Set(['\n', ';', '=>']);
const SOFT = new Set([',', '\\quad']);
const CONDITION_WORDS = new Set(['for', 'where', 'if', 'when', 'with']);

/** The statements of a text. */
export function statementsOf(text: string, marks: readonly Mark[]): StatementMarks[] {
  const body = unaligned(marks.filter((t) => t.kind !== 'end'));
  const found: { marks: Mark[]; where: Mark[][] }[] = [];
  for (const line of splitAt(body, HARD)) {
    for (const piece of softly(line)) {
      const inside = trimmed(piece.marks);
      if (inside.length === 0) continue;
      const last = found.at(-1);
      if (last !== undefined && piece.by === '\n' && continues(last.marks, inside))
        last.marks.push(...inside);
      else if (last !== undefined && (SOFT.has(piece.by) ? saysRange(inside) : isListed(inside)))
        last.where.push(inside);
      else found.push({ marks: inside, where: [] });
    }
  }
  const statements = found.filter((s) => s.marks.length > 0);
  const [, over] = [statements.length, statements[CAPS.statements]?.marks[0]];
  if (over !== undefined)
    throw new ReadError(text, over, { code: 'too-many', of: 'answer-lines', most: CAPS.statements });
  return statements.map((s) => withEnd(withConditions(s)));
}

/** Commas and wide spaces set statements apart where each has a relation of its own; else they are only spaces. */
function softly(line: Split): Split[] {
  const pieces = splitAt(line.marks, SOFT, line.by);
  const joined: { marks: Mark[]; by: string }[] = [];
  for (const piece of pieces) {
    const last = joined.at(-1);
    const own = piece.marks.length > 0 && (has(piece.marks, isRelation) || isCondition(piece.marks));
    if (last === undefined || (own && last.marks.length > 0))
      joined.push({ marks: [...piece.marks], by: piece.by });
    else if (piece.by === ',' && piece.marks.length > 0 && last.marks.length > 0) {
      const [first] = piece.marks;
      const comma = first === undefined ? [] : [mark('sign', ',', first.offset, 1)];
      last.marks.push(...comma, ...piece.marks);
    } else last.marks.push(...piece.marks);
  }
  return joined;
}

const INEQUALITY = new Set(['<', '>', '<=', '>=', '!=', '∈']);
const isCondition = (marks: readonly Mark[]): boolean =>
  isBracketedCondition(marks) ||
  (marks[0]?.kind === 'word' && CONDITION_WORDS.has(marks[0].text)) ||
  (has(marks, (t) => t.kind === 'sign' && INEQUALITY.has(t.text)) && !has(marks, isRelation));

/** (l < L) */
const isBracketedCondition = (marks: readonly Mark[]): boolean =>
  marks[0]?.text === '(' && marks.at(-1)?.text === ')' && saysRange(marks.slice(1, -1));

const saysRange = (marks: readonly Mark[]): boolean => isCondition(marks) || isListed(marks);

const PUNCTUATION = /^[,.;:]$/;

/** Without the punctuation at both ends. */
function trimmed(marks: readonly Mark[]): Mark[] {
  let [from, to] = [0, marks.length];
  const loose = (t: Mark | undefined): boolean =>
    t?.kind === 'sign' && (PUNCTUATION.test(t.text) || t.text === '\\quad' || t.text === '\n');
  if (isNumbering(marks.slice(to - 4, to))) to -= 4;
  if (isBraced(marks, from, to)) return trimmed(marks.slice(from + 1, to - 1));
  while (to > from && loose(marks[to - 1])) to--;
  while (from < to && loose(marks[from])) from++;
  return marks.slice(from, to);
}

/** Whether braces stand round all of it: \boxed{a = b}. */
function isBraced(marks: readonly Mark[], from: number, to: number): boolean {
  if (marks[from]?.text !== '{' || !has(marks.slice(from + 1, to - 1), isRelation)) return false;
  let depth = 0;
  for (let at = from; at < to - 1; at++) {
    if (marks[at]?.text === '{') depth++;
    else if (marks[at]?.text === '}' && --depth === 0) return false;
  }
  return marks[to - 1]?.text === '}';
}

/** `.(3)`: a full stop and the number of the equation. */
const isNumbering = (marks: readonly Mark[]): boolean =>
  marks.length === 4 && /^[.,]\((\d+)\)$/.test(marks.map((t) => t.text).join(''));

const JOINING = /^(?:[-+*/·×⊙∘⊗=←]|\.\*|\.\/|~=)$/;

/** Whether a line goes on with the one before: it begins with a relation, or an operator ends or begins one of them. */
function continues(before: readonly Mark[], line: readonly Mark[]): boolean {
  const [first] = line;
  const last = before.at(-1);
  if (first?.kind === 'sign' && isRelation(first)) return true;
  if (last?.kind === 'sign' && JOINING.test(last.text)) return true;
  return (
    first?.kind === 'sign' &&
    /^(?:[-+*·×⊙∘⊗]|\.\*)$/.test(first.text) &&
    has(before, isRelation) &&
    !has(line, isRelation)
  );
}

/** `for 2 <= l <= L` behind a formula. */
function withConditions(s: { marks: Mark[]; where: Mark[][] }): { marks: Mark[]; where: Mark[][] } {
  let at = -1;
  atDepth0(s.marks, (t, i) => {
    if (at < 0 && i > 0 && t.kind === 'word' && CONDITION_WORDS.has(t.text)) at = i;
  });
  if (at < 0) return s;
  return { marks: trimmed(s.marks.slice(0, at)), where: [s.marks.slice(at), ...s.where] };
}

function withEnd(s: { marks: Mark[]; where: Mark[][] }): StatementMarks {
  const where = s.where.flatMap((w) => {
    const [first] = w;
    const bare = isBracketedCondition(w) ? w.slice(1, -1) : w;
    const inside = first?.kind === 'word' && CONDITION_WORDS.has(first.text) ? w.slice(1) : bare;
    if (isListed(inside)) return [closed(rangeListed(inside))];
    return splitAt(inside, new Set([','])).map((piece) => closed([...piece.marks]));
  });
  return { marks: closed(s.marks), where: where.filter((w) => w.length > 1) };
}

function closed(marks: Mark[]): Mark[] {
  const last = marks.at(-1);
  const offset = last === undefined ? 0 : last.offset + last.length;
  return [...marks, mark('end', '', offset, 0)];
}
