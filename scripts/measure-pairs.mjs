// Measures the comparison on a file of pairs (JSON lines `{id, a, b, equal}` or a table like test/fixtures/index-pairs.txt):
// `node scripts/measure-pairs.mjs FILE [--quiet]` prints each miss, then how many, which stage decided, and the speed.

import { readFileSync } from 'node:fs';
import { bundled } from './bundled.mjs';

const [file, option] = process.argv.slice(2);
if (file === undefined) {
  console.error('measure-pairs: which file of pairs?');
  process.exit(2);
}

const { pairsOf, questionOf, judged } = await bundled('test/homework/pairs.ts');
const counts = new Map();
const count = (name) => counts.set(name, (counts.get(name) ?? 0) + 1);

/** What a verdict means for a pair: right, a false accept, a false reject, or undecided. */
function outcome(pair, verdict) {
  if (verdict === 'undecided') return pair.equal ? 'undecided, though equal' : 'undecided, though different';
  const accepted = verdict === 'equal';
  if (accepted === pair.equal) return 'right';
  return accepted ? 'false accept' : 'false reject';
}

function detail(result) {
  if (result.verdict === 'undecided') return result.why;
  if (result.verdict !== 'different') return result.verdict;
  const { left, right, env } = result.witness;
  return `${left} and ${right} at ${[...env].map(([k, v]) => `${k}=${v}`).join(', ') || 'a point'}`;
}

const pairs = pairsOf(readFileSync(file, 'utf8'));
const read = [];
for (const pair of pairs) {
  try {
    read.push({ pair, question: questionOf(pair) });
  } catch (error) {
    count('unread');
    console.log(`unread: ${pair.id}: ${pair.a} | ${pair.b}: ${error.message}`);
  }
}
const times = [];
for (const { pair, question } of read) {
  const start = performance.now();
  const result = judged(question);
  times.push(performance.now() - start);
  const how = outcome(pair, result.verdict);
  count(how);
  count(`  decided by: ${result.verdict === 'equal' ? result.stage : result.verdict}`);
  if (how !== 'right' && option !== '--quiet')
    console.log(`${how}: ${pair.id}: ${pair.a} | ${pair.b}: ${detail(result)}`);
}
const again = read.map(({ pair }) => questionOf(pair));
const start = performance.now();
for (const question of again) judged(question);
const warm = performance.now() - start;
console.log(`\n${file}: ${pairs.length} pairs, ${pairs.filter((p) => p.equal).length} of them equal`);
for (const [name, n] of [...counts].sort()) console.log(`${String(n).padStart(6)}  ${name}`);
console.log(
  `first run ${times.reduce((s, t) => s + t, 0).toFixed(0)} ms, slowest ${Math.max(...times).toFixed(1)} ms`,
);
console.log(`warm: ${Math.round((1000 * again.length) / warm)} checks a second`);
