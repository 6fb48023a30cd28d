// Runs the built command line as users do: a process of its own, what it prints, and how it ends.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

export const cliPath = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

export interface Ran {
  readonly out: string;
  readonly err: string;
  readonly code: number | null;
}

/** `chainrule ...args` in a folder, with a text on standard input. */
export function chainrule(args: readonly string[], at: { cwd?: string; input?: string } = {}): Ran {
  const { stdout, stderr, status } = spawnSync(process.execPath, [cliPath, ...args], {
    cwd: at.cwd ?? tmpdir(),
    input: at.input ?? '',
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
    maxBuffer: 64 * 1024 * 1024,
  });
  return { out: stdout, err: stderr, code: status };
}

/** An empty folder that goes away after the test. */
export function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'chainrule-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
