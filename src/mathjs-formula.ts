// Formulas in z that people type in a network file, read by mathjs's parser: never evaluated, constants exact.

import type { MathNode } from 'mathjs';
import { elementaryRow } from './expr/elementary.ts';
import type { Expr } from './expr/expr.ts';
import {
  add,
  call,
  entry,
  inverse,
  mul,
  NUM1,
  negative,
  num,
  numberOf,
  power,
  subtract,
} from './expr/make.ts';
import { parseRational } from './expr/rational.ts';
import { PARAM } from './model/activation.ts';
import { readScalarFormula } from './model/formula.ts';
import { mapEntries } from './model/rewrite.ts';
import type { FormulaProblem, ParseFormula } from './model/spec.ts';
import { activationRow, activations } from './tables/activations.ts';
import { shown } from './text/english-reading.ts';
import { suggestion } from './text/nearest.ts';

const LONGEST_FORMULA = 500;
const DEEPEST = 60;

/** Thrown inside this file only, and turned into a `FormulaProblem`. */
class FormulaError extends Error {
  readonly word: string | null;
  constructor(message: string, word: string | null = null) {
    super(message);
    this.word = word;
  }
}

/** Loads mathjs and gives the formula reader that networks with formulas of their own need. */
export async function loadFormulaParser(): Promise<ParseFormula> {
  const { create, all } = await import('./mathjs-subset.ts');
  const math = create(all ?? {}, { number: 'BigNumber', precision: 64 });
  return (text) => {
    const refused = refusal(text);
    if (refused !== null) return refused;
    try {
      return toExpr(math.parse(text), 0);
    } catch (error) {
      return problemOf(error, text);
    }
  };
}

const REFUSED: ReadonlyMap<string, string> = new Map([
  ['\n', 'a line break'],
  ['"', 'a quotation mark'],
]);

/** What mathjs would read as a comment, a percentage, a string or a second statement, and what is too long. */
function refusal(text: string): FormulaProblem | null {
  if (text.length > LONGEST_FORMULA) {
    return {
      message: `the formula is longer than ${LONGEST_FORMULA} characters`,
      column: LONGEST_FORMULA + 1,
    };
  }
  const at = text.search(/[#%"';\n]/);
  return at < 0
    ? null
    : {
        message: `${REFUSED.get(text.charAt(at)) ?? `"${text.charAt(at)}"`} can't stand in a formula`,
        column: at + 1,
      };
}

function problemOf(error: unknown, text: string): FormulaProblem {
  if (error instanceof FormulaError) return { message: error.message, column: columnOf(error.word, text) };
  if (error instanceof SyntaxError) {
    const at = 'char' in error && typeof error.char === 'number' ? error.char : 1;
    const message = error.message.replace(/\s*\(char \d+\)\s*$/, '');
    return { message: `${message.charAt(0).toLowerCase()}${message.slice(1)}`, column: at };
  }
  if (error instanceof RangeError) return { message: error.message, column: 1 };
  throw error;
}

/** mathjs keeps no positions, so the offending word is looked for. */
function columnOf(word: string | null, text: string): number {
  if (word === null) return 1;
  const found = new RegExp(`(?<![A-Za-z0-9_])${word.replace(/[^A-Za-z0-9_]/g, '\\$&')}(?![A-Za-z0-9_])`).exec(
    text,
  );
  return (found?.index ?? text.indexOf(word)) + 1;
}

/** One parsed node as an expression over the scalar entry z. */
function toExpr(node: MathNode, depth: number): Expr {
  if (depth > DEEPEST) throw new FormulaError(`the formula is nested deeper than ${DEEPEST} levels`);
  const next = (child: MathNode): Expr => toExpr(child, depth + 1);
  const fields = node as unknown as ParsedFields;
  switch (node.type) {
    case 'ConstantNode':
      return constant(fields.value);
    case 'SymbolNode':
      return name(fields.name ?? '');
    case 'ParenthesisNode':
      return fields.content === undefined ? refuse(node) : next(fields.content);
    case 'OperatorNode':
      return operator(fields.fn, fields.args ?? [], next) ?? refuse(node);
    case 'FunctionNode':
      return functionCall(fields.fn, (fields.args ?? []).map(next));
    case 'ConditionalNode':
      return choice(fields, next) ?? refuse(node);
    default:
      return refuse(node);
  }
}

/** The fields of mathjs's nodes that are looked at. */
interface ParsedFields {
  readonly value?: unknown;
  readonly name?: string;
  readonly content?: MathNode;
  readonly fn?: unknown;
  readonly args?: readonly MathNode[];
  readonly condition?: MathNode;
  readonly trueExpr?: MathNode;
  readonly falseExpr?: MathNode;
}

function refuse(node: MathNode): never {
  const text = node.toString();
  throw new FormulaError(`${shown(text)} can't stand in a formula of z`, text);
}

function constant(value: unknown): Expr {
  const text = String(value);
  if (text === 'undefined') throw new FormulaError('there is no formula');
  if (!/^\d/.test(text)) throw new FormulaError(`"${text}" is not a number`, text);
  return numberOf(parseRational(text));
}

const Z = entry(PARAM, [], []);

function name(word: string): Expr {
  if (word === PARAM) return Z;
  if (word === 'e') return call('exp', NUM1);
  if (word === 'pi') return call('pi');
  throw new FormulaError(`unknown name "${word}"; the formula is one of ${PARAM}`, word);
}

function operator(fn: unknown, args: readonly MathNode[], next: (n: MathNode) => Expr): Expr | null {
  const [left, right] = args;
  if (left === undefined) return null;
  if (right === undefined)
    return fn === 'unaryMinus' ? negative(next(left)) : fn === 'unaryPlus' ? next(left) : null;
  if (args.length > 2)
    return fn === 'add' ? add(...args.map(next)) : fn === 'multiply' ? mul(...args.map(next)) : null;
  switch (fn) {
    case 'add':
      return add(next(left), next(right));
    case 'subtract':
      return subtract(next(left), next(right));
    case 'multiply':
    case 'dotMultiply':
      return mul(next(left), next(right));
    case 'divide':
    case 'dotDivide':
      return mul(next(left), inverse(next(right)));
    case 'pow':
    case 'dotPow':
      return isE(left) ? call('exp', next(right)) : power(next(left), next(right));
    default:
      return null;
  }
}

const isE = (n: MathNode): boolean => n.type === 'SymbolNode' && (n as unknown as ParsedFields).name === 'e';

/** `z > 0 ? z : 0.1 z` as an indicator times each branch. */
function choice({ condition, trueExpr, falseExpr }: ParsedFields, next: (n: MathNode) => Expr): Expr | null {
  if (condition === undefined || trueExpr === undefined || falseExpr === undefined) return null;
  const holds = indicator(condition, next);
  if (holds === null) return null;
  return add(mul(holds, next(trueExpr)), mul(subtract(NUM1, holds), next(falseExpr)));
}

function indicator(condition: MathNode, next: (n: MathNode) => Expr): Expr | null {
  if (condition.type === 'ParenthesisNode') {
    const { content } = condition as unknown as ParsedFields;
    return content === undefined ? null : indicator(content, next);
  }
  const { fn, args = [] } = condition as unknown as ParsedFields;
  const [left, right] = args;
  if (condition.type !== 'OperatorNode' || left === undefined || right === undefined) return null;
  switch (fn) {
    case 'larger':
      return call('pos', difference(next(left), next(right)));
    case 'largerEq':
      return call('nonneg', difference(next(left), next(right)));
    case 'smaller':
      return call('pos', difference(next(right), next(left)));
    case 'smallerEq':
      return call('nonneg', difference(next(right), next(left)));
    default:
      return null;
  }
}

const isZero = (e: Expr): boolean => e.kind === 'number' && e.value.n === 0n;
const difference = (a: Expr, b: Expr): Expr => (isZero(b) ? a : isZero(a) ? negative(b) : subtract(a, b));

function functionCall(fn: unknown, args: readonly Expr[]): Expr {
  const word = typeof fn === 'object' && fn !== null && 'name' in fn ? String(fn.name) : String(fn);
  const [first] = args;
  if ((word === 'max' || word === 'min') && args.length === 2) return call(word, ...args);
  if (first === undefined || args.length !== 1) {
    const wanted = word === 'max' || word === 'min' ? 'two arguments' : 'one argument';
    throw new FormulaError(`${word} takes ${wanted}, not ${args.length}`, word);
  }
  if (word === 'sqrt') return power(first, num(1, 2));
  if (word === 'ln') return call('log', first);
  if (elementaryRow(word) !== null) return call(word, first);
  const row = activationRow(word);
  if (row?.kind === 'scalar') return mapEntries(readScalarFormula(row.formula), () => first);
  throw new FormulaError(`unknown function "${word}"${suggestion(word, functionNames)}`, word);
}

const functionNames = new Set([
  ...[
    'exp',
    'log',
    'sqrt',
    'sin',
    'cos',
    'tan',
    'sinh',
    'cosh',
    'tanh',
    'atan',
    'erf',
    'abs',
    'sign',
    'max',
    'min',
  ],
  ...activations.filter((row) => row.kind === 'scalar' && /^\w+$/.test(row.name)).map((row) => row.name),
]);
