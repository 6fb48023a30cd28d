// `chainrule derive`: a network and what is asked of it -> a document on standard output or in a file.

import { formatOf } from './cli-options.ts';
import type { Front, Paper } from './document/blocks.ts';
import { errorText } from './document/digits.ts';
import type { Blanks, Purpose, SectionName } from './document/purposes.ts';
import type { Case } from './engine/types.ts';
import { UserError } from './expr/error.ts';
import { figuresBeside, writeWithFigures } from './figure-files.ts';
import type { BuildOptions, Network } from './model/spec.ts';
import { networkNamed } from './network-input.ts';
import { notationFrom } from './notation-input.ts';
import { renderDerivation } from './render.ts';
import type { OutputFormat, RenderOptions } from './render-options.ts';
import { type Derived, type DeriveRequest, deriveTargets } from './results/derivation.ts';

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
  readonly format?: OutputFormat;
  readonly document?: Purpose;
  readonly sections?: readonly SectionName[];
  readonly only?: readonly string[];
  readonly blanks?: readonly Blanks[];
  readonly title?: string;
  readonly author?: string;
  readonly course?: string;
  readonly date?: string;
  readonly licence?: string;
  readonly paper?: Paper;
  readonly for?: string;
  readonly out?: string;
  readonly activation?: string;
  readonly output?: string;
  readonly loss?: string;
  readonly seed?: number;
}

/** What of the flags says which network it is. */
export function buildOptions(
  flags: Pick<DeriveFlags, 'activation' | 'output' | 'loss' | 'seed' | 'notation'>,
): BuildOptions {
  const { activation, output, loss, seed, notation } = flags;
  if (output !== undefined && /\.(md|html?|json|txt|tex)$/i.test(output))
    throw new UserError(`--output is the last layer's activation; to write a file say -o ${output}`);
  return {
    ...(activation === undefined ? {} : { activation }),
    ...(output === undefined ? {} : { output }),
    ...(loss === undefined ? {} : { loss }),
    ...(seed === undefined ? {} : { seed }),
    ...(notation === undefined ? {} : { conventions: notationFrom(notation).conventions }),
  };
}

export async function deriveCommand(name: string | undefined, flags: DeriveFlags): Promise<void> {
  const format = formatOf(flags.format, flags.out);
  checkTogether(flags, format);
  const network = await networkNamed(name ?? 'general', { ...buildOptions(flags), numbers: flags.numbers });
  const targets = flags.only ?? flags.target;
  const request: DeriveRequest = {
    ...(targets === undefined ? {} : { targets }),
    ...(flags.via === undefined ? {} : { via: flags.via }),
  };
  const derived = deriveTargets(network, request);
  const options = renderOptions(flags, format, network);
  if (flags.out === undefined || flags.out === '-') {
    process.stdout.write(await renderDerivation(derived, options));
    return;
  }
  const kept = figuresBeside(flags.out);
  const text = await renderDerivation(derived, { ...options, figure: kept.figure });
  writeWithFigures(flags.out, text, kept);
  process.stderr.write(`${flags.out}: ${summary(derived)}\n`);
}

/** Flags that exclude each other. */
function checkTogether(flags: DeriveFlags, format: OutputFormat): void {
  if (flags.for !== undefined && format !== 'md')
    throw new UserError(`--for says for whom Markdown is written; the format is ${format}`);
  if (flags.only !== undefined && flags.target !== undefined)
    throw new UserError('--only and --target exclude each other: --only is a target and nothing around it');
  if (flags.sections !== undefined && flags.document !== undefined && flags.document !== 'course')
    throw new UserError(`--sections are those of the course; the document is ${flags.document}`);
}

/** What is made of a network where nothing is said: its whole course, where there is one and a page to put it on. */
function purposeOf(flags: DeriveFlags, format: OutputFormat, { spec }: Network): Purpose {
  if (flags.document !== undefined) return flags.document;
  if (flags.sections !== undefined || flags.only !== undefined) return 'course';
  const whole = flags.target === undefined && flags.via === undefined && spec.kind === 'layers';
  return whole && format !== 'text' && format !== 'json' ? 'course' : 'derivation';
}

function renderOptions(flags: DeriveFlags, format: OutputFormat, network: Network): RenderOptions {
  const { form, detail, notation, lang, entry, digits, shapes, numbers, title, paper, blanks } = flags;
  const sections = flags.sections ?? (flags.only === undefined ? undefined : (['equations'] as const));
  return {
    format,
    numbers,
    ...(format === 'json' && flags.document === undefined
      ? {}
      : { document: purposeOf(flags, format, network) }),
    ...(sections === undefined ? {} : { sections }),
    ...(blanks === undefined ? {} : { blanks }),
    ...(title === undefined ? {} : { title }),
    front: frontOf(flags),
    ...(paper === undefined ? {} : { paper }),
    ...(form === undefined ? {} : { form }),
    ...(detail === undefined ? {} : { detail }),
    ...(notation === undefined ? {} : { notation: notationFrom(notation) }),
    ...(lang === undefined ? {} : { lang }),
    ...(flags.for === undefined ? {} : { for: flags.for }),
    ...(entry === undefined ? {} : { entry }),
    ...(digits === undefined ? {} : { digits }),
    ...(shapes === undefined ? {} : { shapes }),
  };
}

/** What the flags say of the document's head; the rest is as the network file says. */
function frontOf({ author, course, date, licence }: DeriveFlags): Partial<Front> {
  return {
    ...(author === undefined ? {} : { author }),
    ...(course === undefined ? {} : { course }),
    ...(date === undefined ? {} : { date }),
    ...(licence === undefined ? {} : { licence }),
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
