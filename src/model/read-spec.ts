// Plain values (from YAML, JSON, or a caller) -> a network spec: keys, types and ranges, nothing about meaning yet.

import {
  type Field,
  type Fields,
  kindOf,
  listOf,
  mapOf,
  numberOf,
  optional,
  pathText,
  recordOf,
  textOf,
  wholeOf,
  wordOf,
} from './fields.ts';
import { FRONT_KEYS, frontSpec, titleOf } from './front-spec.ts';
import type {
  BatchSpec,
  EquationsSpec,
  GivenValues,
  LayersSpec,
  Nested,
  NetworkSpec,
  SpecSource,
  TensorSpec,
  ValuesSpec,
} from './spec.ts';

const COMMON_KEYS = [...FRONT_KEYS, 'values', 'loss'];
export const LAYERS_KEYS = [...COMMON_KEYS, 'layers', 'activation', 'output', 'l2', 'batch'];
export const EQUATIONS_KEYS = [
  ...COMMON_KEYS,
  'tensors',
  'equations',
  'functions',
  'targets',
  'sizes',
  'assume',
];

/** Reads the keys of a network file. Throws a `UserError` with the place of the first thing that is wrong. */
export function readSpec(content: unknown, source: SpecSource): NetworkSpec {
  const field: Field = { value: content, path: [], source };
  const keys = mapOf(field, 'a map with keys such as layers, activation, loss');
  const bare = keys.has('equations') || keys.has('tensors');
  const clash = bare ? ['layers', 'activation', 'output', 'l2', 'batch'].find((k) => keys.has(k)) : undefined;
  if (clash !== undefined) {
    const message = `"${clash}" and "equations" exclude each other: give the layers or the equations`;
    throw source.error([clash], message, { onKey: true });
  }
  return bare
    ? equationsSpec(recordOf(field, EQUATIONS_KEYS), source)
    : layersSpec(recordOf(field, LAYERS_KEYS));
}

function layersSpec(fields: Fields): LayersSpec {
  const layers = optional(fields, 'layers', widths);
  return {
    kind: 'layers',
    title: titleOf(fields),
    front: frontSpec(fields),
    layers,
    activation: optional(fields, 'activation', activation),
    output: optional(fields, 'output', textOf),
    loss: optional(fields, 'loss', textOf),
    l2: optional(fields, 'l2', sizeOrSymbol('a positive number or a symbol such as lambda', positive)),
    batch: optional(fields, 'batch', batch),
    values: optional(fields, 'values', values),
  };
}

const MOST_LAYERS = 200;

function widths(field: Field): number[] {
  const items = listOf(field, 'a list of widths such as [2, 3, 2]');
  const list = items.map((item) => wholeOf(item, 1, 'a width: a whole number of at least 1'));
  if (list.length < 2)
    throw field.source.error(field.path, 'layers must be at least two widths, the input first');
  if (list.length > MOST_LAYERS)
    throw field.source.error(
      field.path,
      `layers has ${list.length} widths; at most ${MOST_LAYERS} are taken`,
    );
  return list;
}

const activation = (field: Field): string | string[] => {
  const what = 'a name, a formula in z, or a list of them';
  return Array.isArray(field.value) ? listOf(field).map((item) => textOf(item, what)) : textOf(field, what);
};

function positive(field: Field): number {
  const value = numberOf(field);
  if (value <= 0)
    throw field.source.error(field.path, `${pathText(field.path)} must be positive, not ${value}`);
  return value;
}

/** A number, or the name of one. */
const sizeOrSymbol =
  (what: string, number: (field: Field) => number) =>
  (field: Field): number | string => {
    if (typeof field.value === 'number') return number(field);
    const name = textOf(field, what);
    if (/^[A-Za-z][A-Za-z0-9]*$/.test(name)) return name;
    throw field.source.error(field.path, `${pathText(field.path)} must be ${what}, not ${kindOf(name)}`);
  };

function batch(field: Field): BatchSpec {
  const fields = recordOf(field, ['size', 'samples']);
  const what = 'a whole number of at least 1, or a symbol such as m';
  return {
    size:
      optional(
        fields,
        'size',
        sizeOrSymbol(what, (f) => wholeOf(f, 1, what)),
      ) ?? 'm',
    samples: optional(fields, 'samples', (f) => wordOf(f, ['columns', 'rows'] as const)) ?? 'columns',
  };
}

function values(field: Field): ValuesSpec {
  const fields = mapOf(field, 'a map of tensors to numbers, or {seed: 7}');
  const given = new Map<string, GivenValues>();
  for (const [name, item] of fields) if (name !== 'seed') given.set(name, givenValues(item));
  const seed = optional(fields, 'seed', (f) => wholeOf(f, 0, 'a seed: a whole number from 0 to 1000000'));
  return { seed: seed ?? 1, given };
}

function givenValues(field: Field): GivenValues {
  if (typeof field.value === 'number' || Array.isArray(field.value)) return nested(field);
  const what = 'numbers, or a map of layers to numbers such as {2: [0.1, 0.2]}';
  return new Map([...mapOf(field, what)].map(([stage, item]) => [stage, nested(item)]));
}

function nested(field: Field): Nested {
  return Array.isArray(field.value)
    ? listOf(field).map(nested)
    : numberOf(field, 'a number or a list of numbers');
}

function equationsSpec(fields: Fields, source: SpecSource): EquationsSpec {
  const required = <T>(key: string, read: (f: Field) => T, what: string): T => {
    const found = optional(fields, key, read);
    if (found !== null) return found;
    throw source.error([], `a network of equations needs "${key}": ${what}`);
  };
  const texts = (f: Field): string[] => listOf(f).map((item) => textOf(item));
  return {
    kind: 'equations',
    title: titleOf(fields),
    front: frontSpec(fields),
    tensors: required('tensors', tensors, 'a map such as {x: {size: [n], kind: input}}'),
    equations: required('equations', texts, 'a list such as ["a[1][j] = x[j]"]'),
    functions: optional(fields, 'functions', functions) ?? new Map(),
    loss: required('loss', (f) => textOf(f), 'a formula, or "C(a[L])" for an unknown one'),
    targets: optional(fields, 'targets', texts) ?? [],
    sizes: optional(fields, 'sizes', sizes) ?? new Map(),
    assume: optional(fields, 'assume', texts) ?? [],
    values: optional(fields, 'values', values),
  };
}

const tensors = (field: Field): ReadonlyMap<string, TensorSpec> =>
  new Map([...mapOf(field)].map(([name, item]) => [nameOf(name, item), tensor(item)]));

/** Names of tensors, functions and sizes: a letter, then letters and digits; `d` and `sum` have a meaning of their own. */
function nameOf(name: string, field: Field): string {
  const reserved = ['sum', 'd', 'partial', 'ind', 'kron', 'norm', 'diag', 'tr', 'ones', 'for', 'transpose'];
  if (/^[A-Za-z][A-Za-z0-9_]*$/.test(name) && !reserved.includes(name)) return name;
  const why = reserved.includes(name)
    ? 'it has a meaning of its own'
    : 'a name is a letter, then letters and digits';
  throw field.source.error(field.path, `"${name}" can't be a name here: ${why}`, { onKey: true });
}

function tensor(field: Field): TensorSpec {
  const fields = recordOf(field, ['stage', 'size', 'kind', 'of']);
  const stage = optional(fields, 'stage', (f) => listOf(f).map((item) => nameOf(textOf(item), item))) ?? [];
  const size = optional(fields, 'size', (f) => listOf(f).map(slotSize)) ?? [];
  const kind = optional(fields, 'kind', (f) =>
    wordOf(f, ['input', 'parameter', 'variable', 'error'] as const),
  );
  const of = optional(fields, 'of', (f) => textOf(f));
  if (kind === 'error' && of === null) {
    throw field.source.error(
      field.path,
      'an error needs "of", the tensor whose error it is: {kind: error, of: z}',
    );
  }
  return { stage, size, kind: kind ?? 'variable', of };
}

const slotSize = (field: Field): string =>
  typeof field.value === 'number'
    ? String(wholeOf(field, 1, 'a size of at least 1'))
    : textOf(field, 'a size such as n, n[l-1] or 3');

function functions(field: Field): ReadonlyMap<string, string | null> {
  if (Array.isArray(field.value))
    return new Map(listOf(field).map((item) => [nameOf(textOf(item), item), null]));
  const what = 'a list of names, or a map of names to activations or formulas in z';
  return new Map(
    [...mapOf(field, what)].map(([name, item]) => [
      nameOf(name, item),
      item.value === null ? null : textOf(item, what),
    ]),
  );
}

const sizes = (field: Field): ReadonlyMap<string, number | readonly number[]> =>
  new Map(
    [...mapOf(field)].map(([name, item]) => {
      const one = (f: Field): number => wholeOf(f, 1, 'a whole number of at least 1');
      return [name, Array.isArray(item.value) ? listOf(item).map(one) : one(item)];
    }),
  );
