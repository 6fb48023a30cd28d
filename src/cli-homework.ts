// The doors of homework: reading a formula, checking an answer, grading a class, writing sheets.

import type { Command } from 'commander';
import type { CheckFlags } from './cli-check.ts';
import type { ExerciseFlags } from './cli-exercise.ts';
import type { GradeFlags } from './cli-grade.ts';
import { choice, percentage, several, whole } from './cli-options.ts';
import type { ReadFlags } from './cli-read.ts';
import { languageCodes } from './lang/codes.ts';

const SYNTAXES = ['auto', 'latex', 'plain', 'unicode', 'numpy'];

export function readDoor(program: Command): void {
  program
    .command('read')
    .summary('how a formula is read')
    .description('Shows how a formula is read: as LaTeX, in plain syntax, as a tree.')
    .argument('<formula>', 'LaTeX, Unicode, plain text or NumPy; after -- it may begin with a minus sign')
    .option('--network <name>', 'a file, an example, widths, general, or none: names are real numbers')
    .option('--notation <name>', 'whose letters: a name, or a notation file')
    .option('--syntax <name>', SYNTAXES.join(', '), choice('--syntax', SYNTAXES))
    .option('--layer <letter>', 'the layer that letters without one belong to')
    .option('--lang <code>', languageCodes.join(' or '), choice('--lang', languageCodes))
    .option('--format <format>', 'text or json', choice('--format', ['text', 'json']))
    .action(async (formula: string, options: ReadFlags) => {
      const { readCommand } = await import('./cli-read.ts');
      await readCommand(formula, options);
    });
}

export function checkDoor(program: Command): void {
  program
    .command('check')
    .summary('check an answer')
    .description('Says whether an answer is right, and if not, which slip was made.')
    .argument('[answer]', 'the formula, or - for standard input; after -- it may begin with a minus sign')
    .option('--target <name>', 'what is asked: bp1 to bp4, dC/dw[l], ...')
    .option('--expect <formula>', 'the right answer, where it is no target')
    .option('--network <name>', 'a file, an example, widths, or general')
    .option('--notation <name>', 'whose letters: a name, or a notation file')
    .option('--convention <name=value>', 'such as weights=in-out,delta=a; may be repeated', several)
    .option('--accept <name=value>', 'a convention that is right too; may be repeated', several)
    .option('--number', 'the answer is a number of the concrete network')
    .option('--tolerance <percent>', 'how far a number may be off', percentage)
    .option('--hints <N>', '0 the verdict, 1 where, 2 which slip, 3 the right answer', whole('--hints', 0, 3))
    .option('--syntax <name>', SYNTAXES.join(', '), choice('--syntax', SYNTAXES))
    .option('--lang <code>', languageCodes.join(' or '), choice('--lang', languageCodes))
    .option('--file <file>', 'the answer is in a file')
    .option('--batch <file>', 'one question and answer a line, as JSON; one verdict a line comes out')
    .option('--replay <results>', "check recorded answers again; with an id, one student's in full")
    .option('--format <format>', 'text, md or json', choice('--format', ['text', 'md', 'json']))
    .action(async (answer: string | undefined, options: CheckFlags) => {
      if (options.replay !== undefined) {
        const { replayCommand } = await import('./grade-replay.ts');
        process.exitCode = await replayCommand(options.replay, answer, options);
        return;
      }
      const { checkCommand } = await import('./cli-check.ts');
      process.exitCode = await checkCommand(answer, options);
    });
}

export function gradeDoor(program: Command): void {
  program
    .command('grade')
    .summary('grade a class')
    .description('Grades submissions: folders, files, archives or a form in a CSV file.')
    .argument('<assignment>', 'the assignment file')
    .argument('[submissions...]', 'folders, files, archives')
    .option('-o, --out <folder>', 'where feedback and reports go; left out: grades.csv on standard output')
    .option('--template', 'write the file that students fill in')
    .option('--selftest', 'check the assignment itself: right answers and planted slips')
    .option('--html', 'feedback as pages, too')
    .option('--no-feedback', 'grades, results and review only')
    .option('--bom', 'begin grades.csv with a byte order mark, for Excel')
    .option('--no-bom', 'begin it without one, where the language is Chinese')
    .option(
      '--for <grader>',
      'results.json for gradescope or prairielearn',
      choice('--for', ['gradescope', 'prairielearn']),
    )
    .option('--moodle <worksheet>', "fill in Moodle's grading worksheet")
    .action(async (assignment: string, submissions: string[], options: GradeFlags) => {
      const { gradeCommand } = await import('./cli-grade.ts');
      process.exitCode = await gradeCommand(assignment, submissions, options);
    });
}

export function exerciseDoor(program: Command): void {
  program
    .command('exercise')
    .summary("write each student's own sheet")
    .description("Writes sheets with each student's own network, their solutions and checking files.")
    .argument('<assignment>', 'the assignment file')
    .option('--student <id>', 'whose sheet; may be repeated; left out: everybody on the roster', several)
    .option('--seed <N>', 'draws the networks', whole('--seed', 0, 1_000_000))
    .option('--html', 'pages to print, too')
    .option('-o, --out <folder>', 'where to')
    .action(async (assignment: string, options: ExerciseFlags) => {
      const { exerciseCommand } = await import('./cli-exercise.ts');
      process.exitCode = await exerciseCommand(assignment, options);
    });
}
