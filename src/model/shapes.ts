// Given numbers against the shapes a network wants: flattening, and sentences that say what is wrong.

import type { Nested } from './spec.ts';

/** The numbers in row-major order and their shape, or the sentence that says where the lists are ragged. */
export type Flattened =
  | { readonly shape: readonly number[]; readonly entries: Float64Array }
  | { readonly problem: string };

export function flatten(name: string, given: Nested): Flattened {
  const shape: number[] = [];
  for (let here: Nested | undefined = given; here !== undefined && typeof here !== 'number'; here = here[0])
    shape.push(here.length);
  const entries: number[] = [];
  const problem = collect(given, shape, 0, name, entries);
  return problem === null ? { shape, entries: Float64Array.from(entries) } : { problem };
}

function collect(
  here: Nested,
  shape: readonly number[],
  depth: number,
  place: string,
  into: number[],
): string | null {
  const size = shape[depth];
  if (typeof here === 'number') {
    into.push(here);
    return size === undefined ? null : `${place} is a number where the first row has a list of ${size}`;
  }
  if (size === undefined) return `${place} is a list where the first row has a number`;
  if (here.length !== size) return `${place} has ${counted(here.length)}, but the first row has ${size}`;
  for (const [i, item] of here.entries()) {
    const problem = collect(item, shape, depth + 1, `row ${i + 1} of ${place}`, into);
    if (problem !== null) return problem;
  }
  return null;
}

const counted = (n: number): string => (n === 1 ? '1 number' : `${n} numbers`);

/** `3 x 2`, `2 numbers`, `one number`. */
export function shapeText(shape: readonly number[]): string {
  const [only] = shape;
  if (only === undefined) return 'one number';
  return shape.length === 1 ? counted(only) : shape.join(' x ');
}

/** `w[2] is 2 x 3, but layers [2, 3, 2] want 3 x 2 (out x in); is it transposed?`; null when the shapes agree. */
export function shapeProblem(
  key: string,
  got: readonly number[],
  wanted: readonly number[],
  who: string,
  order: string,
): string | null {
  if (got.length === wanted.length && got.every((n, i) => n === wanted[i])) return null;
  const turned = got.length === 2 && got[0] === wanted[1] && got[1] === wanted[0];
  const is = got.length === 1 ? 'has' : 'is';
  const axes = wanted.length === 2 && order !== '' ? ` (${order})` : '';
  return `${key} ${is} ${shapeText(got)}, but ${who} ${shapeText(wanted)}${axes}${turned ? '; is it transposed?' : ''}`;
}
