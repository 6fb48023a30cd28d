#!/usr/bin/env node
// The command line: doors, options and exit codes. What a door needs is loaded when it is opened.

import { Command, CommanderError } from 'commander';
import type { CostFlags } from './cli-cost.ts';
import type { DeriveFlags } from './cli-derive.ts';
import type { EmbedFlags } from './cli-embed-file.ts';
import { EXIT, endingOf, quietOnClosedPipe } from './cli-errors.ts';
import type { EvaluateFlags } from './cli-evaluate.ts';
import { checkDoor, exerciseDoor, gradeDoor, readDoor } from './cli-homework.ts';
import { choice, choices, entryNumbers, several, whole } from './cli-options.ts';
import type { RenderFlags } from './cli-render.ts';
import { blankKinds, purposes, sectionNames } from './document/purposes.ts';
import { UserError } from './expr/error.ts';
import { languageCodes } from './lang/codes.ts';
import { suggestion } from './text/nearest.ts';
import { version } from './version.ts';

const FORMATS = ['text', 'md', 'html', 'tex', 'json', 'ipynb'];
const FORMS = ['component', 'matrix', 'both'];
const DETAILS = ['brief', 'textbook', 'full'];

const DOORS = `chainrule derives the backpropagation equations of a network, line by line.

  chainrule start                                the example: a 2-3-2 network, derived into two documents
  chainrule derive 2-3-2                         its derivation on the terminal
  chainrule derive 784-30-10 -o digits.html      a document with every formula typeset, to be read offline
  chainrule derive net.yaml --target bp2         one equation of a network of your own
  chainrule derive --target "sigmoid'"           the derivative of an activation
  chainrule evaluate 2-3-2                       forward values, errors and gradients, checked
  chainrule cost 784-38-10                       what differences would cost, and backpropagation does
  chainrule check "\\delta^l = ..." --target bp2  a student's answer: right, or which slip
  chainrule grade assignment.yaml work/          a whole class
  chainrule exercise assignment.yaml             a sheet for each student, with a network of their own
  chainrule embed notes.md                       fills the regions of course notes, and keeps them right
  chainrule render notes.md -o notes.html        course notes as one page to be read offline
  chainrule read "W^T \\delta"                    how a formula is read
  chainrule init                                 a commented network.yaml to begin with
  chainrule list networks                        what there is: networks, rules, notations, activations, losses

chainrule <door> --help says what a door can do.
`;

/** The options that say which network it is, beyond its file. */
function networkOptions(command: Command): Command {
  return command
    .option('--activation <name>', 'the activation: a name, or a formula in z')
    .option('--output <name>', "the last layer's activation")
    .option('--loss <name>', 'the loss: a name, or a formula over a[j] and y[j]')
    .option(
      '--notation <name>',
      'whose letters and conventions: see chainrule list notations, or a file of your own',
    )
    .option('--seed <N>', 'draws the numbers that the file does not give', whole('--seed', 0, 1_000_000));
}

/** The options that say what kind of document it is. */
function documentOptions(command: Command): Command {
  return command
    .option('--document <kind>', purposes.join(', '), choice('--document', purposes))
    .option(
      '--sections <names>',
      `of the course: ${sectionNames.join(', ')}`,
      choices('--sections', sectionNames),
    )
    .option('--only <target>', 'this equation and nothing around it; may be repeated', several)
    .option('--blanks <what>', 'gaps to fill in: steps, reasons, numbers', choices('--blanks', blankKinds))
    .option('--title <text>', "the document's title")
    .option('--author <name>', 'who wrote it')
    .option('--course <name>', 'the course it is for')
    .option('--date <date>', 'its date')
    .option('--licence <text>', 'the line that says how it may be passed on')
    .option('--paper <size>', 'a4 or letter', choice('--paper', ['a4', 'letter']));
}

function deriveDoor(program: Command): void {
  const command = program
    .command('derive')
    .summary('derive the equations of a network')
    .description(
      'Derives the equations of a network and proves every line. Without a network: any depth, any widths.',
    )
    .argument(
      '[network]',
      'a file, an example (chainrule list networks), widths such as 784-30-10, or - for standard input',
    )
    .option(
      '--target <name>',
      "bp1 to bp4, dC/dw[l], dC/dx, da[L]/dz[L], sigmoid', loss'; may be repeated",
      several,
    )
    .option('--form <form>', 'component, matrix or both', choice('--form', FORMS))
    .option('--detail <grain>', 'brief, textbook or full', choice('--detail', DETAILS))
    .option('--via <entry>', 'what the chain rule goes through, such as z[l+1]; may be repeated', several)
    .option('--entry <slots>', 'the entry whose numbers are shown, such as 1,2', entryNumbers)
    .option('--digits <N>', 'significant digits of numbers', whole('--digits', 1, 15))
    .option('--shapes', 'print shapes')
    .option('--no-numbers', 'formulas only')
    .option('--lang <code>', languageCodes.join(' or '), choice('--lang', languageCodes))
    .option('--format <format>', 'text, md, html, tex, json or ipynb', choice('--format', FORMATS))
    .option(
      '--for <reader>',
      'for whom Markdown is written: github, pandoc, quarto, myst, mdx, vitepress, obsidian, ipynb',
    )
    .option('-o, --out <file>', 'write to a file; its name says the format');
  documentOptions(command);
  networkOptions(command).action(async (network: string | undefined, options: DeriveFlags) => {
    const { deriveCommand } = await import('./cli-derive.ts');
    await deriveCommand(network, options);
  });
}

function evaluateDoor(program: Command): void {
  const command = program
    .command('evaluate')
    .summary('forward values, errors and gradients of a network')
    .description(
      'Prints forward values, errors and gradients of a network with numbers, and how well they agree with an independent check.',
    )
    .argument('<network>', 'a file, an example, widths such as 2-3-2, or - for standard input')
    .option('--digits <N>', 'significant digits of numbers', whole('--digits', 1, 15))
    .option('--format <format>', 'table or json', choice('--format', ['table', 'json']))
    .option('-o, --out <file>', 'write to a file');
  networkOptions(command).action(async (network: string, options: EvaluateFlags) => {
    const { evaluateCommand } = await import('./cli-evaluate.ts');
    await evaluateCommand(network, options);
  });
}

function costDoor(program: Command): void {
  const command = program
    .command('cost')
    .summary('passes and products of a gradient, measured')
    .description(
      'Counts what a gradient costs by differences and by backpropagation, on a run of the network.',
    )
    .argument('<network>', 'a file, an example, widths such as 2-3-2, or - for standard input')
    .option('--every-pass', 'run every pass of the differences, however long it takes')
    .option('--format <format>', 'table or json', choice('--format', ['table', 'json']))
    .option('-o, --out <file>', 'write to a file');
  networkOptions(command).action(async (network: string, options: CostFlags) => {
    const { costCommand } = await import('./cli-cost.ts');
    await costCommand(network, options);
  });
}

function embedDoor(program: Command): void {
  program
    .command('embed')
    .summary('fill the regions of notes in place')
    .description(
      'Fills what stands between <!-- chainrule bp2 --> and <!-- /chainrule --> in notes: Markdown, LaTeX, HTML, notebooks.',
    )
    .argument('<files...>', 'the notes')
    .option('--check', 'write nothing; list stale regions and end with 1 where there is one')
    .option('--watch', 'go on, and fill them again when something they are made from changes')
    .option('--force', 'replace what was changed by hand')
    .option('--for <host>', 'for whom the notes are: github, pandoc, ...')
    .option('--root <folder>', 'where networks and notations may lie; else the folder of each file')
    .action(async (files: string[], options: EmbedFlags) => {
      const { embedCommand } = await import('./cli-embed.ts');
      process.exitCode = await embedCommand(files, options);
    });
}

function renderDoor(program: Command): void {
  program
    .command('render')
    .summary('course notes as one page')
    .description(
      'Renders notes in Markdown, with the formulas and derivations that they ask for, into one HTML file to be read offline.',
    )
    .argument('<notes>', 'the notes, or - for standard input')
    .option('-o, --out <file>', 'write to a file')
    .option('--title <text>', "the page's title")
    .option('--lang <code>', languageCodes.join(' or '), choice('--lang', languageCodes))
    .option('--notation <name>', 'whose letters and conventions, where the notes say none')
    .option('--paper <size>', 'a4 or letter', choice('--paper', ['a4', 'letter']))
    .option('--root <folder>', 'where networks and pictures may lie; else the folder of the notes')
    .option('--keep-going', 'write the page even where something is wrong: a box says what')
    .action(async (notes: string, options: RenderFlags) => {
      const { renderCommand } = await import('./cli-render.ts');
      process.exitCode = await renderCommand(notes, options);
    });
}

function otherDoors(program: Command): void {
  program
    .command('init')
    .summary('write a commented network file')
    .argument('[file]', 'where to', 'network.yaml')
    .option('--equations', 'one that gives the forward equations themselves')
    .action(async (file: string, options: { equations?: boolean }) => {
      const { initCommand } = await import('./cli-init.ts');
      initCommand(file, options.equations === true);
    });
  program
    .command('list')
    .summary('what there is')
    .argument('[what]', 'networks, rules, notations, activations or losses')
    .action(async (what: string | undefined) => {
      const { listCommand } = await import('./cli-list.ts');
      listCommand(what);
    });
  program
    .command('start')
    .summary('the example, derived into derivation.md and derivation.html')
    .action(async () => {
      const { startCommand } = await import('./start.ts');
      await startCommand();
    });
}

function programOf(): Command {
  const program = new Command('chainrule')
    .description('Derives the backpropagation equations of a network, line by line.')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [door]', 'what a door can do')
    .exitOverride()
    .configureOutput({ writeErr: () => {} })
    .argument(
      '[door]',
      'derive, evaluate, cost, embed, render, read, check, grade, exercise, init, list or start',
    )
    .usage('<door> ...')
    .action((door: string | undefined) => {
      if (door !== undefined)
        throw new UserError(`there is no door "${door}"${suggestion(door, doorsOf(program))}`);
      process.stdout.write(DOORS);
    });
  deriveDoor(program);
  evaluateDoor(program);
  costDoor(program);
  embedDoor(program);
  renderDoor(program);
  readDoor(program);
  checkDoor(program);
  gradeDoor(program);
  exerciseDoor(program);
  otherDoors(program);
  return program;
}

const doorsOf = (program: Command): string[] => program.commands.map((c) => c.name());

/** Commander's complaint as one sentence of ours: `unknown option "--fromat"; did you mean "--format"?`. */
function complaint(error: CommanderError): string {
  const [first = '', hint = ''] = error.message.replace(/^error: /, '').split('\n');
  const near = /Did you mean (?:one of )?(.+)\?\)/.exec(hint)?.[1]?.split(', ')[0];
  const sentence = first
    .replace(/'([^']*)'/g, '"$1"')
    .replace('. Expected', ': expected')
    .replace(/\.$/, '');
  return near === undefined ? sentence : `${sentence}; did you mean "${near}"?`;
}

/** Runs the command line; the exit code is left in `process.exitCode`. */
async function main(args: readonly string[]): Promise<void> {
  quietOnClosedPipe();
  try {
    await programOf().parseAsync(args, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return;
    const { sentence, code } =
      error instanceof CommanderError ? { sentence: complaint(error), code: EXIT.misuse } : endingOf(error);
    process.stderr.write(`${sentence}\n`);
    process.exitCode = code;
  }
}

await main(process.argv.slice(2));
