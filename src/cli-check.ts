// `chainrule check`: one answer, or one JSON object a line with --batch.

import { createReadStream, existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { batch } from './check-batch.ts';
import { checkJson } from './check-json.ts';
import { type CheckRequest, questionOf } from './check-request.ts';
import { compileLate } from './compile-late.ts';
import { type FeedbackOptions, feedbackBlocks, type Hints } from './document/feedback.ts';
import { UserError } from './expr/error.ts';
import { readInput } from './files.ts';
import { markdown } from './formats/markdown.ts';
import { plainText } from './formats/text.ts';
import { check } from './homework/check.ts';
import type { Verdict } from './homework/verdict.ts';
import { languageOf } from './lang/languages.ts';
import { notationNamed } from './model/notation-named.ts';
import type { BuildOptions, Network } from './model/spec.ts';
import { networkBuilder } from './network-input.ts';
import type { AnswerSyntax } from './text/reading/reading.ts';

export interface CheckFlags {
  readonly target?: string;
  readonly network?: string;
  readonly expect?: string;
  readonly notation?: string;
  /** `weights=in-out`, several joined by commas or given several times. */
  readonly convention?: readonly string[];
  readonly accept?: readonly string[];
  readonly number?: boolean;
  /** In percent, of a number. */
  readonly tolerance?: number;
  readonly hints?: number;
  readonly syntax?: AnswerSyntax | 'auto';
  readonly lang?: string;
  readonly format?: 'text' | 'md' | 'json';
  readonly file?: string;
  readonly batch?: string;
  /** A results.ndjson whose answers are to be checked again. */
  readonly replay?: string;
}

/** What `check` exits with. */
export const CHECK_EXIT: Readonly<Record<Verdict, number>> = {
  correct: 0,
  incorrect: 1,
  unfinished: 1,
  'special-case': 1,
  convention: 1,
  unreadable: 2,
  undecided: 3,
};

const isHints = (n: number): n is Hints => n === 0 || n === 1 || n === 2 || n === 3;

function feedbackOptions(flags: CheckFlags): FeedbackOptions {
  const hints = flags.hints ?? 2;
  if (!isHints(hints)) throw new UserError(`--hints must be a whole number from 0 to 3, not "${hints}"`);
  return {
    language: languageOf(flags.lang ?? 'en'),
    notation: notationNamed(flags.notation ?? 'nielsen'),
    hints,
  };
}

/** Checks one answer, or with `--batch` many; writes what there is to say and gives the exit code. */
export async function checkCommand(answer: string | undefined, flags: CheckFlags): Promise<number> {
  compileLate();
  if (flags.batch !== undefined) return batchCommand(flags.batch, answer, flags);
  const text = answerText(answer, flags.file);
  const q = questionOf(await requestOf(flags), text);
  const o = feedbackOptions(flags);
  const checked = check(q, text);
  const out =
    flags.format === 'json'
      ? `${JSON.stringify(checkJson(checked, q, o), null, 2)}\n`
      : feedbackText(feedbackBlocks(checked, q, o), o, flags.format ?? 'text');
  process.stdout.write(out);
  return CHECK_EXIT[checked.verdict];
}

function answerText(answer: string | undefined, file: string | undefined): string {
  if (answer !== undefined && file !== undefined)
    throw new UserError('give the answer, or a file with it by --file, not both');
  if (file !== undefined) return readInput(file);
  if (answer === undefined)
    throw new UserError('there is no answer; give it in quotes, by --file, or - for standard input');
  return answer === '-' ? readInput('-') : answer;
}

async function requestOf(flags: CheckFlags): Promise<CheckRequest> {
  const named = flags.network ?? (flags.target === undefined ? undefined : 'general');
  const several = (list: readonly string[] | undefined): string[] =>
    (list ?? []).flatMap((text) => text.split(',')).filter((text) => text.trim() !== '');
  return {
    ...(flags.target === undefined ? {} : { target: flags.target }),
    ...(flags.expect === undefined ? {} : { expect: flags.expect }),
    ...(named === undefined ? {} : { build: await builderNamed(named) }),
    writing: {
      notation: notationNamed(flags.notation ?? 'nielsen'),
      syntax: flags.syntax ?? 'auto',
      layer: null,
      letters: {},
    },
    conventions: several(flags.convention),
    accept: several(flags.accept),
    ...(flags.number === true ? { kind: 'number' as const } : {}),
    ...(flags.tolerance === undefined ? {} : { tolerance: flags.tolerance / 100 }),
  };
}

const builderNamed = (name: string): Promise<(options: BuildOptions) => Network> => networkBuilder(name);

function feedbackText(
  blocks: ReturnType<typeof feedbackBlocks>,
  o: FeedbackOptions,
  format: 'text' | 'md',
): string {
  const document = {
    title: '',
    front: { author: null, course: null, date: null, licence: null },
    paper: 'a4' as const,
    lang: o.language.htmlLang,
    blocks,
    words: o.language.format,
  };
  return format === 'md' ? markdown.render(document, {}) : plainText.render(document, {});
}

/** Reads lines as they come and answers each before the next is read. */
async function batchCommand(path: string, answer: string | undefined, flags: CheckFlags): Promise<number> {
  if (answer !== undefined)
    throw new UserError('with --batch the answers come from its file; give no answer beside it');
  if (path !== '-' && !existsSync(path)) throw new UserError(`there is no file ${path}`);
  const judge = batch({ ...feedbackOptions(flags), notationNamed, networkOf: networkBuilder });
  const input = path === '-' ? process.stdin : createReadStream(path);
  let number = 0;
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    number++;
    if (line.trim() === '') continue;
    const found: { readonly id: unknown } = await judge(line.replace(/^\uFEFF/, ''), number);
    if (!process.stdout.write(`${JSON.stringify(found)}\n`)) await drained();
  }
  return 0;
}

const drained = (): Promise<void> => new Promise((go) => process.stdout.once('drain', () => go()));
