// Measures judging on a file of labelled formulas (JSON lines `{id, latex, question, roles, verdict, verdictAlt, confidence}`):
// `node scripts/measure-judging.mjs FILE [--quiet]` prints each that is judged otherwise than labelled, then the table.

import { readFileSync } from 'node:fs';
import { bundled } from './bundled.mjs';

const [file, option] = process.argv.slice(2);
if (file === undefined) {
  console.error('measure-judging: which file of formulas?');
  process.exit(2);
}

const { counts, judge } = await bundled('test/homework/judging-corpus.ts');
const records = readFileSync(file, 'utf8')
  .split('\n')
  .filter((line) => line.trim() !== '')
  .map((line) => JSON.parse(line));
const judged = records.filter(counts).map((r) => ({ r, j: judge(r) }));
const missed = judged
  .filter(({ j }) => !j.agrees)
  .sort((a, b) => Number(b.j.falseAccept) - Number(a.j.falseAccept));

if (option !== '--quiet') {
  for (const { r, j } of missed) {
    console.log(
      `${j.falseAccept ? 'FALSE ACCEPT ' : ''}${r.id}  ${r.latex.replace(/\s+/g, ' ').slice(0, 160)}`,
    );
    console.log(`    ${j.verdict}, labelled ${[r.verdict, ...(r.verdictAlt ?? [])].join(' or ')}; ${j.why}`);
  }
}
for (const network of new Set(judged.map(({ r }) => r.question.network))) {
  const own = judged.filter(({ r }) => r.question.network === network);
  console.log(
    `${String(own.filter(({ j }) => j.agrees).length).padStart(5)} of ${String(own.length).padStart(4)}  ${network}`,
  );
}
const right = judged.length - missed.length;
console.log(
  `${String(right).padStart(5)} of ${String(judged.length).padStart(4)}  judged as labelled: ${((100 * right) / judged.length).toFixed(1)} %`,
);
console.log(`${missed.filter(({ j }) => j.falseAccept).length} wrong formulas called correct`);
