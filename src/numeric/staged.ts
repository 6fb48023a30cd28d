// Sizes that depend on a stage: a different one for each, except where a condition makes them equal.

import { integer } from '../expr/affine.ts';
import { type Condition, slack, substituteCondition } from '../expr/condition.ts';
import { type Assignment, fits, namesOf, type Search, valueIn } from './constraints.ts';
import { shuffled } from './random.ts';
import { bareSizes } from './slots.ts';
import { stageKey } from './world.ts';

/** How many stages there are where no size counts them. */
const USUAL_STAGES = 5;
const TRIES = 40;

/** All tuples of `length` stages from 1 to `top`. */
const tuples = (length: number, top: number): number[][] =>
  length === 0
    ? [[]]
    : tuples(length - 1, top).flatMap((t) => Array.from({ length: top }, (_, i) => [...t, i + 1]));

/** The largest number of stages. */
function stageCount({ system }: Search, so: Assignment): number {
  const slots = bareSizes(system);
  const counts = [...system.sizes].flatMap(([name, stages]) =>
    stages === 0 && !slots.has(name) ? [so.get(name) ?? 0] : [],
  );
  return counts.length === 0 ? USUAL_STAGES : Math.max(...counts);
}

/** The conditions at every stage they speak of. */
function instances(c: Condition, search: Search, top: number): Condition[] {
  const names = [...namesOf(c)].filter((n) => !search.system.sizes.has(n));
  return tuples(names.length, top).map((stage) =>
    substituteCondition(c, new Map(names.map((n, i) => [n, integer(stage[i] ?? 1)]))),
  );
}

/** The keys of the sizes that depend on a stage and stand in a condition, with their coefficients. */
function keysIn(c: Condition, so: Assignment): { key: string; coefficient: number }[] {
  return slack(c)
    .terms.filter((t) => t.symbol.at.length > 0)
    .map((t) => ({
      key: stageKey(
        t.symbol.name,
        t.symbol.at.map((a) => valueIn(a, so)),
      ),
      coefficient: t.coefficient,
    }));
}

/** Which keys an equation ties together: each key's representative, which may be a number. */
function tied(equations: readonly Condition[], so: Assignment): (key: string) => string | number {
  const parent = new Map<string, string | number>();
  const find = (key: string | number): string | number => {
    const up = typeof key === 'number' ? undefined : parent.get(key);
    return up === undefined ? key : find(up);
  };
  const join = (a: string | number, b: string | number): void => {
    const [p, q] = [find(a), find(b)];
    if (p === q) return;
    if (typeof p === 'string') parent.set(p, q);
    else if (typeof q === 'string') parent.set(q, p);
  };
  for (const c of equations) {
    const [first, second, third] = keysIn(c, so);
    if (first === undefined || third !== undefined || Math.abs(first.coefficient) !== 1) continue;
    const form = slack(c);
    const rest = valueIn({ ...form, terms: form.terms.filter((t) => t.symbol.at.length === 0) }, so);
    if (second === undefined) {
      if (!Number.isNaN(rest)) join(first.key, -rest / first.coefficient);
    } else if (first.coefficient === -second.coefficient && rest === 0) join(first.key, second.key);
  }
  return find;
}

/** The assignment with all sizes that depend on stages; null where no choice was found to fit. */
export function stagedSizes(search: Search, so: Assignment): Assignment | null {
  const { system, conditions, everywhere, draw } = search;
  const staged = [...system.sizes].filter(([, stages]) => stages > 0);
  if (staged.length === 0) return so;
  const top = stageCount(search, so);
  const all = [...conditions, ...everywhere.flatMap((c) => instances(c, search, top))];
  const keys = new Set(staged.flatMap(([name, n]) => tuples(n, top).map((at) => stageKey(name, at))));
  for (const c of conditions) for (const { key } of keysIn(c, so)) keys.add(key);
  const find = tied(
    all.filter((c) => c.relation === '='),
    so,
  );
  const classes = [...new Set([...keys].map(find))].filter((c) => typeof c === 'string');
  const used = new Set(so.values());
  const pool = Array.from({ length: classes.length + used.size + 1 }, (_, i) => i + 2)
    .filter((value) => !used.has(value))
    .slice(0, Math.max(4, classes.length + 1));
  for (let i = 0; i < TRIES; i++) {
    const values = shuffled(pool, draw);
    const own = new Map(classes.map((c, at) => [c, values[at] ?? 2] as const));
    const tried = new Map(so);
    for (const key of keys) {
      const found = find(key);
      tried.set(key, typeof found === 'number' ? found : (own.get(found) ?? 2));
    }
    if (fits({ ...search, conditions: all }, tried)) return tried;
  }
  return null;
}
