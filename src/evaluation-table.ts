// An evaluation for people: one line for each vector, a block for each matrix, long ones with dots.

import { english } from './lang/en.ts';
import { wordsOf } from './lang/phrase.ts';
import type { Evaluation, NamedValues } from './results/evaluation.ts';

const MOST_COLUMNS = 8;
const MOST_ROWS = 6;

/** The table that `chainrule evaluate` prints. */
export function evaluationTable(e: Evaluation, digits: number): string {
  const show = (v: number): string => number(v, digits);
  const { dual, differences, formulas, kinks } = e.check;
  const drawn = [...(e.network.concrete?.drawn ?? [])];
  return [
    e.network.title,
    ...e.network.notes.map((note) => wordsOf(english.network.note(note))),
    ...(drawn.length === 0 ? [] : [`drawn from the seed: ${drawn.join(', ')}`]),
    '',
    `loss  C = ${show(e.loss)}`,
    ...section('given', e.given, show),
    ...section('forward', e.forward, show),
    ...section('errors, by the derived formulas', e.errors, show),
    ...section('gradients, by the derived formulas', e.gradients, show),
    '',
    'check',
    `  ${formulas} formulas against dual numbers: ${dual.entries} entries, error ${scientific(dual.error)} of the largest`,
    `  gradients against central differences: ${differences.entries} entries, ${differences.passes} forward passes, error ${scientific(differences.error)}`,
    ...kinks.slice(0, 5).map((at) => `  ${at} lies at a kink: the derivative there is a choice`),
    '',
  ].join('\n');
}

function section(title: string, list: readonly NamedValues[], show: (v: number) => string): string[] {
  if (list.length === 0) return [];
  const width = Math.max(...list.map((v) => v.name.length));
  return ['', title, ...list.flatMap((v) => rows(v, width, show))];
}

/** A tensor's lines: rows of a matrix below each other, numbers right-aligned in columns. */
function rows({ name, shape, entries }: NamedValues, width: number, show: (v: number) => string): string[] {
  const columns = shape.length < 2 ? Math.max(1, entries.length) : (shape.at(-1) ?? 1);
  const count = Math.max(1, Math.ceil(entries.length / columns));
  const picked = positions(count, MOST_ROWS).map((row) =>
    row === null
      ? ['...']
      : positions(columns, MOST_COLUMNS).map((c) =>
          c === null ? '...' : show(entries[row * columns + c] ?? Number.NaN),
        ),
  );
  const cell = Math.max(...picked.flat().map((text) => text.length));
  const shapeText = shape.length === 2 ? `   ${shape.join(' x ')}` : '';
  return picked.map((cells, i) => {
    const label = i === 0 ? name.padEnd(width) : ''.padEnd(width);
    const line = `  ${label}  ${cells.map((c) => c.padStart(cell)).join('  ')}`;
    return `${line}${i === 0 ? shapeText : ''}`.trimEnd();
  });
}

/** The positions shown; null stands for the dots. */
function positions(count: number, most: number): (number | null)[] {
  if (count <= most) return Array.from({ length: count }, (_, i) => i);
  const first = Array.from({ length: most - 2 }, (_, i) => i);
  return [...first, null, count - 1];
}

/** So many significant digits; powers of ten where small or large. */
function number(v: number, digits: number): string {
  if (!Number.isFinite(v)) return String(v);
  const rounded = Number(v.toPrecision(digits));
  const size = Math.abs(rounded);
  return size === 0 || (size >= 1e-3 && size < 1e6) ? String(rounded) : scientific(rounded, digits);
}

function scientific(v: number, digits = 1): string {
  if (v === 0 || !Number.isFinite(v)) return String(v);
  return Number(v.toPrecision(digits)).toExponential().replace('e+', 'e');
}
