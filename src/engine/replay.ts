// Replay: every rule applied again must give the recorded line, up to the names of bound indices.

import { DerivationError } from '../expr/error.ts';
import { sameUpToNames } from '../expr/substitute.ts';
import type { System } from '../expr/system.ts';
import { at, replaceAt } from '../expr/walk.ts';
import { ruleNamed } from '../rules/catalogue.ts';
import { contextAt, rootContext } from './context.ts';
import type { Derivation, Step } from './types.ts';

/** Replays a step or the finer steps it is made of; the number of rules applied. Throws naming the step that fails. */
function replayStep(step: Step, system: System): number {
  const lemmas =
    step.lemma === undefined || step.from !== undefined ? 0 : replayLemma(step, step.lemma, system);
  if (step.from !== undefined) return replayChain(step.from, step, system);
  const rule = ruleNamed(step.rule);
  const ctx = contextAt(step.before, step.path, rootContext(system, step.assuming, step.before));
  const part = rule.apply(at(step.before, step.path), step.with, ctx);
  if (part === null || !sameUpToNames(replaceAt(step.before, step.path, part), step.after))
    throw new DerivationError(`the step "${step.rule}" does not replay`);
  return 1 + lemmas;
}

/** A lemma must be the derivation of the equation the step uses. */
function replayLemma(step: Step, lemma: Derivation, system: System): number {
  const used = step.with.lemma;
  if (used !== undefined && !(sameUpToNames(used.left, lemma.left) && sameUpToNames(used.right, lemma.right)))
    throw new DerivationError(`the step "${step.rule}" uses an equation other than its lemma`);
  return replay(lemma, system);
}

function replayChain(
  steps: readonly Step[],
  whole: { before: Step['before']; after: Step['after'] },
  system: System,
): number {
  let here = whole.before;
  let count = 0;
  for (const step of steps) {
    if (!sameUpToNames(here, step.before))
      throw new DerivationError(`the step "${step.rule}" does not start where the last one ended`);
    count += replayStep(step, system);
    here = step.after;
  }
  if (!sameUpToNames(here, whole.after))
    throw new DerivationError('the finer steps do not end where their line does');
  return count;
}

/** Replays a derivation from its left side to its right; the number of rules applied, lemmas' included. */
export function replay(d: Derivation, system: System): number {
  return replayChain(d.steps, { before: d.left, after: d.right }, system);
}
