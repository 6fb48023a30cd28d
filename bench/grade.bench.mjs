// H1: a class of 300 students with 4 questions, graded with start-up: to its tables, and with everybody's feedback.

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inTurns, median, processOf, report } from './measure.mjs';

const STUDENTS = 300;

/** Answers as people write them: right ones first, then slips. */
const ANSWERS = {
  q1: {
    right: [
      "\\delta^L = \\nabla_a C \\odot \\sigma'(z^L)",
      "\\delta_j^L = \\frac{\\partial C}{\\partial a_j^L} \\sigma'(z_j^L)",
      "δ^L = ∇_a C ⊙ σ'(z^L)",
      '\\delta^{L} = \\frac{\\partial C}{\\partial a^{L}} \\odot \\sigma^\\prime (z^L)',
    ],
    wrong: [
      "\\delta^L = -\\nabla_a C \\odot \\sigma'(z^L)",
      '\\delta^L = \\nabla_a C \\odot \\sigma(z^L)',
      '\\delta^L = \\nabla_a C',
      "\\delta^L = (a^L - y) \\odot \\sigma'(z^L)",
      "\\delta^L = \\nabla_a C \\odot \\sigma'(a^L)",
      '\\delta^L = \\frac{\\partial C}{\\partial z^L}',
      '\\delta^L = \\nabla_a C \\odot',
    ],
  },
  q2: {
    right: [
      "\\delta^l = ((w^{l+1})^T \\delta^{l+1}) \\odot \\sigma'(z^l)",
      "\\delta_j^l = \\sum_k w_{kj}^{l+1} \\delta_k^{l+1} \\sigma'(z_j^l)",
      "\\delta_j^l = \\sigma'(z_j^l) \\sum_i w_{ij}^{l+1} \\delta_i^{l+1}",
    ],
    wrong: [
      "\\delta^l = (w^{l+1} \\delta^{l+1}) \\odot \\sigma'(z^l)",
      '\\delta^l = (w^{l+1})^T \\delta^{l+1}',
      "\\delta^l = ((w^{l})^T \\delta^{l+1}) \\odot \\sigma'(z^l)",
      '\\delta^l = ((w^{l+1})^T \\delta^{l+1}) \\odot \\sigma(z^l)',
      "\\delta^l = ((w^{l+1})^T \\delta^{l+1}) \\odot \\sigma'(a^l)",
      "\\delta_j^l = w_{kj}^{l+1} \\delta_k^{l+1} \\sigma'(z_j^l)",
    ],
  },
  q3: {
    right: [
      '\\frac{\\partial C}{\\partial b_j^l} = \\delta_j^l',
      '\\frac{\\partial C}{\\partial b^l} = \\delta^l',
    ],
    wrong: [
      '\\frac{\\partial C}{\\partial b_j^l} = \\delta_j^{l+1}',
      "\\frac{\\partial C}{\\partial b_j^l} = \\delta_j^l \\sigma'(z_j^l)",
      '\\frac{\\partial C}{\\partial b_j^l} = 1',
    ],
  },
  q4: {
    right: [
      '\\frac{\\partial C}{\\partial w_{jk}^l} = a_k^{l-1} \\delta_j^l',
      '\\frac{\\partial C}{\\partial w^l} = \\delta^l (a^{l-1})^T',
    ],
    wrong: [
      '\\frac{\\partial C}{\\partial w_{jk}^l} = a_j^{l-1} \\delta_k^l',
      '\\frac{\\partial C}{\\partial w^l} = a^{l-1} (\\delta^l)^T',
      '\\frac{\\partial C}{\\partial w_{jk}^l} = a_k^{l} \\delta_j^l',
      '\\frac{\\partial C}{\\partial w_{jk}^l} = \\delta_j^l',
    ],
  },
};

const ASSIGNMENT = `network: general
questions:
  - {id: q1, target: bp1, points: 2}
  - {id: q2, target: bp2, points: 3}
  - {id: q3, target: bp3, points: 1}
  - {id: q4, target: bp4, points: 3}
rubric: {unfinished: 50%, special-case: 50%, sign: 75%, transpose-missing: 50%, default: 0}
`;

/** Numbers from 0 to 1, the same in every run. */
function drawer() {
  let state = 20_26;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** The same formula with somebody's own blanks and braces: other texts, equal readings. */
const written = (formula, draw) => {
  const changes = [
    [' = ', '='],
    [/\\odot /, '\\odot\\, '],
    ['\\frac', '\\dfrac'],
    [/\^l\b/g, '^{l}'],
    [/$/, '.'],
  ];
  return changes.reduce((text, [from, to]) => (draw() < 0.25 ? text.replace(from, () => to) : text), formula);
};

function handIn(folder) {
  const draw = drawer();
  mkdirSync(join(folder, 'in'));
  for (let i = 1; i <= STUDENTS; i++) {
    const sections = Object.entries(ANSWERS).map(([id, { right, wrong }]) => {
      const list = draw() < 0.65 ? right : wrong;
      return `## ${id}\n\n$$\n${written(list[Math.floor(draw() * list.length)], draw)}\n$$\n`;
    });
    writeFileSync(join(folder, 'in', `s${String(i).padStart(3, '0')}.md`), sections.join('\n'));
  }
  writeFileSync(join(folder, 'assignment.yaml'), ASSIGNMENT);
}

const folder = mkdtempSync(join(tmpdir(), 'chainrule-bench-'));
try {
  handIn(folder);
  const out = join(folder, 'out');
  const grade = (...flags) =>
    processOf(
      'dist/cli.js',
      'grade',
      join(folder, 'assignment.yaml'),
      join(folder, 'in'),
      '-o',
      out,
      ...flags,
    );
  grade();
  const rows = readFileSync(join(out, 'grades.csv'), 'utf8').trim().split('\n');
  const scored = rows.filter((row) => /,9,9,/.test(row)).length;
  if (rows.length !== STUDENTS + 1 || scored < STUDENTS / 20)
    throw new Error('the class is not graded as it should be');
  const times = await inTurns({ tables: () => grade('--no-feedback'), all: () => grade() }, 5);
  const seconds = (list) => ({
    value: median(list) / 1000,
    from: Math.min(...list) / 1000,
    to: Math.max(...list) / 1000,
  });
  report(
    'H1',
    'a class of 300 with 4 questions to its tables, with start-up',
    seconds(times.tables),
    ' s',
    2,
  );
  report('H1', "the same with everybody's feedback and the report", seconds(times.all), ' s', 10);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
