// A network as it is named on the command line: a file, `-`, an example, widths such as 784-30-10, or `general`.

import { existsSync, statSync } from 'node:fs';
import { UserError } from './expr/error.ts';
import { networkFilesBeside, readInput } from './files.ts';
import { networkFromName, readNetworkFile } from './model/network.ts';
import type { BuildOptions, Network, ParseFormula } from './model/spec.ts';
import { findTemplate, templateNames } from './templates.ts';
import { suggestion } from './text/nearest.ts';

/** The network that an argument names. Throws one sentence, with a suggestion, where there is none. */
export async function networkNamed(name: string, options: BuildOptions): Promise<Network> {
  const file = fileText(name);
  if (file !== null) return withFormulas(options, (o) => readNetworkFile(file.text, file.name, o));
  const network = await withFormulas(options, (o) => networkFromName(name, o));
  if (network !== null) return network;
  throw new UserError(missing(name));
}

/** How the network that an argument names is built, with whatever options: a question builds it under other conventions too. */
export async function networkBuilder(name: string): Promise<(options: BuildOptions) => Network> {
  const file = fileText(name);
  const build = (options: BuildOptions): Network => {
    const network =
      file === null ? networkFromName(name, options) : readNetworkFile(file.text, file.name, options);
    if (network === null) throw new UserError(missing(name));
    return network;
  };
  return withParser(build);
}

/** A builder whose networks may have formulas: their reader is loaded where one is met. Throws what the network is wrong in. */
export async function withParser(
  build: (options: BuildOptions) => Network,
): Promise<(options: BuildOptions) => Network> {
  try {
    build({ numbers: false, parseFormula: notLoaded });
    return build;
  } catch (error) {
    if (!(error instanceof FormulaMet)) throw error;
  }
  const { loadFormulaParser } = await import('./mathjs-formula.ts');
  const parseFormula = await loadFormulaParser();
  return (options) => build({ parseFormula, ...options });
}

/** The text a name stands for, and how the file is called in messages. */
function fileText(name: string): { readonly text: string; readonly name: string } | null {
  if (name === '-') return { text: readInput('-'), name: 'stdin' };
  if (isPath(name)) return existsSync(name) ? { text: readInput(name), name } : null;
  const template = findTemplate(name);
  if (template !== null) return { text: template.text, name: template.fileName };
  const isFile = existsSync(name) && statSync(name).isFile();
  return isFile ? { text: readInput(name), name } : null;
}

const isPath = (name: string): boolean => /[/\\]|\.(ya?ml|json)$/i.test(name);

/** Thrown inside this file only: an activation is a formula, and its reader isn't loaded yet. */
class FormulaMet extends Error {}

const notLoaded = (): never => {
  throw new FormulaMet();
};

/** Runs something that may meet a formula of the user's own: its reader is loaded only then, and it runs once more. */
export async function withFormulaReader<T>(run: (parseFormula: ParseFormula) => T): Promise<T> {
  try {
    return run(notLoaded);
  } catch (error) {
    if (!(error instanceof FormulaMet)) throw error;
  }
  const { loadFormulaParser } = await import('./mathjs-formula.ts');
  return run(await loadFormulaParser());
}

const withFormulas = <T>(options: BuildOptions, build: (o: BuildOptions) => T): Promise<T> =>
  withFormulaReader((parseFormula) => build({ ...options, parseFormula }));

function missing(name: string): string {
  if (isPath(name)) return `there is no file ${name}${near(name, networkFilesBeside(name))}`;
  const names = [...templateNames(), 'general'];
  const hint = near(name, [...names, ...networkFilesBeside(name)]);
  return `there is no network "${name}"${hint === '' ? '; give a file, widths such as 784-30-10, or one of "chainrule list networks"' : hint}`;
}

function near(name: string, candidates: readonly string[]): string {
  const text = suggestion(name, candidates);
  return text.startsWith('; did you mean') ? text : '';
}
