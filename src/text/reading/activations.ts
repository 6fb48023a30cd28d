// Activations by names of their own: relu'(z) is about ReLU, whatever the activation of the network is.

import { alphaKey } from '../../expr/substitute.ts';
import type { System } from '../../expr/system.ts';
import { activationRow } from '../../tables/activations.ts';
import { readExprIn } from '../read.ts';
import type { Span } from '../read-error.ts';
import type { Scope } from '../scope.ts';
import type { CallSyntax, Syntax } from '../syntax.ts';
import { activationNamed, type NamedActivation } from './activation-names.ts';
import type { Letters } from './letters.ts';

/** One number z and nothing else. */
const VARIABLE: Scope = {
  tensors: new Map([['z', { name: 'z', stage: [], size: [], kind: 'input' }]]),
  functions: new Set(),
  stagedFunctions: new Set(),
  opaque: new Set(),
  opaqueArgs: new Map(),
  outputs: new Map(),
  sizes: new Map(),
  loss: '',
  indices: new Set(),
};

const formulas = new Map<string, string>();

/** The activation of a system, going by its formula; `other` where there are several. */
export function activationIn(system: System): NamedActivation {
  const [only, more] = system.functions;
  if (only === undefined || more !== undefined) return 'other';
  if (only.body === null) return 'unknown';
  const own = alphaKey(only.body);
  return (['sigmoid', 'relu'] as const).find((name) => formulaKey(name, only.param) === own) ?? 'other';
}

function formulaKey(name: string, param: string): string {
  const row = activationRow(name);
  if (row?.kind !== 'scalar' || param !== 'z') return '';
  const known = formulas.get(name);
  if (known !== undefined) return known;
  const key = alphaKey(readExprIn(row.formula, VARIABLE));
  formulas.set(name, key);
  return key;
}

/** A call of an activation by its name: written out where the network has another one. */
export function writtenOut(letters: Letters, word: string, call: CallSyntax): Syntax {
  const named = activationNamed(word);
  const own = letters.activationIs;
  const [z] = call.args;
  if (named === null || named === own || (named === 'sigmoid' && own === 'unknown')) return call;
  if (z === undefined || call.primes > 1) return call;
  return group(named === 'relu' ? relu(z, call) : sigmoid(z, call));
}

const group = (of: Syntax): Syntax => ({ kind: 'group', of, span: of.span });

/** z ind(z > 0), and its derivative. */
function relu(z: Syntax, { primes, span }: CallSyntax): Syntax {
  const sides: Syntax[] = [z, { kind: 'number', text: '0', span }];
  const holds: Syntax = { kind: 'relation', sides, relations: ['>'], span };
  const above: Syntax = { kind: 'call', name: 'ind', stage: null, primes: 0, args: [holds], span };
  return primes === 1 ? above : entrywise([z, above], span);
}

/** (1 + e^-z)^-1, and its derivative e^-z (1 + e^-z)^-2. */
function sigmoid(z: Syntax, { primes, span }: CallSyntax): Syntax {
  const minus: Syntax = { kind: 'negative', of: group(z), span };
  const e: Syntax = { kind: 'call', name: 'exp', stage: null, primes: 0, args: [minus], span };
  const parts = [{ kind: 'number', text: '1', span } as const, e].map((of) => ({ operator: '+', span, of }));
  const base = group({ kind: 'sum', parts, span });
  const number: Syntax = { kind: 'number', text: String(1 + primes), span };
  const exponent: Syntax = { kind: 'negative', of: number, span };
  const power: Syntax = { kind: 'power', entrywise: true, base, exponent, span };
  return primes === 1 ? entrywise([e, power], span) : power;
}

const entrywise = (of: readonly Syntax[], span: Span): Syntax => ({
  kind: 'hadamard',
  parts: of.map((part, i) => ({ operator: i === 0 ? '*' : '.*', span, of: part })),
  span,
});
