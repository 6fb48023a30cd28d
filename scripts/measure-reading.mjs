// Measures reading on a file of formulas (JSON lines `{id, latex, plain, question, roles, given, confidence}`):
// `node scripts/measure-reading.mjs FILE [--quiet]` prints each that isn't read as meant with its reason, then the table.

import { readFileSync } from 'node:fs';
import { bundled } from './bundled.mjs';

const [file, option] = process.argv.slice(2);
if (file === undefined) {
  console.error('measure-reading: which file of formulas?');
  process.exit(2);
}

const { outcome, systemFor } = await bundled('test/text/reading-corpus.ts');
const records = readFileSync(file, 'utf8')
  .split('\n')
  .filter((line) => line.trim() !== '')
  .map((line) => JSON.parse(line));
const counted = records.filter(
  (r) => r.question !== null && r.confidence !== 'low' && typeof r.plain === 'string',
);
const table = new Map();
let [asMeant, all, left] = [0, 0, 0];
for (const r of counted) {
  const system = systemFor(r);
  if (system === null) {
    left++;
    continue;
  }
  const row = table.get(r.question.network) ?? { meant: 0, all: 0 };
  table.set(r.question.network, row);
  row.all++;
  all++;
  const result = outcome(r, system);
  if (result.kind === 'as meant') {
    row.meant++;
    asMeant++;
  } else if (option !== '--quiet')
    console.log(
      `${result.kind}: ${r.id} ${r.question.notation} ${r.question.target}\n    ${r.latex.replace(/\s+/g, ' ')}\n    meant ${r.plain}\n    ${result.why}`,
    );
}
console.log(`\n${file}: ${counted.length} formulas, ${left} of them about networks that are not built`);
for (const [name, { meant, all: n }] of [...table].sort())
  console.log(`${String(meant).padStart(5)} of ${String(n).padStart(4)}  ${name}`);
console.log(
  `${String(asMeant).padStart(5)} of ${String(all).padStart(4)}  read as meant: ${((100 * asMeant) / all).toFixed(1)} %`,
);
