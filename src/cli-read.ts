// `chainrule read`: how a formula is read, as LaTeX, in plain syntax and as a tree; or where it can't be read.

import { buildOptions, type DeriveFlags } from './cli-derive.ts';
import { UserError } from './expr/error.ts';
import type { System } from './expr/system.ts';
import type { LanguageCode } from './lang/codes.ts';
import { languageOf } from './lang/languages.ts';
import { wordsOf } from './lang/phrase.ts';
import type { Language } from './lang/types.ts';
import { networkNamed } from './network-input.ts';
import { notationFrom } from './notation-input.ts';
import { latex, latexTensor } from './text/latex.ts';
import { plain, plainTensor } from './text/plain.ts';
import { isTensor, type Read } from './text/read.ts';
import { type AnswerSyntax, type Reading, type ReadSide, readAnswer } from './text/reading/answer.ts';
import { freeSystem } from './text/reading/free.ts';
import { complaintText, type ReadingWords } from './text/reading-words.ts';
import { syntaxText } from './text/syntax-text.ts';
import { syntaxTree, type TreeJson, treeJson } from './text/syntax-tree.ts';

export interface ReadFlags extends Pick<DeriveFlags, 'activation' | 'output' | 'loss' | 'notation'> {
  /** A file, an example, widths, `general`; `none`: the names are real numbers. */
  readonly network?: string;
  readonly syntax?: AnswerSyntax | 'auto';
  readonly layer?: string;
  /** In which language it is said what can't be read. */
  readonly lang?: LanguageCode;
  readonly format?: 'text' | 'json';
}

/** One side as it is shown. */
export interface SideJson {
  readonly latex: string;
  readonly plain: string;
  readonly tree: TreeJson;
}

export interface ReadJson {
  readonly version: 1;
  readonly syntax: AnswerSyntax;
  readonly statements: readonly (readonly SideJson[])[];
  readonly shapeProblem: { readonly line: number; readonly column: number; readonly message: string } | null;
}

/** Reads a formula and shows how it was read. An unreadable one ends with its place, what was expected, and what would read. */
export async function readCommand(formula: string, flags: ReadFlags): Promise<void> {
  const notation = notationFrom(flags.notation ?? 'nielsen');
  const system =
    flags.network === 'none'
      ? freeSystem({}, [formula])
      : (await networkNamed(flags.network ?? 'general', { ...buildOptions(flags), numbers: false })).system;
  const reading = readAnswer(formula, {
    system,
    notation,
    syntax: flags.syntax ?? 'auto',
    ...(flags.layer === undefined ? {} : { layer: flags.layer }),
  });
  const language = languageOf(flags.lang ?? 'en');
  if (reading.kind === 'unreadable') throw unreadable(reading, language);
  const shown = readJson(reading, (x) => latexOf(x, system, notation), system, language.reading);
  process.stdout.write(
    flags.format === 'json' ? `${JSON.stringify(shown, null, 2)}\n` : textOf(reading, shown),
  );
}

function unreadable(r: Extract<Reading, { kind: 'unreadable' }>, { reading, homework }: Language): UserError {
  const nearest = r.nearest === null ? '' : `\n  ${wordsOf(homework.nearest(r.nearest))}`;
  return new UserError(`answer:${r.line}:${r.column}: ${complaintText(reading, r.complaint)}${nearest}`);
}

const latexOf = (x: Read, system: System, notation: ReturnType<typeof notationFrom>): string =>
  isTensor(x) ? latexTensor(x, { system, notation }) : latex(x, { system, notation });

/** A reading as JSON: every side as LaTeX, in plain syntax and as a tree. */
function readJson(
  reading: Extract<Reading, { kind: 'read' }>,
  asLatex: (x: Read) => string,
  system: System,
  words: ReadingWords,
): ReadJson {
  const side = (s: ReadSide): SideJson => ({
    latex: s.of === null ? '' : attempt(() => transposed(asLatex(s.of ?? noValue()), s.row)),
    plain: s.of === null ? syntaxText(s.syntax) : attempt(() => plainOf(s, system)) || syntaxText(s.syntax),
    tree: treeJson(s.syntax),
  });
  const { shapeProblem: p } = reading;
  return {
    version: 1,
    syntax: reading.syntax,
    statements: reading.statements.map((s) => s.sides.map(side)),
    shapeProblem:
      p === null ? null : { line: p.line, column: p.column, message: complaintText(words, p.complaint) },
  };
}

const noValue = (): never => {
  throw new UserError('this side has no value');
};
const transposed = (text: string, row: boolean): string => (row ? `(${text})^{\\mathsf T}` : text);
const plainOf = (s: ReadSide, system: System): string => {
  if (s.of === null || s.row) return syntaxText(s.syntax);
  return isTensor(s.of) ? plainTensor(s.of, system) : plain(s.of, system);
};

/** What shapes that don't go together may keep a printer from saying. */
function attempt(print: () => string): string {
  try {
    return print();
  } catch (error) {
    if (error instanceof UserError) return '';
    throw error;
  }
}

function textOf(reading: Extract<Reading, { kind: 'read' }>, shown: ReadJson): string {
  const lines = shown.statements.flatMap((sides, i) => [
    ...(shown.statements.length > 1 ? [`statement ${i + 1}`] : []),
    `LaTeX   ${sides.map((s) => s.latex || '(no form)').join(' = ')}`,
    `plain   ${sides.map((s) => s.plain).join(' = ')}`,
    ...(reading.statements[i]?.sides ?? []).map((s) => `tree    ${syntaxTree(s.syntax, 8)}`),
  ]);
  const { shapeProblem: p } = shown;
  const shapes = p === null ? [] : [`shapes  ${p.line}:${p.column}: ${p.message}`];
  return `${[`syntax  ${reading.syntax}`, ...lines, ...shapes].join('\n')}\n`;
}
