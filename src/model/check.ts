// What must hold of a system of equations: known names, matching sizes, every entry defined once, no loops.

import type { Expr, SymbolEntry } from '../expr/expr.ts';
import type { Equation, System, TensorDecl } from '../expr/system.ts';
import { freeNames, visit } from '../expr/walk.ts';
import { suggestion } from '../text/nearest.ts';
import { coverProblem, overlapProblem } from './cover.ts';
import { loopProblem } from './loops.ts';
import { type Examined, entryText, mentionsOf, type SystemProblem } from './mentions.ts';
import { sizeProblem } from './slots.ts';

/** The first thing wrong with the system, or null: names, then free indices, sizes, cover, loops. */
export function systemProblem(system: System): SystemProblem | null {
  for (const [at, eq] of system.equations.entries()) {
    const found = namesProblem(system, eq) ?? freeIndexProblem(system, eq);
    if (found !== null) return { message: found, equation: at };
  }
  const examined = system.equations.map((eq, at) => ({ eq, at, mentions: mentionsOf(system, eq) }));
  return (
    first(examined, (x) => sizeProblem(system, x)) ??
    overlapProblem(system, examined) ??
    declarationProblem(system, examined) ??
    first(examined, (x) => coverProblem(system, x)) ??
    loopProblem(system, examined)
  );
}

function first(examined: readonly Examined[], check: (x: Examined) => string | null): SystemProblem | null {
  for (const x of examined) {
    const message = check(x);
    if (message !== null) return { message, equation: x.at };
  }
  return null;
}

const DERIVATIVES: ReadonlySet<Expr['kind']> = new Set(['adjoint', 'jacobian', 'partial', 'head']);

/** Unknown tensors, wrong numbers of stages or slots, errors and derivatives in forward equations. */
function namesProblem(system: System, eq: Equation): string | null {
  const problems: string[] = [];
  const note = (name: string, stages: number, slots: number | null): void => {
    const decl = system.tensors.get(name);
    if (decl === undefined)
      problems.push(`unknown tensor "${name}"${suggestion(name, system.tensors.keys())}`);
    else if (decl.kind === 'error')
      problems.push(`${name} is the error of ${decl.of ?? '?'}; it can't stand in a forward equation`);
    else if (decl.stage.length !== stages || (slots !== null && decl.size.length !== slots)) {
      problems.push(
        `${name} has ${counts(decl.stage.length, decl.size.length)}, not ${counts(stages, slots ?? 0)}`,
      );
    }
  };
  const noteEntry = (e: SymbolEntry): void => note(e.of.name, e.of.stage.length, e.slots.length);
  noteEntry(eq.lhs);
  visit(eq.rhs, (e) => {
    if (DERIVATIVES.has(e.kind)) problems.push("a derivative can't stand in a forward equation");
    if (e.kind === 'entry' && e.of.kind === 'symbol') note(e.of.name, e.of.stage.length, e.slots.length);
    if (e.kind === 'opaque') for (const t of e.args) note(t.name, t.stage.length, null);
  });
  return problems[0] ?? null;
}

const counted = (n: number, one: string): string => `${n} ${one}${n === 1 ? '' : 's'}`;
const counts = (stages: number, slots: number): string =>
  `${counted(stages, 'stage')} and ${counted(slots, 'slot')}`;

/** An index on the right side that the left side doesn't have and no sum binds. */
function freeIndexProblem(system: System, eq: Equation): string | null {
  const known = new Set([...eq.indices, ...system.sizes.keys()]);
  for (const name of freeNames(eq.rhs)) {
    if (known.has(name)) continue;
    return `${name} stands free on the right side of ${entryText(eq.lhs)}; sum over it, or put it on the left`;
  }
  return null;
}

/** Variables that no equation defines, and inputs that one does. */
function declarationProblem(system: System, examined: readonly Examined[]): SystemProblem | null {
  for (const decl of system.tensors.values()) {
    const by = examined.find((x) => x.eq.lhs.of.name === decl.name);
    const message = by === undefined ? undefinedText(decl) : definedText(decl);
    if (message !== null) return { message, equation: by?.at ?? null, tensor: decl.name };
    if (decl.kind !== 'error') continue;
    const of = decl.of === undefined ? undefined : system.tensors.get(decl.of);
    const same =
      of !== undefined && of.stage.length === decl.stage.length && of.size.length === decl.size.length;
    if (!same)
      return {
        message: `${decl.name} must have the stages and slots of ${decl.of ?? 'its tensor'}`,
        equation: null,
        tensor: decl.name,
      };
  }
  return null;
}

const undefinedText = (decl: TensorDecl): string | null =>
  decl.kind === 'variable'
    ? `no equation defines ${decl.name}; give one, or declare it an input or a parameter`
    : null;

const definedText = (decl: TensorDecl): string | null =>
  decl.kind === 'variable'
    ? null
    : `${decl.name} is declared ${decl.kind === 'input' ? 'an input' : `a ${decl.kind}`}, but an equation defines it`;
