// What a network file says, what a checked network is, and what the caller hands in.

import type { UserError } from '../expr/error.ts';
import type { Expr } from '../expr/expr.ts';
import type { System } from '../expr/system.ts';
import type { Values } from '../numeric/world.ts';
import type { Conventions } from '../tables/conventions.ts';

export type { Values };

/** Numbers nested as deep as the tensor has slots. */
export type Nested = number | readonly Nested[];
/** A tensor's numbers: those of all its entries, or those of each stage. */
export type GivenValues = Nested | ReadonlyMap<string, Nested>;

export interface ValuesSpec {
  /** Draws what isn't given. */
  readonly seed: number;
  readonly given: ReadonlyMap<string, GivenValues>;
}

export interface BatchSpec {
  /** The number of samples, or its symbol. */
  readonly size: number | string;
  /** Samples as columns (x is n[1] by m) or as rows (m by n[1]). */
  readonly samples: 'columns' | 'rows';
}

/** What a file says at its head of the document made from it. */
export interface FrontSpec {
  /** By language code; empty where the title is one for all, or none. */
  readonly titles: ReadonlyMap<string, string>;
  readonly author: string | null;
  readonly course: string | null;
  readonly date: string | null;
  /** The line that says how the document may be passed on. */
  readonly licence: string | null;
}

interface SpecCommon {
  readonly title: string;
  readonly front: FrontSpec;
  readonly values: ValuesSpec | null;
}

/** A network of layers: widths (null: symbolic), activations and a loss. */
export interface LayersSpec extends SpecCommon {
  readonly kind: 'layers';
  /** Widths, the input first; null for the general network. */
  readonly layers: readonly number[] | null;
  /** One for all, one for each layer after the input, or null for an unknown function. */
  readonly activation: string | readonly string[] | null;
  readonly output: string | null;
  /** A name or a formula; null for an unknown function of the last activation. */
  readonly loss: string | null;
  readonly l2: number | string | null;
  readonly batch: BatchSpec | null;
}

export interface TensorSpec {
  readonly stage: readonly string[];
  readonly size: readonly string[];
  readonly kind: 'input' | 'parameter' | 'variable' | 'error';
  readonly of: string | null;
}

/** A network given by its equations. */
export interface EquationsSpec extends SpecCommon {
  readonly kind: 'equations';
  readonly tensors: ReadonlyMap<string, TensorSpec>;
  readonly equations: readonly string[];
  /** Functions of one variable: null where unknown, otherwise an activation's name or a formula in z. */
  readonly functions: ReadonlyMap<string, string | null>;
  readonly loss: string;
  readonly targets: readonly string[];
  /** Numbers for the sizes: L, or n[1], n[2], ... as a list. */
  readonly sizes: ReadonlyMap<string, number | readonly number[]>;
  /** What is assumed of the sizes: `T >= 2`. */
  readonly assume: readonly string[];
}

export type NetworkSpec = LayersSpec | EquationsSpec;

/** A network's numbers: sizes by their keys (`L`, `n[2]`), tensors by `w[2]`, `x`. Inputs and parameters only. */
export interface Concrete {
  readonly sizes: ReadonlyMap<string, number>;
  readonly values: ReadonlyMap<string, Values>;
  /** Widths of a network of layers, the input first; null for one given by equations. */
  readonly widths: readonly number[] | null;
  /** The numbers that were drawn, by tensor name; the others were given. */
  readonly drawn: ReadonlySet<string>;
}

/** How an activation or a loss of the network came about, by its name in the system. */
export interface NamedFunction {
  /** The head in the system: sigma, g. */
  readonly head: string;
  /** The layers it is the activation of: numbers, or null for all that have no other. */
  readonly stages: readonly number[] | null;
  /** The row's name; null for a formula of the user's own or an unknown function. */
  readonly row: string | null;
  /** The formula as it was read, plain syntax in z; null where unknown. */
  readonly formula: string | null;
}

/** What was taken where the file says nothing: an activation or a loss, by its row's name. */
export type Note =
  | { readonly kind: 'activation-taken'; readonly activation: string }
  | { readonly kind: 'loss-taken'; readonly loss: string };

export interface Network {
  readonly title: string;
  readonly spec: NetworkSpec;
  readonly system: System;
  /** The numbers; null where widths or functions are unknown. */
  readonly concrete: Concrete | null;
  readonly functions: readonly NamedFunction[];
  /** The loss's row name; null for a formula or an unknown loss. */
  readonly loss: string | null;
  /** The conventions in which its layers are written as equations; null where it gives its equations itself. */
  readonly conventions: Conventions | null;
  /** What was chosen where the file says nothing. */
  readonly notes: readonly Note[];
  /** The targets that the file names; empty where it names none. */
  readonly targets: readonly string[];
  /** Where things stand in the file, for messages about it. */
  readonly source: SpecSource;
}

/** Why a formula can't be read: a sentence without its place, and the column (from 1) where it goes wrong. */
export interface FormulaProblem {
  readonly message: string;
  readonly column: number;
}

/** A function of z as an expression over the scalar entry z, or why it can't be read. Never evaluates. */
export type ParseFormula = (text: string) => Expr | FormulaProblem;

/** What the command line may override. */
export interface SpecOverrides {
  readonly activation?: string;
  readonly output?: string;
  readonly loss?: string;
  readonly seed?: number;
}

export interface BuildOptions extends SpecOverrides {
  /** Whether numbers are wanted (they are, unless said): without them a network may be as large as one likes. */
  readonly numbers?: boolean;
  /** How layers are written as equations; left out: the default. A network's own equations stay what they are. */
  readonly conventions?: Conventions;
  readonly parseFormula?: ParseFormula;
}

/** A place in a spec: keys and list positions from the top. */
export type SpecPath = readonly (string | number)[];

/** Turns a place in a spec into an error that says where it is: `net.yaml:3:20: ...`. */
export interface SpecSource {
  /** `column`: how many characters into the text at that place; `onKey`: the key itself, not its value. */
  readonly error: (
    path: SpecPath,
    message: string,
    at?: { readonly column?: number; readonly onKey?: boolean },
  ) => UserError;
}
