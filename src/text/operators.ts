// The one operator table: how tight each operator binds, on which side it groups, and how each look writes it.

export type OperatorId =
  | 'add'
  | 'subtract'
  | 'negative'
  | 'hadamard'
  | 'entrywise-divide'
  | 'multiply'
  | 'divide'
  | 'power'
  | 'entrywise-power'
  | 'transpose';

export interface Operator {
  readonly id: OperatorId;
  readonly fixity: 'infix' | 'prefix' | 'postfix';
  readonly level: number;
  readonly groups: 'left' | 'right' | 'none';
  readonly plain: string;
  readonly latex: string;
  readonly unicode: string;
}

/** How tight a text binds, loosest first. A text stands without brackets where at least its level is asked for. */
export const LEVEL = {
  relation: 1,
  sum: 2,
  negative: 3,
  hadamard: 4,
  product: 5,
  power: 6,
  postfix: 7,
  atom: 8,
} as const;

const row = (
  id: OperatorId,
  fixity: Operator['fixity'],
  level: number,
  groups: Operator['groups'],
  [plain, latex, unicode]: readonly [string, string, string],
): Operator => ({ id, fixity, level, groups, plain, latex, unicode });

/** Unary minus binds looser than the products: -x^2 and -a*b are the negative of all of it. */
export const operators: readonly Operator[] = [
  row('add', 'infix', LEVEL.sum, 'left', ['+', '+', '+']),
  row('subtract', 'infix', LEVEL.sum, 'left', ['-', '-', '−']),
  row('negative', 'prefix', LEVEL.negative, 'none', ['-', '-', '−']),
  row('hadamard', 'infix', LEVEL.hadamard, 'left', ['.*', '\\odot', '⊙']),
  row('entrywise-divide', 'infix', LEVEL.hadamard, 'left', ['./', '\\oslash', '⊘']),
  row('multiply', 'infix', LEVEL.product, 'left', ['*', '\\cdot', '·']),
  row('divide', 'infix', LEVEL.product, 'left', ['/', '/', '/']),
  row('power', 'infix', LEVEL.power, 'right', ['^', '^', '^']),
  row('entrywise-power', 'infix', LEVEL.power, 'right', ['.^', '^', '.^']),
  row('transpose', 'postfix', LEVEL.postfix, 'none', ["'", '^{\\mathsf T}', 'ᵀ']),
];

const byId = new Map(operators.map((o) => [o.id, o]));

/** The row of an operator. */
export function operator(id: OperatorId): Operator {
  const found = byId.get(id);
  if (found === undefined) throw new RangeError(`no operator "${id}"`);
  return found;
}

const infixByPlain = new Map(operators.filter((o) => o.fixity === 'infix').map((o) => [o.plain, o]));

/** The infix operator that a plain token stands for; null when it is none. */
export const infixOperator = (token: string): Operator | null => infixByPlain.get(token) ?? null;

/** Other signs that people type for the same token. */
export const TYPED_FOR: ReadonlyMap<string, string> = new Map([
  ['−', '-'],
  ['–', '-'],
  ['·', '*'],
  ['×', '*'],
  ['⊙', '.*'],
  ['′', "'"],
  ['’', "'"],
  ['≤', '<='],
  ['≥', '>='],
]);
