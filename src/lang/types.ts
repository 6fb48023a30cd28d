// What a language must say: every sentence as a function of what it speaks about. A missing one does not compile.

import type { WhyNoMatrix } from '../engine/types.ts';
import type { Affine } from '../expr/affine.ts';
import type { Note } from '../model/spec.ts';
import type { RuleId } from '../rules/rule.ts';
import type { ReadingWords } from '../text/reading-words.ts';
import type { SpokenWords } from '../text/spoken-words.ts';
import type { LanguageCode } from './codes.ts';
import type { CourseWords } from './course-words.ts';
import type { Pictures } from './figure-words.ts';
import type { GradeWords } from './grade-words.ts';
import type { HomeworkWords } from './homework-words.ts';
import type { NotebookWords } from './notebook-words.ts';
import type { PageWords } from './page-words.ts';
import type { Formula, Phrase, Word } from './phrase.ts';

/** The names a line may have beyond its rule's: lines that several rules made together. */
export type StepName = RuleId | 'differentiate' | 'tidy' | 'arrange';

/** What a step is about. Lists may be empty and formulas absent where a step doesn't have them. */
export interface StepFacts {
  /** The quantities that a chain rule goes through, as entries: a_k^L. */
  readonly through: readonly Formula[];
  /** Their tensors: a^L. */
  readonly tensors: readonly Formula[];
  /** Whether the variable stands in the loss itself too. */
  readonly directly: boolean;
  /** What is differentiated by: z_j^L. */
  readonly variable: Formula | null;
  readonly loss: Formula;
  /** The terms that survive: k = j. */
  readonly surviving: readonly Formula[];
  /** What vanishes for all others. */
  readonly vanishing: Formula | null;
  /** The quantities opened, folded or named. */
  readonly names: readonly Formula[];
  /** The equation that is used. */
  readonly equation: Formula | null;
  /** The free indices for which a statement holds: j, or j and k. */
  readonly indices: readonly Formula[];
}

/** The words that a format itself needs. */
export interface FormatWords {
  readonly contents: string;
  readonly finerSteps: (count: number) => string;
  readonly componentForm: string;
  readonly matrixForm: string;
  /** The full stop that ends a reason set as a sentence. */
  readonly fullStop: string;
  /** What leads from a line's words to its formula: a colon. */
  readonly colon: string;
  /** Between the words of a row and its condition. */
  readonly comma: string;
  /** Left of the equal sign of a line in a terminal: `because`. */
  readonly capital: (sentence: string) => string;
  readonly page: PageWords;
  /** How formulas are read out. */
  readonly spoken: SpokenWords;
}

/** How a lemma stands in a derivation. */
export interface LemmaWords {
  /** Leads into the proof of what a derivative comes to. */
  readonly lead: (what: Formula) => Phrase;
  /** The reason of the line that uses the lemma shown above it. */
  readonly putItIn: () => Phrase;
  /** The reason of a line that uses an equation shown elsewhere or too short to prove. */
  readonly because: (equation: Formula) => Phrase;
  /** The reason of a line that begins where an earlier derivation ended: its tag, if it has one. */
  readonly start: (tag: string | null) => Phrase;
  /** A quantity written out, then those in it. */
  readonly opened: (names: readonly Formula[]) => Phrase;
}

/** What a network of layers calls its results. */
export type KnownResult = 'bp1' | 'bp2' | 'bp3' | 'bp4';

export interface ResultWords {
  /** BP1 and so on, in words. */
  readonly known: Readonly<Record<KnownResult, Phrase>>;
  readonly knownHeading: (tag: string, words: Phrase) => Phrase;
  readonly heading: (what: Formula) => Phrase;
  readonly statement: () => Phrase;
  readonly derivation: () => Phrase;
  readonly caseOf: (condition: Formula) => Phrase;
  /** "the same for all j" */
  readonly forAll: (indices: readonly Formula[]) => Phrase;
  readonly matrixIs: () => Phrase;
  readonly noMatrix: (why: Phrase) => Phrase;
  /** Why there is no matrix form, without full stop; `show` writes an index. */
  readonly why: (why: WhyNoMatrix, show: (index: Affine) => Word) => Phrase;
  readonly shapes: (shapes: readonly { readonly of: Formula; readonly shape: Formula }[]) => Phrase;
  /** With this network's loss and activations put in. */
  readonly special: () => Phrase;
  readonly specialMatrix: () => Phrase;
  /** With the function of some stages (layers) put in; the lines are written for the first of them. */
  readonly atStages: (stages: readonly number[]) => Phrase;
  readonly verified: (lines: number, samples: number, error: string) => Phrase;
  readonly assuming: (conditions: Formula) => Phrase;
  readonly cardTitle: () => Phrase;
}

export interface NumberWords {
  /** What the independent count of a derivative says. */
  readonly oracle: (value: Word, error: string) => Phrase;
  readonly byOracle: () => Phrase;
  /** At a point where a function's derivative jumps. */
  readonly kink: (what: Formula, at: string) => Phrase;
  readonly notFinite: (what: Formula) => Phrase;
}

export interface NetworkWords {
  readonly quantity: Phrase;
  readonly meaning: Phrase;
  readonly shape: Phrase;
  readonly layer: Phrase;
  readonly neurons: Phrase;
  readonly activation: Phrase;
  readonly value: Phrase;
  /** A tensor's role, by its kind. */
  readonly role: Readonly<Record<'input' | 'parameter' | 'variable', Phrase>>;
  /** The error of a tensor; `scaled`: what it is where it isn't the derivative itself, as m dC/dz. */
  readonly error: (of: Formula, scaled: Formula | null) => Phrase;
  /** The tensors of a network of layers, by their names in its equations. */
  readonly named: Readonly<Record<string, Phrase>>;
  /** What a network without a title is called: any depth and widths; one given by its equations. */
  readonly untitled: { readonly general: string; readonly equations: string };
  /** An activation by its row's name, as running text has it. */
  readonly activations: Readonly<Record<string, string>>;
  /** What was taken where the file says nothing, as a whole sentence. */
  readonly note: (note: Note) => Phrase;
  /** A loss by its row's name. */
  readonly loss: Readonly<Record<string, string>>;
}

export interface Language {
  /** As the command line knows it. */
  readonly code: LanguageCode;
  /** As HTML's lang says it. */
  readonly htmlLang: string;
  readonly format: FormatWords;
  readonly rules: Readonly<Record<StepName, (facts: StepFacts) => Phrase>>;
  readonly lemma: LemmaWords;
  readonly results: ResultWords;
  readonly numbers: NumberWords;
  readonly network: NetworkWords;
  readonly figures: Pictures;
  readonly course: CourseWords;
  /** Where a formula can't be read. */
  readonly reading: ReadingWords;
  readonly homework: HomeworkWords;
  readonly grade: GradeWords;
  readonly notebook: NotebookWords;
}
