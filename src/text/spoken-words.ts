// What a language says for each part of a formula. Texts come without outer spaces; `,` is a pause.

/** How formulas are read out in a language. */
export interface SpokenWords {
  readonly plus: string;
  /** Between two terms. */
  readonly minus: string;
  /** Before a lone term. */
  readonly negative: string;
  readonly equals: string;
  readonly nearly: string;
  readonly differs: string;
  /** A limit: h goes to 0. */
  readonly tends: string;
  readonly less: string;
  readonly greater: string;
  readonly atMost: string;
  readonly atLeast: string;
  /** Between two factors. */
  readonly times: string;
  /** Between the sizes of a matrix. */
  readonly by: string;
  /** Between conditions that all hold. */
  readonly and: string;
  readonly hadamard: string;
  readonly entrywiseDivided: string;
  readonly divided: string;
  readonly nabla: string;
  readonly ones: string;
  readonly identity: string;
  readonly trace: string;
  /** Any stage. */
  readonly any: string;
  readonly open: string;
  readonly close: string;
  readonly transposed: string;
  readonly infinity: string;
  readonly notNumber: string;
  /** What stands for terms left out. */
  readonly dots: string;
  /** A place to write on. */
  readonly gap: string;
  /** How a pause is written. */
  readonly pause: string;
  /** The sign of a partial derivative before what is differentiated. */
  readonly partial: string;
  /** The d of a gradient's own name: dW. */
  readonly differential: string;
  readonly arcTangent: string;
  readonly capital: (letter: string) => string;
  readonly script: (letter: string) => string;
  readonly layer: (stage: string) => string;
  readonly step: (stage: string) => string;
  readonly sub: (indices: string) => string;
  readonly power: (exponent: string) => string;
  /** An exponent that is applied to every entry. */
  readonly entrywise: (exponent: string) => string;
  readonly primes: (count: number) => string;
  /** A fraction with short parts, and one whose end must be said. */
  readonly over: (top: string, bottom: string) => string;
  readonly fraction: (top: string, bottom: string) => string;
  /** dX/dY; `of` is empty for the bare operator. */
  readonly derivative: (of: string, by: string) => string;
  readonly root: (of: string) => string;
  readonly call: (fn: string, args: string) => string;
  /** The factor that is 1 where a condition holds and else 0. */
  readonly guard: (condition: string) => string;
  readonly absolute: (of: string) => string;
  readonly norm: (of: string) => string;
  /** A sum sign: its index (null where the conditions show it), its bounds, and conditions. */
  readonly sum: (range: SpokenRange) => string;
  readonly held: (derivative: string, what: readonly string[]) => string;
  readonly vector: (entries: readonly string[]) => string;
  readonly matrix: (rows: readonly (readonly string[])[]) => string;
}

export interface SpokenRange {
  readonly index: string | null;
  readonly from: string;
  readonly to: string;
  readonly where: readonly string[];
}
