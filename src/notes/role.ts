// A word or a formula in running text: `bp2` the statement, `bp2.rhs` a part of it, `delta[2][1]` its number.

import { numberFormula } from '../document/digits.ts';
import { explain } from '../document/explain.ts';
import { equationFormula, exprFormula, type Printing, tensorFormula } from '../document/formulas.ts';
import { formulaReader } from '../document/read-formula.ts';
import type { SectionOptions } from '../document/result-section.ts';
import { wholeFormula } from '../document/whole.ts';
import type { Case, Derivation, MatrixForm, Result } from '../engine/types.ts';
import { UserError } from '../expr/error.ts';
import type { Tensor } from '../expr/expr.ts';
import { freeNames } from '../expr/walk.ts';
import type { Formula } from '../lang/phrase.ts';
import { worldOf } from '../model/world.ts';
import { evaluate, evaluateTensor } from '../numeric/evaluate.ts';
import type { Values } from '../numeric/world.ts';
import { suggestion } from '../text/nearest.ts';
import { isTensor, readFormula } from '../text/read.ts';
import { attributeNames, type PieceOptions, pieceOptions } from './attributes.ts';
import { inFile, type Notebook, networkOf } from './notebook.ts';
import { settingOf } from './piece.ts';
import type { Setting } from './setting.ts';
import { type Origin, readLine } from './written.ts';

/** The parts of a statement that a role may name; `step3` is the third line of its derivation. */
const PARTS = ['lhs', 'rhs', 'component', 'matrix', 'special', 'step1'] as const;

/**
 * A formula in running text. Attributes may stand behind it: `bp2.matrix notation=ng`. Throws a `UserError` where there is
 * no such target, part or entry, and a sentence for a number of a network without numbers.
 */
export function roleOf(book: Notebook, text: string, origin: Origin): Formula {
  const { what, attributes } = split(text);
  const own = pieceOptions(readLine(attributes, origin));
  if (what === '') throw new UserError('nothing is named here; write bp2, bp2.matrix or delta[2][1]');
  const { target, part } = partOf(what);
  const options = inFile(book, own);
  if (part === null && (isPlainFormula(target) || isTensorName(book, options, target)))
    return valueOrFormula(book, options, target);
  return statementPart(settingOf(book, { ...options, target: [target] }), part);
}

const ATTRIBUTE = new RegExp(`\\s(?=(?:${attributeNames.join('|')})=)`);

/** What is named, and the attributes behind it. */
function split(text: string): { readonly what: string; readonly attributes: string } {
  const at = text.search(ATTRIBUTE);
  return at < 0
    ? { what: text.trim(), attributes: '' }
    : { what: text.slice(0, at).trim(), attributes: text.slice(at + 1) };
}

/** `bp2.rhs`, `dC/dw[l].case2.matrix`: the part behind the last bracket or name. */
function partOf(what: string): { readonly target: string; readonly part: string | null } {
  const [, target, part] = /^(.*[\w\])'])\.([a-z]+\d*)$/s.exec(what) ?? [];
  return target === undefined || part === undefined ? { target: what, part: null } : { target, part };
}

/** Anything but a target's name or a derivative at open indices: an entry, a tensor, a formula of the network. */
const isPlainFormula = (target: string): boolean =>
  !/^[A-Za-z][\w-]*'?$/.test(target) && (isNumbered(target) || !/^\(?d\w.*\/\s*d\w/.test(target));

/** Whether it names a tensor without a stage, such as the loss: C is what the loss comes to. */
function isTensorName(book: Notebook, o: PieceOptions, target: string): boolean {
  if (!/^[A-Za-z]\w*$/.test(target)) return false;
  return networkOf(book, o).network.system.tensors.get(target)?.stage.length === 0;
}

/** Whether all its indices are numbers: delta[2][1]. */
const isNumbered = (target: string): boolean => {
  const brackets = target.match(/\[[^\]]*\]/g) ?? [];
  return brackets.length > 0 && brackets.every((b) => /^\[[\d,\s]+\]$/.test(b));
};

/** What an entry or a tensor is worth; a formula with open indices is printed as it is. */
function valueOrFormula(book: Notebook, o: PieceOptions, text: string): Formula {
  const { network, notation } = networkOf(book, o);
  const p: Printing = { notation, system: network.system };
  const whole = !text.includes('[') && network.concrete !== null && network.system.tensors.has(text);
  if (!isNumbered(text) && !whole) return formulaReader(p)(text);
  const read = readFormula(text, network.system);
  if (network.concrete === null)
    throw new UserError(
      `${text} has no value: the network has no numbers; give its widths, as in network=2-3-2`,
    );
  const world = worldOf(network);
  const digits = o.digits ?? 4;
  if (!isTensor(read)) {
    const open = [...freeNames(read)].filter((n) => !network.system.sizes.has(n));
    if (open.length > 0) return exprFormula(read, p);
    return numberFormula(evaluate(read, world), digits);
  }
  return wholeNumbers(read, evaluateTensor(read, world, new Map()), digits, p);
}

function wholeNumbers(t: Tensor, { shape, entries }: Values, digits: number, p: Printing): Formula {
  const columns = shape[1] ?? 1;
  const at = (slots: readonly number[]): number => {
    const [i = 1, j = 1] = slots;
    return entries[shape.length === 1 ? i - 1 : (i - 1) * columns + j - 1] ?? Number.NaN;
  };
  return wholeFormula(shape, at, digits, p.notation.transpose) ?? tensorFormula(t, p);
}

function statementPart({ results, options }: Setting, part: string | null): Formula {
  const [result] = results;
  const [c] = result?.cases ?? [];
  if (result === undefined || c === undefined) throw new UserError('nothing was derived here');
  const p: Printing = { ...options.printing, system: result.system };
  if (part === null) return whole(c, p, options.form === 'matrix');
  const step = /^step([1-9]\d?)$/.exec(part)?.[1];
  if (step !== undefined) return stepOf(result, c.derivation, Number(step), p, options);
  switch (part) {
    case 'lhs':
      return exprFormula(c.derivation.left, p);
    case 'rhs':
      return exprFormula(c.derivation.right, p);
    case 'component':
      return whole(c, p, false);
    case 'matrix':
      return matrixEquation(matrixOf(c, result.id), p);
    case 'special':
      return specialOf(c, result.id, p);
    default:
      throw new UserError(`${result.id} has no part "${part}"${suggestion(part, PARTS)}`);
  }
}

const whole = (c: Case, p: Printing, matrix: boolean): Formula =>
  matrix && !('why' in c.matrix)
    ? matrixEquation(c.matrix, p)
    : equationFormula(c.derivation.left, c.derivation.right, p);

const matrixEquation = (m: MatrixForm, p: Printing): Formula => equationFormula(m.left, m.right, p);

function matrixOf(c: Case, id: string): MatrixForm {
  if ('why' in c.matrix) throw new UserError(`${id} has no matrix form`);
  return c.matrix;
}

function specialOf(c: Case, id: string, p: Printing): Formula {
  if (c.special === null)
    throw new UserError(`${id} has nothing to put in: the network's loss or activation is unknown`);
  return equationFormula(c.derivation.left, c.special.derivation.right, p);
}

function stepOf(result: Result, d: Derivation, n: number, p: Printing, o: SectionOptions): Formula {
  const telling = {
    printing: p,
    language: o.language,
    grain: o.grain,
    finer: false,
    known: o.known,
    numbers: null,
  };
  const { lines } = explain(d, telling, { id: 'line', tag: null });
  const line = lines[n - 1];
  if (line === undefined)
    throw new UserError(`${result.id} has ${lines.length} lines; there is no step ${n}`);
  const { left, right } = line;
  return {
    latex: `${left.latex} = ${right.latex}`,
    unicode: `${left.unicode} = ${right.unicode}`,
    plain: null,
  };
}
