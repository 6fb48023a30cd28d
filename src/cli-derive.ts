// `chainrule derive`: a network and what is asked of it -> a document on standard output or in a file.

import { formatOf } from './cli-options.ts';
import { type Derived, type DeriveRequest, deriveTargets } from './derivation.ts';
import { errorText } from './document/digits.ts';
import type { Case } from './engine/types.ts';
import { UserError } from './expr/error.ts';
import { writeOutput } from './files.ts';
import type { BuildOptions } from './model/spec.ts';
import { networkNamed } from './network-input.ts';
import { renderDerivation } from './render.ts';
import { notationNamed, type RenderOptions } from './render-options.ts';

/** The options of the command as commander hands them over. */
export interface DeriveFlags {
  readonly target?: readonly string[];
  readonly via?: readonly string[];
  readonly form?: 'component' | 'matrix' | 'both';
  readonly detail?: 'brief' | 'textbook' | 'full';
  readonly notation?: string;
  readonly entry?: readonly number[];
  readonly digits?: number;
  readonly shapes?: boolean;
  readonly numbers: boolean;
  readonly lang?: string;
  readonly format?: 'text' | 'md' | 'html' | 'json';
  readonly for?: string;
  readonly out?: string;
  readonly activation?: string;
  readonly output?: string;
  readonly loss?: string;
  readonly seed?: number;
}

/** What of the flags says which network it is. */
export function buildOptions(
  flags: Pick<DeriveFlags, 'activation' | 'output' | 'loss' | 'seed'>,
): BuildOptions {
  const { activation, output, loss, seed } = flags;
  if (output !== undefined && /\.(md|html?|json|txt|tex)$/i.test(output))
    throw new UserError(`--output is the last layer's activation; to write a file say -o ${output}`);
  return {
    ...(activation === undefined ? {} : { activation }),
    ...(output === undefined ? {} : { output }),
    ...(loss === undefined ? {} : { loss }),
    ...(seed === undefined ? {} : { seed }),
  };
}

export async function deriveCommand(name: string | undefined, flags: DeriveFlags): Promise<void> {
  const format = formatOf(flags.format, flags.out);
  if (flags.for !== undefined && format !== 'md')
    throw new UserError(`--for says for whom Markdown is written; the format is ${format}`);
  if (flags.notation !== undefined) notationNamed(flags.notation);
  const network = await networkNamed(name ?? 'general', { ...buildOptions(flags), numbers: flags.numbers });
  const request: DeriveRequest = {
    ...(flags.target === undefined ? {} : { targets: flags.target }),
    ...(flags.via === undefined ? {} : { via: flags.via }),
  };
  const derived = deriveTargets(network, request);
  const text = await renderDerivation(derived, renderOptions(flags, format));
  if (flags.out === undefined || flags.out === '-') process.stdout.write(text);
  else {
    writeOutput(flags.out, text);
    process.stderr.write(`${flags.out}: ${summary(derived)}\n`);
  }
}

function renderOptions(flags: DeriveFlags, format: RenderOptions['format']): RenderOptions {
  const { form, detail, notation, lang, entry, digits, shapes, numbers } = flags;
  return {
    format,
    numbers,
    ...(form === undefined ? {} : { form }),
    ...(detail === undefined ? {} : { detail }),
    ...(notation === undefined ? {} : { notation }),
    ...(lang === undefined ? {} : { lang }),
    ...(flags.for === undefined ? {} : { for: flags.for }),
    ...(entry === undefined ? {} : { entry }),
    ...(digits === undefined ? {} : { digits }),
    ...(shapes === undefined ? {} : { shapes }),
  };
}

/** `4 equations, every line replayed and evaluated, error 6e-16`. */
export function summary({ results }: Derived): string {
  const cases = results.flatMap((r) => r.cases);
  const worst = Math.max(0, ...cases.map((c) => c.verified?.maxError ?? 0));
  const count = `${cases.length} ${cases.length === 1 ? 'equation' : 'equations'}`;
  return `${count}, every line replayed and evaluated, error ${errorText(worst)}`;
}

/** `43 lines, replayed, error 6e-16`. */
export function summaryOfCase({ verified }: Case): string {
  const { replayed, maxError } = verified ?? { replayed: 0, maxError: Number.NaN };
  return `${replayed} lines, replayed, error ${errorText(maxError)}`;
}
