// Sheets: each student's own network, the same every time; the checking file takes the right numbers and no others.

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { readAssignment } from '../../src/assignment.ts';
import { drawSpec } from '../../src/assignment-draw.ts';
import { exerciseCommand } from '../../src/cli-exercise.ts';
import { gradeCommand } from '../../src/cli-grade.ts';
import { drawnShape } from '../../src/exercise.ts';
import { courseOf } from '../../src/grade-class.ts';
import { emptyFolder } from '../doors/run.ts';

const ASSIGNMENT = `title: {en: By hand, zh: 手算}
draw: {layers: [3, 4], widths: [2, 3], activation: [sigmoid, tanh], loss: [mse, sse]}
questions:
  - {id: q1, target: "delta[L]", kind: number, points: 2}
  - {id: q2, target: "dC/dw[2][1,2]", kind: number, tolerance: 2%, points: 2}
  - {id: q3, target: bp2, kind: derivation, points: 3}
rubric: {unfinished: 50%, sign: 75%}
`;

const printed = { out: '' };
beforeEach(() => {
  printed.out = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed.out += String(text);
    return true;
  });
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  return () => vi.restoreAllMocks();
});

async function sheets(
  students: readonly string[],
  seed: number,
  text = ASSIGNMENT,
): Promise<(path: string) => string> {
  const folder = emptyFolder();
  writeFileSync(join(folder, 'assignment.yaml'), text);
  mkdirSync(join(folder, 'out'));
  await exerciseCommand(join(folder, 'assignment.yaml'), {
    student: students,
    seed,
    out: join(folder, 'out'),
  });
  return (path) => (path === '' ? join(folder, 'out') : readFileSync(join(folder, 'out', path), 'utf8'));
}

test('the shape is within what the assignment says, and depends on student and seed alone', () => {
  const spec = { layers: [2, 5], widths: [1, 4], activation: ['a', 'b'], loss: ['c'] } as const;
  fc.assert(
    fc.property(fc.string(), fc.nat(), (student, seed) => {
      const drawn = drawnShape(spec, student, seed);
      expect(drawn).toEqual(drawnShape(spec, student, seed));
      expect(drawn.layers.length).toBeGreaterThanOrEqual(2);
      expect(drawn.layers.length).toBeLessThanOrEqual(5);
      for (const width of drawn.layers) expect([1, 2, 3, 4]).toContain(width);
      expect(spec.activation).toContain(drawn.activation);
    }),
  );
  const many = Array.from({ length: 40 }, (_, i) => JSON.stringify(drawnShape(drawSpec(null), `s${i}`, 1)));
  expect(new Set(many).size).toBe(40);
});

describe('sheets', () => {
  test('are the same for the same seed, and another for another student', async () => {
    const one = await sheets(['ada', 'bob'], 7);
    const two = await sheets(['bob'], 7);
    expect(one('bob.md')).toBe(two('bob.md'));
    expect(one('checks/bob.yaml')).toBe(two('checks/bob.yaml'));
    expect(one('ada.md')).not.toBe(one('bob.md').replace('bob', 'ada'));
    expect(readdirSync(one('')).sort()).toEqual(['ada.md', 'bob.md', 'checks', 'solutions']);
  });

  test.each(['en', 'zh'])(
    'are submissions with empty answers, their solutions hold the numbers (%s)',
    async (lang) => {
      const read = await sheets(['ada'], 3, `${ASSIGNMENT}lang: ${lang}\n`);
      expect(read('ada.md')).not.toMatch(/undefined|null|NaN|\[object/);
      expect(read('ada.md').match(/[)）]\n\n\$\$\n\n\$\$/g)?.length).toBe(3);
      expect(read('solutions/ada.md')).toMatch(lang === 'zh' ? /^# 手算：解答\n/ : /^# By hand: solution\n/);
      await gradeCommand(join(read(''), 'checks', 'ada.yaml'), [join(read(''), 'ada.md')], {});
      expect(printed.out).toContain('ada,,,,,7,');
    },
  );

  test('the checking file takes the right numbers, and nobody else’s', async () => {
    const read = await sheets(['ada', 'bob'], 5);
    const course = await courseOf(join(read(''), 'checks', 'ada.yaml'));
    const values = course.questions.slice(0, 2).map(({ of }) => {
      const q = of('');
      return q.kind === 'number' ? q.values.map((x) => x.toPrecision(4)).join(', ') : '';
    });
    const filled = (text: string): string =>
      values.reduce(
        (t, v) => t.replace(/(## q[^$]*\$[^$]*\$[^$]*)\$\$\n\n\$\$/, (_, head) => `${head}$$\n${v}\n$$`),
        text,
      );
    const own = join(read(''), 'own.md');
    writeFileSync(own, filled(read('ada.md')));
    await gradeCommand(join(read(''), 'checks', 'ada.yaml'), [own], {});
    expect(printed.out).toContain('own,2,2,,,7,');
    printed.out = '';
    await gradeCommand(join(read(''), 'checks', 'bob.yaml'), [own], {});
    expect(printed.out).toContain('own,0,0,,,7,');
    for (const v of values)
      expect(read('solutions/ada.md').replaceAll('\\ ', '')).toContain(
        Number(v.split(', ')[0]).toPrecision(2).slice(0, 4),
      );
  });

  test('a folder of checking files grades each by the student’s own', async () => {
    const read = await sheets(['ada', 'bob', 'cy'], 5);
    const handIn = join(read(''), 'in');
    mkdirSync(handIn);
    for (const id of ['ada', 'bob']) {
      const { questions } = await courseOf(join(read(''), 'checks', `${id}.yaml`));
      const q = questions[0]?.of('');
      const value = q?.kind === 'number' ? q.values.join(', ') : '';
      writeFileSync(join(handIn, `${id}.md`), `## q1\n${value}\n## q2\n7\n## q3\ndelta[l] = dC/dz[l]\n`);
    }
    writeFileSync(join(handIn, 'zed.md'), '## q1\n1\n');
    await gradeCommand(join(read(''), 'checks'), [handIn], { out: join(read(''), 'graded') });
    expect(read('graded/grades.csv').split('\r\n')).toEqual([
      'student,q1,q2,q3,total,max,needs_person',
      'ada,2,0,1.5,3.5,7,',
      'bob,2,0,1.5,3.5,7,',
      'cy,,,,,7,',
      'zed,,,,,7,',
      '',
    ]);
    expect(read('graded/report.html')).toContain(
      'zed: there is no checking file for this student; nothing was graded.',
    );
    expect(read('graded/feedback/bob.md')).toContain('feedback for bob');
  });

  test('checking files keep what the assignment says', async () => {
    const read = await sheets(['ada'], 1);
    const again = readAssignment(read('checks/ada.yaml'), 'ada.yaml');
    const first = readAssignment(ASSIGNMENT, 'a.yaml');
    expect(again.questions).toEqual(first.questions);
    expect([...again.rubric]).toEqual([...first.rubric]);
  });

  test('an activation that there isn’t is said at its place', async () => {
    await expect(
      sheets(['ada'], 1, 'draw: {activation: sigmod}\nquestions: [{id: q1, target: bp1}]\n'),
    ).rejects.toThrow(/assignment\.yaml:1:7: .*sigmod.*did you mean "sigmoid"/);
    await expect(sheets([], 1).then(() => exerciseCommand('none.yaml', {}))).rejects.toThrow(
      'there is no file none.yaml',
    );
  });
});
