// The options of the command line: what each may be, checked strictly; a wrong one is a sentence with the nearest right one.

import { UserError } from './expr/error.ts';
import type { OutputFormat } from './render-options.ts';
import { suggestion } from './text/nearest.ts';

/** One of a few words. */
export const choice =
  (flag: string, words: readonly string[]) =>
  (text: string): string => {
    if (words.includes(text)) return text;
    throw new UserError(`${flag}: unknown value "${text}"${suggestion(text, words)}`);
  };

/** A whole number from `least` to `most`. */
export const whole =
  (flag: string, least: number, most: number) =>
  (text: string): number => {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    throw new UserError(`${flag} must be a whole number from ${least} to ${most}, not "${text}"`);
  };

/** `1%` or `1`: a share in percent. */
export function percentage(text: string): number {
  const found = /^(\d{1,3}(?:\.\d{1,9})?)\s?%?$/.exec(text);
  if (found !== null) return Number(found[1]);
  throw new UserError(`--tolerance must be in percent, such as 1%, not "${text}"`);
}

/** `2` or `1,2`: the entry whose numbers are shown, counted from 1. */
export function entryNumbers(text: string): number[] {
  if (/^[1-9]\d{0,6}(,[1-9]\d{0,6})*$/.test(text)) return text.split(',').map(Number);
  throw new UserError(`--entry must be slots counted from 1, such as 2 or 1,2, not "${text}"`);
}

/** One or more of a few words, commas between them. */
export const choices =
  (flag: string, words: readonly string[]) =>
  (text: string): string[] =>
    text.split(',').map((word) => choice(flag, words)(word.trim()));

/** Gathers an option that may be given several times. */
export const several = (text: string, before: readonly string[] = []): string[] => [...before, text];

const EXTENSIONS: ReadonlyMap<string, OutputFormat> = new Map<string, OutputFormat>([
  ['md', 'md'],
  ['markdown', 'md'],
  ['html', 'html'],
  ['htm', 'html'],
  ['tex', 'tex'],
  ['json', 'json'],
  ['ipynb', 'ipynb'],
  ['txt', 'text'],
]);

/** The format asked for: what --format says, else what the output's name says, else text. */
export function formatOf(format: OutputFormat | undefined, output: string | undefined): OutputFormat {
  if (format !== undefined) return format;
  if (output === undefined || output === '-') return 'text';
  const extension = /\.([A-Za-z0-9]+)$/.exec(output)?.[1]?.toLowerCase() ?? '';
  const known = EXTENSIONS.get(extension);
  if (known !== undefined) return known;
  throw new UserError(
    `${output}: its name doesn't say a format; add --format text, md, html, tex, json or ipynb`,
  );
}
