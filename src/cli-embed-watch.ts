// `chainrule embed --watch`: fills regions again when the notes, or a file that they are made from, changes.

import { type FSWatcher, watch } from 'node:fs';
import { dirname } from 'node:path';
import { contentOf, type Outcome } from './cli-embed-file.ts';

/** Editors write a file in several steps; they are waited for, in milliseconds. */
const PAUSE = 100;

/** Runs once for each file of notes and again when it is due, until the process is interrupted. */
export async function watchNotes(
  notes: readonly string[],
  run: (file: string) => Promise<Outcome>,
  say: (outcome: Outcome) => void,
): Promise<void> {
  const ended = new AbortController();
  const last = new Map<string, Outcome>();
  const folders = new Map<string, FSWatcher>();
  const due = debounced(
    async () => {
      for (const file of notes) {
        const before = last.get(file);
        if (before !== undefined && isBeingWritten(before)) continue;
        const changed = before === undefined || hasChanged(before);
        // What was missing may be there now.
        if (!changed && before.code === 0) continue;
        const outcome = await run(file);
        if (changed || !sameWords(before, outcome)) say(outcome);
        last.set(file, outcome);
        for (const path of outcome.contents.keys()) watchFolder(dirname(path), folders, due);
      }
    },
    (fault) => ended.abort(fault),
  );
  process.once('SIGINT', () => ended.abort(null));
  await due.now();
  process.stderr.write('watching; end with Ctrl-C\n');
  await aborted(ended.signal);
  due.stop();
  for (const watcher of folders.values()) watcher.close();
  if (ended.signal.reason !== null) throw ended.signal.reason;
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((go) => {
    if (signal.aborted) go();
    else signal.addEventListener('abort', () => go(), { once: true });
  });

/** Whether an editor has emptied a file and not yet filled it: that it fills it will be heard. */
const isBeingWritten = ({ contents }: Outcome): boolean =>
  [...contents].some(([path, content]) => content !== '' && contentOf(path) === '');

const hasChanged = ({ contents }: Outcome): boolean =>
  [...contents].some(([path, content]) => contentOf(path) !== content);

const sameWords = (a: Outcome, b: Outcome): boolean =>
  [...a.out, ...a.err].join('\n') === [...b.out, ...b.err].join('\n');

/** Folders are watched, not files: many editors put a new file in the place of the old one. */
function watchFolder(folder: string, folders: Map<string, FSWatcher>, due: Debounced): void {
  if (folders.has(folder)) return;
  try {
    const watcher = watch(folder, () => due.soon());
    // A folder that goes away takes its watcher along.
    watcher.on('error', () => folders.delete(folder));
    folders.set(folder, watcher);
  } catch {
    // A folder that isn't there: the run has said so.
  }
}

interface Debounced {
  readonly now: () => Promise<void>;
  readonly soon: () => void;
  readonly stop: () => void;
}

/** Something that runs once after several calls, and never twice at a time; `fail` hears of what a later run throws. */
function debounced(run: () => Promise<void>, fail: (fault: unknown) => void): Debounced {
  let timer: NodeJS.Timeout | undefined;
  let running = Promise.resolve();
  const now = (): Promise<void> => {
    running = running.then(run);
    return running;
  };
  const soon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => now().catch(fail), PAUSE);
  };
  return { now, soon, stop: () => clearTimeout(timer) };
}
