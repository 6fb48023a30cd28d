// `chainrule embed`: fills the managed regions of notes in place, each file whole or not at all.

import { existsSync } from 'node:fs';
import { type EmbedFlags, embedFile, type Outcome } from './cli-embed-file.ts';
import { EXIT } from './cli-errors.ts';
import { UserError } from './expr/error.ts';
import { targetNamed } from './formats/targets.ts';
import { newMemory } from './notes/notebook.ts';

/** Fills the regions of files and says what was done. The exit code: 0 done, 1 stale with --check, 2 where something is wrong. */
export async function embedCommand(files: readonly string[], flags: EmbedFlags): Promise<number> {
  if (flags.check === true && (flags.watch === true || flags.force === true))
    throw new UserError(`--check writes nothing; leave ${flags.watch === true ? '--watch' : '--force'} out`);
  if (files.includes('-')) throw new UserError('embed writes into files; name one instead of -');
  if (flags.for !== undefined) targetNamed(flags.for);
  if (flags.root !== undefined && !existsSync(flags.root))
    throw new UserError(`there is no folder ${flags.root}`);
  const memory = newMemory();
  const run = (file: string): Promise<Outcome> => embedFile(file, flags, memory);
  const notes = [...new Set(files)];
  if (flags.watch === true) {
    const { watchNotes } = await import('./cli-embed-watch.ts');
    await watchNotes(notes, run, say);
    return EXIT.done;
  }
  let worst: number = EXIT.done;
  for (const file of notes) {
    const outcome = await run(file);
    say(outcome);
    worst = Math.max(worst, outcome.code);
  }
  return worst;
}

function say({ out, err }: Outcome): void {
  if (out.length > 0) process.stdout.write(`${out.join('\n')}\n`);
  if (err.length > 0) process.stderr.write(`${err.join('\n')}\n`);
}
