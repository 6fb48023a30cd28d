// Row-major numbers as nested lists.

/** Numbers nested as deep as the tensor has slots; null stands for what is not finite, as JSON has no word for it. */
export type Nested = number | null | readonly Nested[];

/** The numbers of a shape as nested lists; a scalar as itself. */
export function nested(shape: readonly number[], entries: Float64Array, from = 0): Nested {
  const [size, ...rest] = shape;
  if (size === undefined) {
    const value = entries[from] ?? Number.NaN;
    return Number.isFinite(value) ? value : null;
  }
  const step = rest.reduce((n, s) => n * s, 1);
  return Array.from({ length: size }, (_, i) => nested(rest, entries, from + i * step));
}
