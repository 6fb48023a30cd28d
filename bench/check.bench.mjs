// H1: homework answers read and judged, one core, warm: the everyday mix of right answers, other forms of them and slips.

import { bundled, inTurns, median, report } from './measure.mjs';

const SOURCE = `
import { checkJson } from './src/check-json.ts';
import { check } from './src/homework/check.ts';
import { questionOf } from './src/check-request.ts';
import { languages } from './src/lang/languages.ts';
import { buildNetwork } from './src/model/network.ts';
import { notations } from './src/tables/notations.ts';
const question = (target, content) => questionOf(
  { target, build: (o) => buildNetwork(content, o), conventions: [], accept: [] }, '');
const general = {};
const sigmoid = { activation: 'sigmoid', loss: 'mse' };
const MIX = [
  ['bp1', general, "\\\\delta^L = \\\\nabla_a C \\\\odot \\\\sigma'(z^L)", 'correct'],
  ['bp1', general, "\\\\delta_j^L = \\\\frac{\\\\partial C}{\\\\partial a_j^L} \\\\sigma'(z_j^L)", 'correct'],
  ['bp1', general, "\\\\delta^L = \\\\nabla_a C \\\\odot \\\\sigma(z^L)", 'incorrect'],
  ['bp1', sigmoid, "\\\\delta^L = (a^L - y) \\\\odot \\\\sigma'(z^L)", 'correct'],
  ['bp1', sigmoid, "\\\\delta^L = (a^L - y) \\\\odot a^L \\\\odot (1 - a^L)", 'correct'],
  ['bp1', sigmoid, "\\\\delta^L = (y - a^L) \\\\odot a^L \\\\odot (1 - a^L)", 'incorrect'],
  ['bp1', sigmoid, "delta[L] = a[L] - y", 'incorrect'],
  ['bp2', general, "\\\\delta^l = ((w^{l+1})^T \\\\delta^{l+1}) \\\\odot \\\\sigma'(z^l)", 'correct'],
  ['bp2', general, "delta[l] = (w[l+1]' * delta[l+1]) .* sigma'(z[l])", 'correct'],
  ['bp2', general, "\\\\delta_j^l = \\\\sum_k w_{kj}^{l+1} \\\\delta_k^{l+1} \\\\sigma'(z_j^l)", 'correct'],
  ['bp2', general, "\\\\delta_i^l = \\\\sigma'(z_i^l) \\\\sum_m w_{mi}^{l+1} \\\\delta_m^{l+1}", 'correct'],
  ['bp2', general, "\\\\delta^l = (w^{l+1} \\\\delta^{l+1}) \\\\odot \\\\sigma'(z^l)", 'incorrect'],
  ['bp2', general, "\\\\delta^l = (w^{l+1})^T \\\\delta^{l+1}", 'incorrect'],
  ['bp2', general, "\\\\delta^l = ((w^l)^T \\\\delta^{l+1}) \\\\odot \\\\sigma'(z^l)", 'incorrect'],
  ['bp2', general, "δˡ = ((wˡ⁺¹)ᵀ δˡ⁺¹) ⊙ σ'(zˡ)", 'correct'],
  ['bp2', general, "\\\\delta^l = \\\\partial C / \\\\partial z^l", 'unfinished'],
  ['bp3', general, "\\\\frac{\\\\partial C}{\\\\partial b^l} = \\\\delta^l", 'correct'],
  ['bp3', general, "dC/db[l][j] = delta[l][j]", 'correct'],
  ['bp3', general, "\\\\frac{\\\\partial C}{\\\\partial b_j^l} = \\\\delta_j^{l+1}", 'incorrect'],
  ['bp4', general, "\\\\frac{\\\\partial C}{\\\\partial w^l} = \\\\delta^l (a^{l-1})^T", 'correct'],
  ['bp4', general, "\\\\frac{\\\\partial C}{\\\\partial w_{jk}^l} = a_k^{l-1} \\\\delta_j^l", 'correct'],
  ['bp4', general, "dC/dw[l] = delta[l] * a[l-1]'", 'correct'],
  ['bp4', general, "\\\\frac{\\\\partial C}{\\\\partial w^l} = a^{l-1} (\\\\delta^l)^T", 'incorrect'],
  ['bp4', general, "\\\\frac{\\\\partial C}{\\\\partial w_{jk}^l} = a_k^l \\\\delta_j^l", 'incorrect'],
];
const known = new Map();
const asked = MIX.map(([target, content, text, verdict]) => {
  const key = target + JSON.stringify(content);
  if (!known.has(key)) known.set(key, question(target, content));
  return { q: known.get(key), text, verdict };
});
const options = { language: languages[0], notation: notations[0], hints: 2 };
// A blank more in each round: every text is read and judged anew; formulas met before are remembered, as in a class.
let rounds = 0;
const fresh = (text) => text + ' '.repeat(rounds);
export function judge() {
  rounds++;
  for (const { q, text, verdict } of asked) {
    const found = check(q, fresh(text));
    if (found.verdict !== verdict) throw new Error(text + ': ' + found.verdict);
  }
  return asked.length;
}
export function feedback() {
  rounds++;
  for (const { q, text } of asked) checkJson(check(q, fresh(text)), q, options);
  return asked.length;
}
`;

await bundled(SOURCE, async (url) => {
  const { judge, feedback } = await import(url);
  let answers = 0;
  for (let i = 0; i < 100; i++) answers = judge();
  for (let i = 0; i < 10; i++) feedback();
  const times = await inTurns({ judge: () => judge(), feedback: () => feedback() }, 60);
  const each = (list) => spread(list.map((t) => (1000 * t) / answers));
  report('H1', `one answer of ${answers} read and judged, warm`, each(times.judge), ' us', 500);
  report('H1', 'the same with all feedback as JSON, warm', each(times.feedback), ' us', 2000);
});

function spread(list) {
  const sorted = [...list].sort((a, b) => a - b);
  const at = (share) => sorted[Math.floor(share * (sorted.length - 1))];
  return { value: median(list), from: at(0.25), to: at(0.75) };
}
