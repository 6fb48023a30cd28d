// The library: the powers of the command line as functions over plain data. Nothing here reads a file; what does is loaded on demand.

import { type DeriveJson, deriveJson } from './derive-json.ts';
import { type EvaluateJson, evaluateJson } from './evaluate-json.ts';
import { languageOf, languages } from './lang/languages.ts';
import { buildNetwork, networkFromName, readNetworkFile } from './model/network.ts';
import { notationNamed } from './model/notation-named.ts';
import { buildNotation, readNotationFile } from './model/read-notation.ts';
import type { BuildOptions, Network, ParseFormula } from './model/spec.ts';
import type { RenderOptions } from './render-options.ts';
import { type Derived, type DeriveRequest, deriveTargets } from './results/derivation.ts';
import { type Evaluation, evaluateNetwork } from './results/evaluation.ts';
import { catalogue } from './rules/catalogue.ts';
import { activations as activationRows } from './tables/activations.ts';
import { losses as lossRows } from './tables/losses.ts';
import { type Notation, notations as notationRows } from './tables/notations.ts';

export type { CaseJson, DeriveJson, FormulaJson, StatementJson, StepJson, StepsJson } from './derive-json.ts';
export type { Case, Derivation, MatrixForm, NoMatrixForm, Result, Step, Verified } from './engine/types.ts';
export type { EvaluateJson, TensorJson } from './evaluate-json.ts';
export { DerivationError, UserError } from './expr/error.ts';
export type { Expr, Tensor } from './expr/expr.ts';
export type { System } from './expr/system.ts';
export type { ExprTree } from './expr-tree.ts';
export type { BuildOptions, Network, ParseFormula, Values } from './model/spec.ts';
export type { NetworkJson } from './network-json.ts';
export type { RenderOptions } from './render-options.ts';
export type { Derived, DeriveRequest } from './results/derivation.ts';
export type { Evaluation, GradientCheck, NamedValues } from './results/evaluation.ts';
export type { StepValue } from './step-values.ts';
export type { Conventions } from './tables/conventions.ts';
export type { Notation } from './tables/notations.ts';
export { version } from './version.ts';

/** What `network` takes: an object with a network file's keys, the text of one, or a name such as `2-3-2` or `general`. */
export type NetworkSource =
  | { readonly content: object }
  | { readonly text: string; readonly fileName?: string }
  | { readonly name: string };

/**
 * A checked network from an object, a text or a name. Throws a `UserError` whose sentence names what is wrong (with
 * `fileName:line:column` for a text). A formula of one's own as an activation needs `parseFormula`, from `loadFormulaParser`.
 */
export function network(source: NetworkSource, options: BuildOptions = {}): Network {
  if ('content' in source) return buildNetwork(source.content, options);
  if ('text' in source) return readNetworkFile(source.text, source.fileName ?? 'network', options);
  return networkFromName(source.name, options) ?? buildNetwork(source.name, options);
}

/** What `notation` takes: a notation's name, an object with a notation file's keys, or the text of one. */
export type NotationSource =
  | { readonly name: string }
  | { readonly content: object }
  | { readonly text: string; readonly fileName?: string };

/**
 * A notation: letters, signs, and the conventions that `network` takes as its option `conventions`, so that what is derived is
 * true in them. Throws a `UserError` whose sentence names what is wrong.
 */
export function notation(source: NotationSource): Notation {
  if ('content' in source) return buildNotation(source.content);
  if ('text' in source) return readNotationFile(source.text, source.fileName ?? 'notation');
  return notationNamed(source.name);
}

/** Loads mathjs and gives the reader of formulas that people type, such as `z/(1+abs(z))`. */
export async function loadFormulaParser(): Promise<ParseFormula> {
  const { loadFormulaParser: load } = await import('./mathjs-formula.ts');
  return load();
}

/**
 * Derives what is asked of a network, by default BP1 to BP4 or the file's own targets. Every step is replayed and every
 * line evaluated on random networks first. Throws a `UserError` for a target that doesn't exist, a `DerivationError`
 * where a line can't be made or doesn't hold.
 */
export const derive = (of: Network, request: DeriveRequest = {}): Derived => deriveTargets(of, request);

/** Forward values, errors and gradients of a network with numbers, and their check. Throws a `UserError` without numbers. */
export const evaluate = (of: Network): Evaluation => evaluateNetwork(of);

/** A derivation as plain data: `schema/derive.json`. */
export function toJson(
  derived: Derived,
  options: Pick<RenderOptions, 'notation' | 'lang' | 'entry' | 'digits' | 'numbers'> = {},
): DeriveJson {
  const { notation: named = 'nielsen', lang = 'en', entry = null, digits = 4, numbers = true } = options;
  return deriveJson({
    ...derived,
    notation: notationNamed(named),
    language: languageOf(lang),
    entry,
    digits,
    numbers,
  });
}

/** An evaluation as plain data: `schema/evaluate.json`. */
export const toEvaluateJson = (evaluation: Evaluation): EvaluateJson => evaluateJson(evaluation);

/** A derivation as a document: text for a terminal, Markdown, or one HTML file. Reads the package's templates, so Node only. */
export async function render(derived: Derived, options: RenderOptions): Promise<string> {
  const { renderDerivation } = await import('./render.ts');
  return renderDerivation(derived, options);
}

/** An example network of the package by its name, such as `2-3-2`; null when there is none. Node only. */
export async function exampleNetwork(name: string, options: BuildOptions = {}): Promise<Network | null> {
  const { findTemplate } = await import('./templates.ts');
  const found = findTemplate(name);
  return found === null ? null : readNetworkFile(found.text, found.fileName, options);
}

/** The names of the example networks. Node only. */
export async function exampleNames(): Promise<string[]> {
  const { templateNames } = await import('./templates.ts');
  return templateNames();
}

/** A rule as the reference lists it. */
export interface RuleEntry {
  readonly id: string;
  readonly kind: 'step' | 'tidy';
  readonly example: string;
}

/** The rules, in the order in which they are tried. */
export const rules: readonly RuleEntry[] = catalogue.map(({ id, kind, example }) => ({ id, kind, example }));
/** The names of the activations, losses, notations and languages there are. */
export const activations: readonly string[] = activationRows.map((row) => row.name);
export const losses: readonly string[] = lossRows.map((row) => row.name);
export const notations: readonly string[] = notationRows.map((row) => row.name);
export const languageCodes: readonly string[] = languages.map((l) => l.code);
