// What the NumPy printer hands round: texts with how tight they bind, and the axes along which an array of numbers runs.

import { UserError } from '../expr/error.ts';
import { LEVEL } from './operators.ts';

/** A printed part. `axes`: the indices along which it is an array, in the order of its axes; none: one number. */
export interface NumpyPiece {
  readonly text: string;
  /** See LEVEL. Python's `@` is printed as LEVEL.hadamard: in brackets beside `*`, which binds as tight. */
  readonly level: number;
  readonly axes: readonly string[];
}

/** NumPy has no way to say it, or this printer doesn't know one. */
export class Unprintable extends UserError {}

export function unprintable(what: string): never {
  throw new Unprintable(`${what} can't be printed for NumPy`);
}

/** What `first` prints; where it can't, what `second` prints. */
export function either<T>(first: () => T, second: () => T): T {
  try {
    return first();
  } catch (error) {
    if (error instanceof Unprintable) return second();
    throw error;
  }
}

export const pieceOf = (text: string, level: number, axes: readonly string[] = []): NumpyPiece => ({
  text,
  level,
  axes,
});
export const atomOf = (text: string, axes: readonly string[] = []): NumpyPiece =>
  pieceOf(text, LEVEL.atom, axes);

/** The text where at least `level` is asked for. */
export const within = (p: NumpyPiece, level: number): string => (p.level >= level ? p.text : `(${p.text})`);

/** The axes of several parts together, in the given order of all indices. */
export const unionOf = (parts: readonly NumpyPiece[], order: readonly string[]): string[] =>
  order.filter((name) => parts.some((p) => p.axes.includes(name)));

/** The part with its axes in their order, and a new axis of length 1 wherever one of `axes` between them is missing. */
export function alignedTo(p: NumpyPiece, axes: readonly string[]): NumpyPiece {
  const own = axes.filter((name) => p.axes.includes(name));
  const turned = own.join() === p.axes.join() ? p : transposedTo(p, own);
  const first = own[0] === undefined ? axes.length : axes.indexOf(own[0]);
  const shown = axes.slice(first);
  if (shown.every((name) => own.includes(name))) return turned;
  const slots = shown.map((name) => (own.includes(name) ? ':' : 'None')).join(', ');
  const plain = /^-([\w.]+(?:\[[^\]]*\])?)$/.exec(turned.text)?.[1];
  if (plain !== undefined) return pieceOf(`-${plain}[${slots}]`, LEVEL.negative, axes);
  return atomOf(`${within(turned, LEVEL.postfix)}[${slots}]`, axes);
}

function transposedTo(p: NumpyPiece, axes: readonly string[]): NumpyPiece {
  if (axes.length === 2) return atomOf(`${within(p, LEVEL.postfix)}.T`, axes);
  const places = axes.map((name) => p.axes.indexOf(name)).join(', ');
  return atomOf(`np.transpose(${p.text}, (${places}))`, axes);
}

/** Terms joined by + and -, broadcast to common axes. */
export function termsOf(parts: readonly NumpyPiece[], order: readonly string[]): NumpyPiece {
  const axes = unionOf(parts, order);
  const text = parts
    .map((p, i) => {
      const own = within(alignedTo(p, axes), LEVEL.negative);
      if (i === 0) return own;
      return own.startsWith('-') ? ` - ${own.slice(1)}` : ` + ${own}`;
    })
    .join('');
  return pieceOf(text, LEVEL.sum, axes);
}
