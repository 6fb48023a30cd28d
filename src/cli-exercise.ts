// `chainrule exercise`: for each student a sheet with a network of its own, its solution, and the file that checks it.

import { readFileSync } from 'node:fs';
import { dirname, isAbsolute, join, relative } from 'node:path';
import { type Assignment, readAssignment } from './assignment.ts';
import type { DocumentText } from './document/blocks.ts';
import { type DrawnNetwork, drawnNetwork, drawnShape } from './exercise.ts';
import { checkingFile } from './exercise-check.ts';
import { sheetDocument } from './exercise-sheet.ts';
import { UserError } from './expr/error.ts';
import { readInput } from './files.ts';
import { markdown } from './formats/markdown.ts';
import { courseFrom } from './grade-class.ts';
import { fileNames, type Outputs, writeOutputs } from './grade-files.ts';
import { buildNetwork } from './model/network.ts';
import type { BuildOptions, Network } from './model/spec.ts';
import { withParser } from './network-input.ts';
import { readRoster } from './roster.ts';
import { templatesFolder } from './templates.ts';

export interface ExerciseFlags {
  /** Whose sheet; may be repeated. Left out: everybody's on the roster. */
  readonly student?: readonly string[];
  readonly seed?: number;
  /** The folder; left out: the current one. */
  readonly out?: string;
  /** Pages to print, too. */
  readonly html?: boolean;
}

export async function exerciseCommand(path: string, flags: ExerciseFlags): Promise<number> {
  const text = readInput(path);
  const assignment = readAssignment(text, path);
  const out = flags.out ?? '.';
  const students = flags.student ?? rosterOf(path, assignment.students);
  const names = fileNames(students);
  const template = readFileSync(join(templatesFolder(), 'exercises', `sheet.${assignment.lang}.eta`), 'utf8');
  const { notation } = assignment;
  const beside = notation !== null && /[/\\]|\.(ya?ml|json)$/i.test(notation) && !isAbsolute(notation);
  const letters =
    beside && notation !== null ? relative(join(out, 'checks'), join(dirname(path), notation)) : notation;
  const files: Outputs = new Map();
  for (const student of students) {
    const name = names.get(student) ?? student;
    const { drawn, build } = await drawnFor(assignment, student, flags.seed ?? 1);
    const check = checkingFile(assignment, student, drawn, letters);
    const course = await courseFrom(
      readAssignment(check, `${name}.yaml`),
      join(out, 'checks', `${name}.yaml`),
    );
    const network = build({ conventions: course.feedback.notation.conventions });
    const request = { course, network, student, template };
    const sheet = sheetDocument({ ...request, solution: false });
    const solution = sheetDocument({ ...request, solution: true });
    files.set(`${name}.md`, withSpace(markdown.render(sheet, {})));
    files.set(`solutions/${name}.md`, markdown.render(solution, {}));
    files.set(`checks/${name}.yaml`, check);
    if (flags.html === true) {
      files.set(`${name}.html`, await pageOf(sheet));
      files.set(`solutions/${name}.html`, await pageOf(solution));
    }
  }
  writeOutputs(out, files);
  const one = students.length === 1;
  process.stderr.write(
    `${out}: ${students.length} ${one ? 'sheet' : 'sheets'}, solutions in solutions/, checking files in checks/\n`,
  );
  return 0;
}

/** A student's network, and how it is built in other conventions. Throws at `draw` where there is no such network. */
async function drawnFor(
  { draw, source }: Assignment,
  student: string,
  seed: number,
): Promise<{ readonly drawn: DrawnNetwork; readonly build: (options: BuildOptions) => Network }> {
  const shape = drawnShape(draw, student, seed);
  try {
    const first = await withParser((options) => buildNetwork(shape, options));
    const drawn = drawnNetwork(shape, first({}));
    return { drawn, build: await withParser((options) => buildNetwork(drawn, options)) };
  } catch (error) {
    throw error instanceof UserError ? source.error(['draw'], error.message) : error;
  }
}

function rosterOf(path: string, roster: string | null): readonly string[] {
  if (roster === null)
    throw new UserError('say for whom: --student with an id, or a roster in the assignment');
  const file = isAbsolute(roster) ? roster : join(dirname(path), roster);
  return readRoster(readInput(file), file).students.map((s) => s.id);
}

/** The place for an answer as the dollars of a submission. */
const withSpace = (text: string): string => text.replace(/^```math\n+```$/gm, '$$$$\n\n$$$$');

async function pageOf(document: DocumentText): Promise<string> {
  const { html } = await import('./formats/html.ts');
  const { pageParts } = await import('./page-parts.ts');
  return html.render(document, { page: await pageParts() });
}
