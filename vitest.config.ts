import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: 'test/setup.ts',
    pool: 'threads',
    isolate: false, // modules keep no state, so the files of one thread may have them in common
    testTimeout: 60_000,
  },
});
