// The doors `grade` and `exercise` of the command line: their options; what they need is loaded when they are opened.

import type { Command } from 'commander';
import type { ExerciseFlags } from './cli-exercise.ts';
import type { GradeFlags } from './cli-grade.ts';
import { choice, several, whole } from './cli-options.ts';

export function gradeDoors(program: Command): void {
  program
    .command('grade')
    .summary('grade what a class handed in')
    .description(
      'Grades submissions by an assignment: grades.csv, feedback for each student, a report, and review.csv for what a person decides.',
    )
    .argument('<assignment>', 'assignment.yaml: questions, points, rubric, roster')
    .argument('[submissions...]', 'files (.md, .tex, .csv, .ipynb), folders or .zip archives')
    .option('-o, --out <folder>', 'where everything is written; left out: grades.csv on standard output')
    .option('--template', 'write what students fill in')
    .option('--selftest', 'see whether right answers are accepted and planted slips are not')
    .option('--html', 'feedback as pages, too')
    .option('--no-feedback', 'tables only: grades.csv, results.ndjson, review.csv')
    .option('--bom', 'begin tables with the byte order mark that Excel needs')
    .option('--no-bom', 'begin tables without it')
    .option(
      '--for <system>',
      'results.json of one submission',
      choice('--for', ['gradescope', 'prairielearn']),
    )
    .option('--moodle <worksheet>', 'fill in a grading worksheet of Moodle')
    .action(async (assignment: string, submissions: string[], options: GradeFlags) => {
      const { gradeCommand } = await import('./cli-grade.ts');
      process.exitCode = await gradeCommand(assignment, submissions, options);
    });
  program
    .command('exercise')
    .summary("write each student's own sheet")
    .description(
      'Writes sheets with a network of its own for each student, their solutions, and the files by which grade checks them.',
    )
    .argument('<assignment>', 'assignment.yaml; its key draw says how networks are drawn')
    .option('--student <id>', 'whose sheet; may be repeated; left out: all on the roster', several)
    .option('--seed <N>', 'draws other networks', whole('--seed', 0, 1_000_000))
    .option('--html', 'pages to print, too')
    .option('-o, --out <folder>', 'where they are written; left out: the current folder')
    .action(async (assignment: string, options: ExerciseFlags) => {
      const { exerciseCommand } = await import('./cli-exercise.ts');
      process.exitCode = await exerciseCommand(assignment, options);
    });
}
