// Verification: every line of a derivation, nested ones too, evaluated on random networks before it is printed.

import type { Affine } from '../expr/affine.ts';
import type { Condition } from '../expr/condition.ts';
import { DerivationError } from '../expr/error.ts';
import type { Expr } from '../expr/expr.ts';
import { lowerEntry } from '../expr/lower.ts';
import { entryOf } from '../expr/make.ts';
import type { System } from '../expr/system.ts';
import { evaluate } from '../numeric/evaluate.ts';
import { type Sample, sampleWorlds } from '../numeric/sample.ts';
import { type Claim, placesOf } from './places.ts';
import { replay } from './replay.ts';
import type { Case, Derivation, MatrixForm, NoMatrixForm, Result, Step, Verified } from './types.ts';

export interface VerifyOptions {
  /** Random networks for each list of assumptions. */
  readonly count?: number;
  readonly seed?: number;
}

/** Above this relative error a line is wrong, not inexact. */
const TOLERANCE = 1e-8;

function* claimsOf(d: Derivation): Generator<Claim> {
  yield { left: d.left, right: d.right, given: d.given, name: 'statement' };
  for (const step of d.steps) yield* claimsOfStep(step);
}

function* claimsOfStep(step: Step): Generator<Claim> {
  yield { left: step.before, right: step.after, given: step.assuming, name: step.rule };
  for (const finer of step.from ?? []) yield* claimsOfStep(finer);
  if (step.lemma !== undefined) yield* claimsOf(step.lemma);
}

function* claimsOfMatrix(
  m: MatrixForm | NoMatrixForm,
  left: Expr,
  given: readonly Condition[],
  system: System,
): Generator<Claim> {
  if ('why' in m) return;
  for (const step of m.steps) yield* claimsOfStep(step);
  const slots = slotsOf(left);
  yield { left, right: entryOf(m.right, slots), given, name: 'matrix form' };
  yield { left: m.component, right: lowerEntry(m.right, slots, system), given, name: 'matrix form, lowered' };
}

/** The slots of a left side: those of the entry, of what it differentiates by, or (a Jacobian) of both. */
function slotsOf(left: Expr): Affine[] {
  if (left.kind === 'entry') return [...left.slots];
  if (left.kind === 'adjoint' || left.kind === 'head') return [...left.by.slots];
  return left.kind === 'jacobian' ? [...left.of.slots, ...left.by.slots] : [];
}

/** The largest relative error of the claims on random networks; throws naming the first step that does not hold. */
function check(
  claims: readonly Claim[],
  system: System,
  options: VerifyOptions,
): { samples: number; maxError: number } {
  const { count = 4, seed = 1 } = options;
  let maxError = 0;
  let samples = 0;
  for (const { given, names, claims: own } of placesOf(claims, system)) {
    let open = own;
    for (let from = 0; from < PATIENCE * count && open.length > 0; from += count) {
      const drawn = sampleWorlds(system, given, names, { count, seed, from });
      samples += drawn.length;
      const told = new Set<Claim>();
      for (const sample of drawn) maxError = Math.max(maxError, largestError(open, sample, told));
      open = open.filter((claim) => !told.has(claim) && claim.right !== claim.left);
    }
  }
  return { samples, maxError };
}

/** 0 = 0 says little (a ReLU that is off everywhere): so many times as many networks are tried before it is believed. */
const PATIENCE = 3;

/**
 * The largest relative error of the claims on one network; those that say more than 0 = 0 there are noted in `told`.
 * One line's right side is the next one's left side, and is evaluated once.
 */
function largestError(claims: readonly Claim[], { world, env }: Sample, told: Set<Claim>): number {
  const values = new Map<Expr, number>();
  const value = (e: Expr): number => {
    const known = values.get(e) ?? evaluate(e, world, env);
    values.set(e, known);
    return known;
  };
  let largest = 0;
  for (const claim of claims) {
    const [a, b] = [value(claim.left), value(claim.right)];
    const error = relativeError(a, b);
    if (!(error <= TOLERANCE) || !agreeWhereSmall(a, b))
      throw new DerivationError(`the step "${claim.name}" does not hold on numbers: relative error ${error}`);
    if (a !== 0 || b !== 0) told.add(claim);
    largest = Math.max(largest, error);
  }
  return largest;
}

/** |a - b| against the larger of the two, or against 1/1000 where both are smaller: what is lost to cancellation is no fault. */
function relativeError(a: number, b: number): number {
  return a === b ? 0 : Math.abs(a - b) / Math.max(Math.abs(a), Math.abs(b), 1e-3);
}

/** Small numbers must still agree in some digits, as far as they stand above the rounding of what made them. */
const agreeWhereSmall = (a: number, b: number): boolean =>
  Math.abs(a - b) <= 1e-6 * Math.max(Math.abs(a), Math.abs(b)) + 1e-13;

/** A statement with what proves it: the general one of a case, a special one, a special one at a stage. */
interface Proof {
  readonly left: Expr;
  readonly derivation: Derivation;
  readonly matrix: MatrixForm | NoMatrixForm;
}

function proofsOf(c: Case): Proof[] {
  const { left } = c.derivation;
  const { special } = c;
  return [
    { left, derivation: c.derivation, matrix: c.matrix },
    ...(special === null ? [] : [{ left, ...special }]),
    ...c.atStages,
  ];
}

/** Replays a proof's steps and those of its lifting; the number of rules applied. */
function replayProof({ derivation, matrix }: Proof, system: System): number {
  const count = replay(derivation, system);
  const last = 'why' in matrix ? undefined : matrix.steps.at(-1);
  if ('why' in matrix || last === undefined) return count;
  const { component, steps } = matrix;
  return count + replay({ left: component, right: last.after, steps, given: derivation.given }, system);
}

function claimsOfProof({ left, derivation, matrix }: Proof, system: System): Claim[] {
  const { right, given } = derivation;
  return [
    ...claimsOf(derivation),
    { left, right, given, name: 'statement' },
    ...claimsOfMatrix(matrix, left, given, system),
  ];
}

function verifyCase(c: Case, system: System, options: VerifyOptions): Verified {
  const proofs = proofsOf(c);
  const replayed = proofs.reduce((n, proof) => n + replayProof(proof, system), 0);
  return {
    replayed,
    ...check(
      proofs.flatMap((proof) => claimsOfProof(proof, system)),
      system,
      options,
    ),
  };
}

/** The result with every case verified: replayed and evaluated. Throws naming the step that fails. */
export function verify(result: Result, options: VerifyOptions = {}): Result {
  return {
    ...result,
    cases: result.cases.map((c) => ({ ...c, verified: verifyCase(c, result.system, options) })),
  };
}

/** Verifies one derivation on its own. */
export function verifyDerivation(d: Derivation, system: System, options: VerifyOptions = {}): Verified {
  return { replayed: replay(d, system), ...check([...claimsOf(d)], system, options) };
}
