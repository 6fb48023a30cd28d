// One file of `chainrule embed`: read, filled, written, and what there is to say of it.

import { existsSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { EXIT, endingOf } from './cli-errors.ts';
import { UserError } from './expr/error.ts';
import { readExactly, writeOutput } from './files.ts';
import { targetNamed } from './formats/targets.ts';
import type { ParseFormula } from './model/spec.ts';
import { withFormulaReader } from './network-input.ts';
import { type Embedded, type EmbedOptions, embed } from './notes/embed.ts';
import type { Memory } from './notes/notebook.ts';
import { edited } from './notes/regions-fill.ts';
import { fileResolver } from './notes-files.ts';

export interface EmbedFlags {
  /** Writes nothing and says which regions are stale. */
  readonly check?: boolean;
  /** Goes on until it is interrupted: fills them again when something they are made from changes. */
  readonly watch?: boolean;
  /** Replaces what somebody changed by hand. */
  readonly force?: boolean;
  /** For which host files are that don't say it themselves. */
  readonly for?: string;
  /** The folder that networks and notations may lie in; left out, that of each file. */
  readonly root?: string;
}

/** Files by their paths, their bytes as letters; null for one that can't be read. */
export type Contents = ReadonlyMap<string, string | null>;

/** What became of a file. */
export interface Outcome {
  readonly code: number;
  /** What there is to say of it, a line each: on standard output, and on standard error. */
  readonly out: readonly string[];
  readonly err: readonly string[];
  /** The file as it was left, and the networks and notations as they were read: each by its path, its bytes as letters. */
  readonly contents: Contents;
}

/** At least one region is stale, and nothing was to be written. */
const STALE = 1;

/** One file, read, filled and written. What is wrong with it is in the outcome: other files go on. */
export async function embedFile(file: string, flags: EmbedFlags, memory: Memory): Promise<Outcome> {
  const contents = new Map<string, string | null>([[file, null]]);
  const leave = (text: string): unknown => contents.set(file, Buffer.from(text).toString('latin1'));
  try {
    const text = readExactly(file);
    leave(text);
    const found = await withFormulaReader((parseFormula) =>
      embed(text, file, optionsFor(file, flags, { memory, contents, parseFormula })),
    );
    if (found.errors.length === 0 && found.edits.length > 0 && flags.check !== true) {
      const after = edited(text, found.edits);
      write(file, text, after);
      leave(after);
    }
    return { ...outcomeOf(file, found, flags.check === true), contents };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { code: EXIT.misuse, out: [], err: [endingOf(error).sentence], contents };
  }
}

/** What a file holds now. */
export function contentOf(path: string): string | null {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return null;
  }
}

/** What an editor saved in the meantime is not overwritten. */
function write(file: string, before: string, after: string): void {
  if (readExactly(file) !== before)
    throw new UserError(`${file} was changed while it was read; run it again`);
  writeOutput(file, after);
}

interface Shared {
  readonly memory: Memory;
  readonly contents: Map<string, string | null>;
  readonly parseFormula: ParseFormula;
}

function optionsFor(
  file: string,
  flags: EmbedFlags,
  { memory, contents, parseFormula }: Shared,
): EmbedOptions {
  const found = fileResolver(flags.root ?? dirname(file), file);
  return {
    ...found,
    memory,
    parseFormula,
    resolve: (name, what) => {
      const source = found.resolve(name, what);
      if (source !== null && 'fileName' in source && existsSync(source.fileName))
        contents.set(source.fileName, contentOf(source.fileName));
      return source;
    },
    force: flags.force === true,
    ...(flags.for === undefined ? {} : { target: targetNamed(flags.for) }),
  };
}

function outcomeOf(file: string, found: Embedded, check: boolean): Omit<Outcome, 'contents'> {
  const { regions, inCode, stale, errors } = found;
  const code = inCode === 0 ? '' : `; ${inCode} in code left alone`;
  if (errors.length > 0) {
    // A fault of a network is that of every region with it.
    const sentences = new Set(errors.map((error) => endingOf(error).sentence));
    return { code: EXIT.misuse, out: [], err: [...sentences, `${file}: left as it is`] };
  }
  if (stale.length === 0) {
    const what = regions === 0 ? 'no regions' : `${counted(regions)} up to date`;
    return { code: EXIT.done, out: [], err: [`${file}: ${what}${code}`] };
  }
  const some = `${file}: ${stale.length} of ${counted(regions)}`;
  if (!check) return { code: EXIT.done, out: [], err: [`${some} written${code}`] };
  return { code: STALE, out: stale.map((place) => `${place}: stale`), err: [`${some} stale${code}`] };
}

const counted = (regions: number): string => `${regions} region${regions === 1 ? '' : 's'}`;
