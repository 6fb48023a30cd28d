// What the reader complains about: codes with facts, plain data. The sentences are a language's; English ones go with the error.

/** A piece of the input as it stands there; empty for the end of the formula, a line break for the end of a line of code. */
export type Piece = string;

/** `n[l] x n[l-1]`, `1 x n[l]` for a row; empty for a single number. */
export type ShapeFact = string;

/** A name that may have been meant, or else the few names that there are. */
export interface Hint {
  readonly near: string | null;
  readonly known?: readonly string[];
}

/** Nothing to suggest. */
export const noHint: Hint = { near: null };

/** What may be expected at a place, apart from signs and code. */
export type Noun =
  | 'activation'
  | 'argument'
  | 'command'
  | 'condition'
  | 'condition-and-else'
  | 'condition-like'
  | 'condition-or-classes'
  | 'condition-such-as'
  | 'denominator-end'
  | 'entry'
  | 'first-derivative'
  | 'formula'
  | 'formula-without-dots'
  | 'function'
  | 'index'
  | 'index-below-sum'
  | 'index-before'
  | 'index-behind'
  | 'indices-one-way'
  | 'letter'
  | 'loss'
  | 'name-number-operator'
  | 'number'
  | 'number-letter-operator'
  | 'number-name-operator'
  | 'numerator-end'
  | 'one-answer'
  | 'one-condition'
  | 'one-formula-a-line'
  | 'one-layer'
  | 'one-quantity-below'
  | 'operand'
  | 'operator'
  | 'operator-or-closing'
  | 'operator-or-end'
  | 'operator-or-line-end'
  | 'plus-or-minus'
  | 'quantity'
  | 'script'
  | 'script-or-argument'
  | 'separator-and-condition'
  | 'string-of-layer'
  | 'sum'
  | 'tensor'
  | 'whole-quantity';

/** What would have been right: a noun, a sign that is quoted, code or LaTeX, so many indices, a key of a dictionary. */
export type Expected =
  | Noun
  | { readonly sign: string }
  | { readonly text: string }
  | { readonly indices: number }
  | { readonly keyOf: string };

/** What there is a largest number of. */
export type Capped =
  | 'answer-characters'
  | 'answer-lines'
  | 'code-depth'
  | 'code-factors'
  | 'code-symbols'
  | 'code-terms'
  | 'depth'
  | 'factors'
  | 'formula-characters'
  | 'symbols'
  | 'terms';

/** What a name was looked for as. */
export type Named =
  | 'attribute'
  | 'command'
  | 'function'
  | 'index'
  | 'method'
  | 'name'
  | 'numpy-function'
  | 'quantity'
  | 'tensor';

/** Complaints without facts: the place says it all. */
export type BareCode =
  | 'backslash-ends'
  | 'beside-tensors'
  | 'case-parts'
  | 'cases-open'
  | 'classes-added'
  | 'classes-changed'
  | 'condition-without-index'
  | 'conditions-alone'
  | 'derivative-by'
  | 'derivative-of-nothing'
  | 'derivative-sides'
  | 'divides-by-zero'
  | 'dots'
  | 'empty-formula'
  | 'entry-indices'
  | 'equation-left'
  | 'exponent-range'
  | 'factorials'
  | 'for-without-equation'
  | 'held-list'
  | 'held-outside'
  | 'identity-matrix'
  | 'index-in-braces'
  | 'index-product'
  | 'index-quotient'
  | 'index-range'
  | 'indicator-condition'
  | 'indicator-one'
  | 'inline-by'
  | 'inline-of'
  | 'length'
  | 'loss-by'
  | 'nabla-by'
  | 'no-formula'
  | 'no-number'
  | 'not-number'
  | 'number-entries'
  | 'over-braces'
  | 'part-unchanged'
  | 'partial-form'
  | 'plus-minus'
  | 'products-over-index'
  | 'second-derivative'
  | 'shape-attribute'
  | 'slices'
  | 'sqrt-derivative'
  | 'sum-first'
  | 'sum-form'
  | 'sum-of-number'
  | 'tilde'
  | 'two-answers'
  | 'two-layers'
  | 'where-form';

/** The facts of the other complaints, by code. */
export interface ComplaintFacts extends Record<BareCode, object> {
  readonly accent: { readonly accent: string };
  readonly arguments: {
    readonly name: string;
    readonly takes: 'one-argument' | 'two-arguments' | 'two-indices' | 'one-or-two-sizes';
    readonly given: number;
  };
  readonly 'argument-shape': {
    readonly name: string;
    readonly takes: 'numbers' | 'vector' | 'square-matrix' | 'vector-or-square-matrix';
    readonly shape: ShapeFact;
  };
  readonly 'binary-derivative': { readonly name: string };
  readonly brackets: { readonly name: string; readonly example: string };
  readonly 'closes-nothing': { readonly found: Piece };
  readonly columns: { readonly left: ShapeFact; readonly right: ShapeFact };
  readonly 'divided-by-tensor': { readonly shape: ShapeFact };
  readonly doubled: { readonly found: Piece };
  readonly 'equal-shapes': {
    readonly of: 'sum' | 'entrywise';
    readonly left: ShapeFact;
    readonly right: ShapeFact;
  };
  /** `after`: what stands before it; `under`: the accent above it. */
  readonly expected: {
    readonly what: Expected;
    readonly found?: Piece;
    readonly after?: Piece;
    readonly under?: string;
  };
  /** The closing bracket of one that opened in a column, counted from 1. */
  readonly 'expected-closing': {
    readonly sign: string;
    readonly open: Piece;
    readonly column: number;
    readonly found: Piece;
  };
  readonly 'exponent-shape': { readonly shape: ShapeFact };
  readonly 'few-arguments': { readonly name: string };
  readonly forbidden: { readonly text: string };
  readonly 'form-of-syntax': { readonly name: string };
  readonly 'function-alone': { readonly name: string; readonly wants: 'bracket' | 'argument' };
  readonly 'held-whole': { readonly example: string };
  readonly 'index-brackets': { readonly name: string };
  /** How many indices a quantity has, and how many were given. */
  readonly 'index-count': { readonly name: string; readonly has: number; readonly given: number };
  readonly 'index-not-whole': { readonly text: string };
  readonly 'indices-twice': { readonly name: string };
  readonly keyword: { readonly text: string };
  readonly 'left-index': { readonly index: string; readonly example: string };
  readonly 'left-is-entry': { readonly shape: ShapeFact };
  readonly 'left-twice': { readonly name: string };
  readonly 'never-closed': { readonly open: Piece; readonly close?: string };
  readonly 'no-derivative': { readonly found: Piece };
  readonly 'no-index': { readonly name: string };
  readonly 'no-place': { readonly found: Piece; readonly in: 'formula' | 'numpy' };
  readonly 'no-product': { readonly order: number };
  readonly 'no-stage': { readonly name: string };
  readonly 'no-transpose': { readonly order: number };
  readonly 'not-function': { readonly name: string };
  readonly 'number-wanted': { readonly shape: ShapeFact };
  readonly 'one-equal-sign': { readonly relations: readonly string[] };
  readonly 'opaque-argument': { readonly name: string; readonly entry: boolean };
  readonly 'opaque-derivative': { readonly name: string };
  readonly 'other-side-shape': { readonly left: ShapeFact; readonly shape: ShapeFact };
  /** A letter that stands for one layer's quantity, z[L], with another layer. */
  readonly 'own-layer': { readonly quantity: string };
  readonly 'power-base': { readonly shape: ShapeFact };
  readonly 'power-or-inverse': { readonly name: string };
  readonly primes: { readonly name: string; readonly primes: number };
  /** `transposed`: whether the transpose of the left factor would fit. */
  readonly product: {
    readonly of: 'product' | 'entrywise' | 'prod';
    readonly left: ShapeFact;
    readonly right: ShapeFact;
    readonly transposed?: boolean;
  };
  readonly 'range-form': { readonly index: string };
  /** Sizes of the slots where a summation index stands: none, or two that differ. */
  readonly 'range-slots': { readonly index: string; readonly sizes: readonly string[] };
  readonly 'relation-misplaced': { readonly is: 'equation' | 'condition' };
  readonly row: { readonly shape: ShapeFact };
  readonly 'side-shapes': { readonly left: ShapeFact; readonly right: ShapeFact };
  readonly slots: { readonly shape: ShapeFact; readonly has: number; readonly given: number };
  /** `is`: what has the stages. `example`: how it is written; empty where that says no more. */
  readonly stages: {
    readonly is: 'size' | 'tensor';
    readonly name: string;
    readonly has: number;
    readonly given: number;
    readonly example: string;
  };
  readonly 'stage-missing': {
    readonly is: 'size' | 'tensor';
    readonly name: string;
    readonly example: string;
  };
  readonly 'sum-entries': { readonly shape: ShapeFact };
  readonly 'sum-over-size': { readonly name: string };
  readonly 'summed-shape': { readonly index: string };
  readonly table: { readonly found: Piece };
  readonly 'tensor-slots': {
    readonly name: string;
    readonly has: number;
    readonly given: number;
    readonly example: string;
  };
  readonly 'too-long-in-place': { readonly name: string };
  readonly 'too-many': { readonly of: Capped; readonly most: number };
  readonly unknown: { readonly as: Named; readonly name: string; readonly hint: Hint };
}

export type ComplaintCode = keyof ComplaintFacts;

/** One complaint: its code and the facts that its sentence speaks of. */
export type Complaint = {
  readonly [C in ComplaintCode]: { readonly code: C } & ComplaintFacts[C];
}[ComplaintCode];
