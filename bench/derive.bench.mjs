// S1, S2: BP1 to BP4 derived and lifted, every step recorded and printed as LaTeX; and what one step costs.

import { spawnSync } from 'node:child_process';
import { execPath } from 'node:process';
import { bundled, inTurns, median, report } from './measure.mjs';

const SOURCE = `
import { derive } from './src/engine/derive.ts';
import { latexEquation, latexTensor } from './src/text/latex.ts';
import { notations } from './src/tables/notations.ts';
import { networkFromName } from './src/model/network.ts';
import { askedOf, defaultTargets } from './src/results/targets.ts';
const network = networkFromName('general');
const asked = askedOf(network, defaultTargets(network));
const targets = asked.map((a) => a.goal);
const style = { notation: notations[0], system: network.system };
export function bp() {
  let steps = 0;
  const print = (left, list) => {
    for (const s of list) {
      latexEquation(left, s.after, style);
      steps++;
      print(left, s.from ?? []);
      if (s.lemma !== undefined) print(s.lemma.left, s.lemma.steps);
    }
  };
  for (const { system, goal } of asked) {
    for (const { derivation, matrix } of derive({ ...system }, goal, { targets }).cases) {
      print(derivation.left, derivation.steps);
      if ('why' in matrix) throw new Error(matrix.why);
      print(derivation.left, matrix.steps);
      latexTensor(matrix.right, style);
    }
  }
  return steps;
}
if (process.argv[2] === 'first') {
  const start = performance.now();
  const steps = bp();
  console.log(performance.now() - start, steps);
}
`;

await bundled(SOURCE, async (url, file) => {
  const first = Array.from({ length: 11 }, () => {
    const { stdout } = spawnSync(execPath, [file, 'first'], { encoding: 'utf8' });
    return Number(stdout.split(' ')[0]);
  });
  report('S1', 'BP1 to BP4, first run in a fresh process', spread(first), ' ms', 10);
  const { bp } = await import(url);
  let steps = 0;
  for (let i = 0; i < 60; i++) steps = bp();
  const { warm } = await inTurns({ warm: () => bp() }, 60);
  report('S1', 'BP1 to BP4, warm', spread(warm), ' ms', 0.5);
  report(
    'S2',
    `one recorded step with LaTeX (of ${steps}), warm`,
    spread(warm.map((t) => (1000 * t) / steps)),
    ' us',
    10,
  );
});

function spread(list) {
  const sorted = [...list].sort((a, b) => a - b);
  const at = (share) => sorted[Math.floor(share * (sorted.length - 1))];
  return { value: median(list), from: at(0.25), to: at(0.75) };
}
