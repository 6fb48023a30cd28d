// The browser of the tests that look at a page. Where it is absent they say so and don't run.

import { spawnSync } from 'node:child_process';

/** Launch options for playwright-core, or null where there is no chromium: `describe.runIf(chromium())`. */
export function chromium(): { executablePath: string; args: string[] } | null {
  const executablePath = spawnSync('which', ['chromium'], { encoding: 'utf8' }).stdout?.trim();
  if (executablePath) return { executablePath, args: ['--no-sandbox', '--disable-background-networking'] };
  console.warn('No chromium: the tests that need a browser were not run.');
  return null;
}
