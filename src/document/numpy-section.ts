// The section of a notebook that checks the network's gradients: a cell of Python, or a sentence that says why there is none.

import { code, say, type Word } from '../lang/phrase.ts';
import type { Language } from '../lang/types.ts';
import type { Concrete, Network } from '../model/spec.ts';
import { worldOf } from '../model/world.ts';
import { kinksOf } from '../results/kinks.ts';
import type { Notation } from '../tables/notations.ts';
import { either } from '../text/numpy-piece.ts';
import type { Block } from './blocks.ts';
import { numpyCell } from './numpy-cell.ts';

/** The most numbers of a network that stand in a cell; each parameter costs two forward passes. */
const MOST_NUMBERS = 100_000;

export interface NumpySectionOptions {
  readonly network: Network;
  readonly language: Language;
  readonly notation: Notation;
  /** Whether the network's numbers are wanted. */
  readonly numbers: boolean;
}

/** A heading, and below it words and code. */
export function numpySection(o: NumpySectionOptions): Block[] {
  const { notebook } = o.language;
  return [{ kind: 'heading', level: 2, id: 'numpy', parts: notebook.heading }, ...bodyOf(o)];
}

function bodyOf({ network, language, notation, numbers }: NumpySectionOptions): Block[] {
  const { notebook } = language;
  const { concrete } = network;
  if (!numbers || concrete === null) return [{ kind: 'paragraph', parts: notebook.noNumbers }];
  const count = numbersIn(concrete);
  if (count > MOST_NUMBERS) return [{ kind: 'paragraph', parts: notebook.tooMany(count, MOST_NUMBERS) }];
  const kinks = kinksOf(network, worldOf(network));
  const text = either(
    () =>
      numpyCell(network, concrete, { notation, comments: notebook.comments, asserts: kinks.length === 0 }),
    () => null,
  );
  if (text === null) return [{ kind: 'paragraph', parts: notebook.unprintable }];
  const named = (name: string): Word => [code(name)];
  return [
    {
      kind: 'paragraph',
      parts: notebook.intro({ forward: named('forward'), check: named('check') }),
    },
    ...(kinks.length === 0
      ? []
      : [{ kind: 'note' as const, parts: say`${notebook.kinks(kinks.slice(0, 3).map(named))}` }]),
    { kind: 'code', language: 'python', text },
  ];
}

const numbersIn = ({ values }: Concrete): number =>
  [...values.values()].reduce((count, v) => count + v.entries.length, 0);
