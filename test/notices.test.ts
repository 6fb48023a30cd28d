// What is given with the package: the licences of others, and a lockfile that names no host.

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { notices } from '../scripts/notices.mjs';

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');

test('THIRD-PARTY-NOTICES is what `npm run notices` writes', () => {
  expect(read('THIRD-PARTY-NOTICES')).toBe(notices());
});

test('the notices hold the licences that ask for it', () => {
  const text = notices();
  expect(text).toContain('Copyright (C) 2013-2026 Jos de Jong');
  expect(text).toContain('Apache License');
  expect(text).toContain('SIL OPEN FONT LICENSE');
  expect(text).toContain('with Reserved Font Names KaTeX_AMS, KaTeX_Caligraphic');
  expect(text).toContain('Copyright 2019 David Bau');
});

test('every bundled package is a dependency with an exact version', () => {
  const { dependencies, devDependencies } = JSON.parse(read('package.json'));
  for (const version of Object.values({ ...dependencies, ...devDependencies })) {
    expect(version).toMatch(/^(npm:[\w@/-]+@)?\d+\.\d+\.\d+$/);
  }
});

test('package-lock.json names no host to download from', () => {
  expect(read('package-lock.json')).not.toContain('"resolved"');
});
