// TeX for tests: which engines are there, and what they find wrong with a document.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** More than this over a margin, in points, is seen. */
const OVER = 2;

/** Whether an engine and the files it needs are installed; says so where they aren't. */
export function hasTex(engine: string, files: readonly string[]): boolean {
  const there =
    spawnSync(engine, ['--version']).status === 0 &&
    files.every((file) => spawnSync('kpsewhich', [file]).status === 0);
  if (!there)
    console.warn(`No ${[engine, ...files].join(' with ')}: its documents were not compiled (not run).`);
  return there;
}

export interface Compiled {
  /** What is wrong, as lines of the log. */
  readonly faults: readonly string[];
  /** The files that came of it. */
  readonly files: readonly string[];
  readonly log: string;
}

/** Compiles a document so many times: its references need two. */
export function compile(tex: string, engine: string, times: number): Compiled {
  const folder = mkdtempSync(join(tmpdir(), 'chainrule-tex-'));
  try {
    writeFileSync(join(folder, 'a.tex'), tex);
    const options = ['-interaction=nonstopmode', '-halt-on-error', '-no-shell-escape', 'a.tex'];
    const once = (): number | null => spawnSync(engine, options, { cwd: folder, encoding: 'utf8' }).status;
    let status: number | null = 0;
    for (let i = 0; i < times && status === 0; i++) status = once();
    const log = readFileSync(join(folder, 'a.log'), 'latin1');
    return {
      faults: [...(status === 0 ? [] : [`${engine} ended with ${status}`]), ...faultsIn(log)],
      files: readdirSync(folder).sort(),
      log,
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const faultsIn = (log: string): string[] =>
  log.split('\n').filter((line) => {
    const over = /^Overfull \\[hv]box \(([\d.]+)pt too/.exec(line);
    if (over !== null) return Number(over[1]) > OVER;
    return /^! |Undefined control|Missing character|multiply.defined|undefined (?:references|on input)/.test(
      line,
    );
  });
