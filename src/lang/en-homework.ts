// Feedback on homework in English.

import { unreachable } from '../expr/error.ts';
import type { WhyUndecided } from '../homework/compare-verdict.ts';
import type { Reason } from '../homework/verdict.ts';
import type { HomeworkWords, ReasonFacts, WitnessWords } from './homework-words.ts';
import { code, type Formula, type Phrase, say } from './phrase.ts';

const CONVENTIONS: Readonly<Record<string, string>> = {
  'weights=out-in': 'weights {are} stored out x in',
  'weights=in-out': 'weights {are} stored in x out',
  'weightLayer=end': 'weights {are} numbered by the layer they end in',
  'weightLayer=start': 'weights {are} numbered by the layer they start in',
  'firstLayer=1': 'the input {is} layer 1',
  'firstLayer=0': 'the input {is} layer 0',
  'batch=none': 'there {is} one sample',
  'batch=columns': 'samples {stand} in columns',
  'batch=rows': 'samples {stand} in rows',
  'mean=none': 'the loss {is} a sum over the samples',
  'mean=gradient': 'the 1/m of the mean {stands} in the gradients',
  'mean=delta': 'the 1/m of the mean {stands} in delta',
  'delta=z': 'delta {is} the derivative by the weighted input z',
  'delta=a': 'delta {is} the derivative by the activation a',
  'sign=+': 'delta {is} the derivative itself',
  'sign=-': 'delta {is} minus the derivative',
  'half=true': 'the squared error {has} a factor 1/2',
  'half=false': 'the squared error {has} no factor 1/2',
};

/** The verbs of these sentences: what is, and what would be. */
const VERBS: Readonly<Record<string, readonly [string, string]>> = {
  is: ['is', 'were'],
  are: ['are', 'were'],
  stand: ['stand', 'stood'],
  stands: ['stands', 'stood'],
  has: ['has', 'had'],
};

const said = (name: string, value: string, which: 0 | 1): string =>
  (CONVENTIONS[`${name}=${value}`] ?? `${name} {is} ${value}`).replace(
    /\{(\w+)\}/g,
    (_, verb: string) => VERBS[verb]?.[which] ?? verb,
  );

function onlyFor(loss: string | null, activation: string | null): string {
  const parts = [
    ...(activation === null ? [] : [`the activation ${activation}`]),
    ...(loss === null ? [] : [`the loss ${loss}`]),
  ];
  return parts.join(' with ');
}

const UNDECIDED: Readonly<Record<WhyUndecided & string, string>> = {
  points: 'too few points were found where both sides have a value',
  'exact-points': 'the numbers agree, the exact check found too few points',
  unconfirmed: 'the numbers agree, the exact check does not confirm it',
  exception: 'the formula makes an exception for sizes or indices that the sample networks do not have',
  operations: 'too many operations',
  digits: 'numbers too large',
};

const undecided = (why: WhyUndecided): string => (typeof why === 'string' ? UNDECIDED[why] : why.message);

function reason(r: Reason, { what, conditions }: ReasonFacts): Phrase {
  switch (r.code) {
    case 'only-for':
      return say`This is right for ${onlyFor(r.loss, r.activation)} only; the question leaves that open.`;
    case 'still-holds':
      return say`This is true, but ${what ?? 'a derivative'} is still to be worked out.`;
    case 'left-again':
      return say`This is the left side again: nothing is worked out yet.`;
    case 'last-step-missing':
      return say`Every line is right, but the last step is missing.`;
    case 'convention':
      return say`This would be right if ${said(r.name, r.value, 1)}; in this question ${said(r.name, r.asked, 0)}.`;
    case 'shapes':
      return say`The left side is ${r.left}, this is ${r.right}.`;
    case 'misshapen':
      return say`The shapes of its parts don't go together.`;
    case 'free-index':
      return say`The index ${r.index} is free: no sum runs over it, and the left side doesn't have it.`;
    case 'fixed-index':
      return say`This speaks of ${conditions ?? 'one value of an index'} only; the question asks for all.`;
    case 'some-cases':
      return say`This holds for some layers only: for others, what stands there doesn't exist.`;
    case 'times-zero':
      return say`${what ?? 'A term'} is 0 whatever stands in it; leave it out.`;
    case 'wrong-middle':
      return say`The end of the chain is right, but this side isn't equal to it.`;
    case 'other-target':
      return say`This is about another quantity than the question.`;
    case 'two-answers':
      return say`There are several answers, and not all of them are right.`;
    case 'wrong-line':
      return say`Line ${r.line + 1} is the first that doesn't follow.`;
    case 'why-undecided':
      return say`Someone has to look at it: ${undecided(r.why)}.`;
    case 'dots':
      return say`Dots stand for something that only a person can compare.`;
    case 'off-by':
      return say`The number is ${r.times} times the right one.`;
    default:
      return unreachable(r);
  }
}

const instead = (lead: string, right: Formula | null, wrong: Formula | null): Phrase =>
  right === null || wrong === null ? say`${lead}` : say`${lead}: ${wrong} stands where ${right} belongs`;

const missing = (lead: string, right: Formula | null): Phrase =>
  right === null ? say`${lead}` : say`${right} is missing`;

function witness({ network, of, values, answer, right }: WitnessWords): Phrase {
  const quantity = of === null ? say`the right value` : say`${of}`;
  if (network !== null)
    return say`On a ${network} network with these numbers your formula gives ${answer}, ${quantity} is ${right}.`;
  if (values !== null) return say`With ${values} your formula gives ${answer}, ${quantity} is ${right}.`;
  return say`With random numbers your formula gives ${answer}, ${quantity} is ${right}.`;
}

/** A question has its own stop. */
const stop = (sentence: string): string => (sentence.endsWith('?') ? '' : '.');

export const englishHomework: HomeworkWords = {
  reading: say`Read as`,
  verdict: {
    correct: say`Correct.`,
    'special-case': say`Right in a special case only.`,
    unfinished: say`True, but not finished.`,
    convention: say`Right under another convention, which this question accepts.`,
    incorrect: say`Not right.`,
    unreadable: say`This can't be read.`,
    undecided: say`This couldn't be decided.`,
  },
  stage: {
    reading: say`reading`,
    shape: say`shapes and indices`,
    form: say`what may stand on the right`,
    'same form': say`the same form`,
    identities: say`equal by the identities of the question`,
    'numbers and primes': say`equal on random networks and modulo primes`,
    witness: say`numbers that differ`,
    number: say`the number`,
    undecided: say`nothing decided it`,
  },
  unreadable: (line, column, message, expected) =>
    say`Line ${line}, column ${column}: ${message}${expected === '' || message.includes(expected) ? stop(message) : ` (expected ${expected}).`}`,
  nearest: (text) => say`This would be read: ${[code(text)]}`,
  reason,
  slip: {
    sign: () => say`the sign is reversed`,
    'sign-of-term': (right, wrong) => instead('a sign is reversed', right, wrong),
    'index-wrong': (right, wrong) => instead('an index is wrong', right, wrong),
    'indices-swapped': (right, wrong) => instead('the indices are swapped', right, wrong),
    'transpose-missing': () => say`the transpose of the weights is missing`,
    'transpose-extra': () => say`there is a transpose too many`,
    'outer-reversed': () => say`the outer product is the wrong way round`,
    'layer-off': (right, wrong) => instead('the layer is off by one', right, wrong),
    'layer-last': (right, wrong) => instead('the last layer stands where layer l belongs', right, wrong),
    'wrong-variable': (right, wrong) => instead('another quantity stands there', right, wrong),
    'wrong-derivative': (right, wrong) => instead('the derivative is by another quantity', right, wrong),
    'sigma-prime-missing': (right) => missing('the derivative of the activation is missing', right),
    'sigma-for-sigma-prime': (right, wrong) =>
      instead('the activation itself stands where its derivative belongs', right, wrong),
    'a-for-z': (right, wrong) =>
      instead('the derivative of the activation is taken at a, not at z', right, wrong),
    'applied-twice': (right, wrong) => instead('a function is applied twice', right, wrong),
    'product-for-hadamard': () => say`a matrix product stands where the product entry by entry belongs`,
    'hadamard-for-product': () => say`a product entry by entry stands where the matrix product belongs`,
    brackets: () => say`the brackets take in too much or too little`,
    'factor-dropped': (right) => missing('a factor is missing', right),
    'factor-number': () => say`a factor 2 or 1/2 is wrong`,
    mean: (right) =>
      right === null ? say`the factor of a mean is wrong` : say`the factor ${right} of a mean is wrong`,
    'softmax-elementwise': () =>
      say`each output depends on every weighted input of its layer; only the one with its own index was followed`,
    'sum-missing': () => say`the sum is missing`,
    'sum-range': () => say`the sum begins or ends at another index`,
    'path-missing': (right) =>
      right === null ? say`one of the paths is missing` : say`a path is missing: the term ${right}`,
    'term-dropped': (right) => (right === null ? say`a term is missing` : say`a term of ${right} is missing`),
    power: (right, wrong) => instead('a power is wrong', right, wrong),
    inverse: (right, wrong) => instead('a factor stands in the wrong half of a fraction', right, wrong),
  },
  where: {
    sign: say`Look at the sign.`,
    'sign-of-term': say`Look at the signs of the terms.`,
    'index-wrong': say`Look at the indices.`,
    'indices-swapped': say`Look at the indices of the weights.`,
    'transpose-missing': say`Look at the weights.`,
    'transpose-extra': say`Look at the transposes.`,
    'outer-reversed': say`Look at the shape of the result.`,
    'layer-off': say`Look at the layers.`,
    'layer-last': say`Look at the layers.`,
    'wrong-variable': say`Look at the quantities, one by one.`,
    'wrong-derivative': say`Look at what is differentiated by what.`,
    'sigma-prime-missing': say`Look at the path through the activation function.`,
    'sigma-for-sigma-prime': say`Look at the activation function.`,
    'a-for-z': say`Look at where the derivative of the activation is taken.`,
    'applied-twice': say`Look at the activation function.`,
    'product-for-hadamard': say`Look at the kinds of product.`,
    'hadamard-for-product': say`Look at the kinds of product.`,
    brackets: say`Look at the brackets.`,
    'factor-dropped': say`Look at the factors of the chain rule.`,
    'factor-number': say`Look at the numbers in front.`,
    mean: say`Look at the number of samples or outputs.`,
    'softmax-elementwise': say`Look at which outputs depend on z.`,
    'sum-missing': say`Look at how many paths there are.`,
    'sum-range': say`Look at where the sum begins and ends.`,
    'path-missing': say`Look at how many paths there are.`,
    'term-dropped': say`Look at the terms in brackets.`,
    power: say`Look at the powers.`,
    inverse: say`Look at the fractions.`,
  },
  noSlip: say`It is none of the usual slips.`,
  inLine: (line) => say`Line ${line}:`,
  rightAnswer: say`The right answer`,
  witness,
};
