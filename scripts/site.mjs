// Builds the site of docs/ with VitePress: `npm run docs:site`. Its pages come out in docs/.vitepress/dist.

import { fileURLToPath } from 'node:url';
import { build as site } from 'vitepress';
import { build } from './build.mjs';

await build({ ifStale: true, types: false, quiet: true });
await site(fileURLToPath(new URL('../docs', import.meta.url)));
