// The checking file of one student's sheet: an assignment with the student's own network in it.

import type { Assignment, ByLanguage, QuestionSpec } from './assignment.ts';
import type { DrawnNetwork } from './exercise.ts';

/** The file's text: YAML whose values are written as JSON. `notation`: its name, or the path from where the file stands. */
export function checkingFile(
  a: Assignment,
  student: string,
  network: DrawnNetwork,
  notation: string | null,
): string {
  const lines: [string, unknown][] = [
    ['student', student],
    ['title', plainText(a.title)],
    ...(notation === null ? [] : [['notation', notation] as [string, unknown]]),
    ...(a.convention.length === 0 ? [] : [['convention', a.convention] as [string, unknown]]),
    ['lang', a.lang],
    ['hints', a.hints],
  ];
  const rubric = [...a.rubric].map(([key, share]): [string, unknown] => [key, share]);
  return [
    ...lines.map(([key, value]) => `${key}: ${JSON.stringify(value)}`),
    'network:',
    ...block(network),
    'questions:',
    ...a.questions.map((q) => `  - ${flow(questionKeys(q))}`),
    ...(rubric.length === 0 ? [] : [`rubric: ${flow(rubric)}`]),
    '',
  ].join('\n');
}

const plainText = (text: ByLanguage): unknown => (typeof text === 'string' ? text : Object.fromEntries(text));

const block = (network: DrawnNetwork): string[] => [
  `  layers: ${JSON.stringify(network.layers)}`,
  `  activation: ${JSON.stringify(network.activation)}`,
  `  loss: ${JSON.stringify(network.loss)}`,
  '  values:',
  ...Object.entries(network.values).map(([name, value]) => `    ${name}: ${JSON.stringify(value)}`),
];

const flow = (pairs: readonly (readonly [string, unknown])[]): string =>
  `{${pairs.map(([key, value]) => `${key}: ${JSON.stringify(value)}`).join(', ')}}`;

/** The keys of a question that say something. */
function questionKeys(q: QuestionSpec): readonly (readonly [string, unknown])[] {
  const pairs: readonly (readonly [string, unknown])[] = [
    ['id', q.id],
    ['target', q.target],
    ['expect', q.expect],
    ['kind', q.kind === 'formula' ? null : q.kind],
    ['form', q.form],
    ['points', q.points],
    ['tolerance', q.tolerance],
    ['accept', q.accept.length === 0 ? null : q.accept],
    ['text', q.text === null ? null : plainText(q.text)],
    ['tensors', q.tensors],
    ['functions', q.functions.length === 0 ? null : q.functions],
  ];
  return pairs.filter(([, value]) => value !== null);
}
