// Before the tests: builds dist/ where it is older than the sources, because some tests run the command line.

import { build } from '../scripts/build.mjs';

/** A failed build leaves no dist/, so that only the tests that need it fail. */
export default async function setup(): Promise<void> {
  await build({ ifStale: true, types: false, quiet: true }).catch((error: unknown) => {
    console.error(`dist was not built: ${String(error)}`);
  });
}
