// A network's numbers as Python: sizes, and arrays that NumPy reads back exactly.

import type { Needed } from '../model/needed.ts';
import type { Values } from '../model/spec.ts';
import { indented } from '../text/numpy-statement.ts';

/** Characters in a line of numbers. */
const WIDTH = 96;

/** A floating-point number: 1.0, as 1 would make an array of integers. JavaScript and Python print the same digits. */
const numberText = (v: number): string => (Number.isInteger(v) && Math.abs(v) < 1e16 ? `${v}.0` : String(v));

/** A list of texts in brackets, broken into lines where it is long. */
function listLines(items: readonly string[]): string[] {
  const one = `[${items.join(', ')}]`;
  if (one.length <= WIDTH) return [one];
  const lines: string[] = [];
  let line = '';
  for (const item of items) {
    if (line !== '' && line.length + item.length + 2 > WIDTH) {
      lines.push(line);
      line = '';
    }
    line += `${line === '' ? '' : ' '}${item},`;
  }
  return ['[', ...indented([...lines, line]), ']'];
}

function nestedLines(entries: readonly number[], shape: readonly number[]): string[] {
  const [size = 0, ...rest] = shape;
  if (rest.length === 0) return listLines(entries.map(numberText));
  const step = entries.length / Math.max(1, size);
  const parts = Array.from({ length: size }, (_, i) =>
    nestedLines(entries.slice(i * step, (i + 1) * step), rest),
  );
  const one = `[${parts.map((p) => p.join('')).join(', ')}]`;
  if (one.length <= WIDTH && parts.every((p) => p.length === 1)) return [one];
  return ['[', ...indented(parts.flatMap(withComma)), ']'];
}

const withComma = (lines: readonly string[]): string[] =>
  lines.map((line, i) => (i === lines.length - 1 ? `${line},` : line));

/** `lead` np.array(...) `end`, in as many lines as it takes. */
function arrayLines(lead: string, { shape, entries }: Values, end: string): string[] {
  const lines =
    shape.length === 0 ? [numberText(entries[0] ?? Number.NaN)] : nestedLines([...entries], shape);
  const [first = '', ...rest] = lines;
  if (rest.length === 0) return [`${lead}np.array(${first})${end}`];
  return [`${lead}np.array(${first}`, ...rest.slice(0, -1), `${rest.at(-1)})${end}`];
}

/** A tensor's numbers: one array, or one for each stage. */
export function tensorLines(
  name: string,
  needed: readonly Needed[],
  values: ReadonlyMap<string, Values>,
): string[] {
  const own = needed.flatMap((n) => {
    const found = values.get(n.key);
    return found === undefined ? [] : [{ stage: n.stage, found }];
  });
  const [first] = own;
  if (first === undefined) return [];
  if (first.stage.length === 0) return arrayLines(`${name} = `, first.found, '');
  const items = own.flatMap(({ stage, found }) => arrayLines(`${keyText(stage)}: `, found, ','));
  return [`${name} = {`, ...indented(items), '}'];
}

/** The key of a stage in a dictionary: 2, or (1, 2). */
const keyText = (stage: readonly number[]): string =>
  stage.length === 1 ? String(stage[0]) : `(${stage.join(', ')})`;

/** Sizes by their keys, those that depend on a stage as a dictionary. */
export function sizeLines(name: string, pythonName: string, sizes: ReadonlyMap<string, number>): string[] {
  const alone = sizes.get(name);
  if (alone !== undefined) return [`${pythonName} = ${alone}`];
  const own = [...sizes].filter(([key]) => key.startsWith(`${name}[`));
  const items = own.map(
    ([key, v]) =>
      `${keyText(
        key
          .slice(name.length + 1, -1)
          .split(',')
          .map(Number),
      )}: ${v}`,
  );
  return items.length === 0 ? [] : [`${pythonName} = {${items.join(', ')}}`];
}
