// A formula in cases: the sum of its rows, each times 1 where its condition holds.

import type { Part, Syntax } from '../syntax.ts';
import { fail, isEnd, next, peek, type Reader, spanSince, topLevel, typed, within } from './cursor.ts';
import { indicator, isRelation } from './indicators.ts';

/** \begin{cases} A & i = j \\ B & i \ne j \end{cases} */
export function casesOf(p: Reader): Syntax {
  const from = p.at;
  const open = next(p);
  const end = p.marks.findIndex(
    (t, i) => i >= p.at && i < p.to && t.kind === 'command' && t.text === 'end cases',
  );
  if (end < 0) return fail(p, open, { code: 'cases-open' }, { text: '\\end{cases}' });
  const breaks = topLevel(p, p.at, end, (t) => t.text === '\n');
  const ends = [...breaks, end];
  const rows = ends
    .map((to, i) => ({ from: i === 0 ? p.at : (ends[i - 1] ?? 0) + 1, to }))
    .filter(({ from: start, to }) => to > start);
  const guards: Syntax[] = [];
  const all = rows.map(({ from: start, to }): Part => rowOf(p, start, to, guards));
  const some = all.filter((row) => !isZero(row));
  const parts = some.length === 0 ? all : some;
  p.at = end + 1;
  const span = spanSince(p, from);
  return { kind: 'group', of: { kind: 'sum', parts, span }, span };
}

function rowOf(p: Reader, from: number, to: number, guards: Syntax[]): Part {
  const [column] = topLevel(p, from, to, (t) => t.kind === 'sign' && t.text === '&');
  if (column === undefined) return fail(p, p.marks[from] ?? peek(p), { code: 'case-parts' }, { text: '&' });
  const comma = p.marks[column - 1]?.text === ',' ? column - 1 : column;
  const formula = within(p, from, comma);
  const of = p.parts.sum(formula);
  if (!isEnd(formula))
    fail(
      formula,
      peek(formula),
      { code: 'expected', what: 'separator-and-condition', found: typed(p, peek(formula)) },
      { text: '&' },
    );
  const guard = conditionOf(within(p, column + 1, to), guards);
  guards.push(guard);
  const span = of.span;
  const product: Part[] = [
    { operator: '*', span, of: { kind: 'group', of: guard, span } },
    { operator: '*', span, of: { kind: 'group', of, span } },
  ];
  return { operator: '+', span, of: { kind: 'product', parts: product, span } };
}

/** Whether a row says 0, which is what stands where no row holds. */
function isZero({ of }: Part): boolean {
  const value = of.kind === 'product' ? of.parts.at(-1)?.of : of;
  return value?.kind === 'group' && value.of.kind === 'number' && Number(value.of.text) === 0;
}

const PROSE = new Set(['if', 'for', 'when', 'where', 'i', 'f']);

/** The condition behind `if`; `otherwise` is what the rows before leave. */
function conditionOf(p: Reader, before: readonly Syntax[]): Syntax {
  while (peek(p).kind === 'word' && PROSE.has(peek(p).text)) next(p);
  const at = peek(p);
  if (topLevel(p, p.at, p.to, isRelation).length > 0) {
    const [stop = p.to] = topLevel(p, p.at, p.to, (t) => t.kind === 'sign' && /^[,.;]$/.test(t.text));
    return indicator({ ...p, to: stop });
  }
  if (at.kind !== 'word' && at.kind !== 'end')
    return fail(p, at, { code: 'expected', what: 'condition', found: typed(p, at) }, 'condition');
  const span = at;
  const one: Part = { operator: '+', span, of: { kind: 'number', text: '1', span } };
  const rest = before.map((of): Part => ({ operator: '-', span, of }));
  return { kind: 'group', of: { kind: 'sum', parts: [one, ...rest], span }, span };
}
