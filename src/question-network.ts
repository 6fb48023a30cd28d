// A network as a question has it, and how its answers are written.

import { UserError } from './expr/error.ts';
import type { Expr } from './expr/expr.ts';
import type { Writing } from './homework/answer.ts';
import { entriesOf } from './homework/question.ts';
import { buildNetwork } from './model/network.ts';
import type { BuildOptions, Network } from './model/spec.ts';
import { type Conventions, defaultConventions } from './tables/conventions.ts';
import { type Notation, notationRow } from './tables/notations.ts';

/** How the answers to a question are written, where nothing else is said. */
export const usualWriting: Writing = {
  notation: notationOf('nielsen'),
  syntax: 'auto',
  layer: null,
  letters: {},
};

function notationOf(name: string): Notation {
  const row = notationRow(name);
  if (row === null) throw new UserError(`there is no notation ${name}`);
  return row;
}

/** Options that are plain data. */
export type Again = Omit<BuildOptions, 'parseFormula'>;

/** A network as a question has it: built again under other conventions, losses and activations. */
export interface QuestionNetwork {
  readonly network: Network;
  /** The same network with some options changed; null where that makes no network. */
  readonly again: (options: Again) => Network | null;
}

/** The network that some content or a name stands for, and how to build it again. */
export function questionNetwork(
  build: (options: BuildOptions) => Network,
  conventions: Conventions,
): QuestionNetwork {
  return {
    network: builtOnce(build, { conventions }),
    again: (options) => {
      try {
        return builtOnce(build, { conventions, ...options });
      } catch (error) {
        if (error instanceof UserError) return null;
        throw error;
      }
    },
  };
}

const built = new WeakMap<(options: BuildOptions) => Network, Map<string, Network>>();

/** The questions of one assignment share their networks, and with them everything that was worked out in one. */
function builtOnce(build: (options: BuildOptions) => Network, options: Again): Network {
  const own = built.get(build) ?? new Map<string, Network>();
  built.set(build, own);
  const key = JSON.stringify(options);
  const made = own.get(key) ?? build(options);
  own.set(key, made);
  return made;
}

export const networkOfContent = (
  content: object,
  conventions: Conventions = defaultConventions,
): QuestionNetwork => questionNetwork((options) => buildNetwork(content, options), conventions);

/** The layer that a question is about, as text: quantities written without one belong to it. */
export function layerOf(left: Expr): string | null {
  const [entry] = entriesOf(left);
  return entry?.of.stage[0]?.key ?? null;
}

/** A function's value, made when it is first asked for. */
export function remembered<T>(make: () => T): () => T {
  const made: T[] = [];
  return () => {
    if (made.length === 0) made.push(make());
    return made[0] as T;
  };
}
