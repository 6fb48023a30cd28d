// English.

import { englishReading } from '../text/english-reading.ts';
import { englishCourse } from './en-course.ts';
import { englishPictures } from './en-figures.ts';
import { englishGrade } from './en-grade.ts';
import { englishHomework } from './en-homework.ts';
import { englishNotebook } from './en-notebook.ts';
import { englishNote, englishWhy } from './en-notes.ts';
import { englishPage } from './en-page.ts';
import { and, englishRules } from './en-rules.ts';
import { englishSpoken } from './en-spoken.ts';
import { say, text } from './phrase.ts';
import type { Language } from './types.ts';

const capital = (sentence: string): string =>
  /^[a-z]/.test(sentence) ? `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}` : sentence;

const plural = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

export const english: Language = {
  code: 'en',
  htmlLang: 'en',
  format: {
    contents: 'Contents',
    finerSteps: (count) => plural(count, 'finer step', 'finer steps'),
    componentForm: 'component form',
    matrixForm: 'matrix form',
    fullStop: '.',
    colon: ':',
    comma: ', ',
    capital,
    page: englishPage,
    spoken: englishSpoken,
  },
  rules: englishRules,
  lemma: {
    lead: (what) => say`what is ${what}?`,
    putItIn: () => say`put it in`,
    because: (equation) => say`since ${equation}`,
    start: (tag) => (tag === null ? say`the statement above` : say`this is ${tag}`),
    opened: (names) =>
      say`open ${names.flatMap((f, i) => [...(i === 0 ? [] : [text(', then ')]), ...say`${f}`])}`,
  },
  figures: englishPictures,
  course: englishCourse,
  reading: englishReading,
  homework: englishHomework,
  grade: englishGrade,
  notebook: englishNotebook,
  results: {
    known: {
      bp1: say`the error of the output layer`,
      bp2: say`the error of a layer from the error of the next one`,
      bp3: say`the gradient by a bias`,
      bp4: say`the gradient by a weight`,
    },
    knownHeading: (tag, words) => say`${tag}: ${words}`,
    heading: (what) => say`${what}`,
    statement: () => say`statement`,
    derivation: () => say`derivation`,
    caseOf: (condition) => say`The case ${condition}`,
    forAll: (indices) => (indices.length === 0 ? say`as matrices` : say`the same for all ${and(indices)}`),
    matrixIs: () => say`In matrix form, the same for all entries at once:`,
    noMatrix: (why) => say`There is no matrix form: ${why}.`,
    why: englishWhy,
    shapes: (shapes) =>
      say`Shapes: ${shapes.flatMap(({ of, shape }, i) => [
        ...(i === 0 ? [] : [text(', ')]),
        ...say`${of} is ${shape}`,
      ])}.`,
    special: () => say`With this network's loss and activation put in:`,
    atStages: (stages) => {
      const [first = 0, ...others] = stages;
      return others.length === 0
        ? say`In layer ${first}, with its own activation put in:`
        : say`In layer ${first}, with its activation put in (layers ${others.join(', ')} have the same):`;
    },
    specialMatrix: () => say`In matrix form:`,
    verified: (lines, samples, error) =>
      say`${plural(lines, 'line', 'lines')}, replayed and evaluated on ${plural(samples, 'random network', 'random networks')}; largest relative error ${error}.`,
    assuming: (conditions) => say`Here ${conditions}.`,
    cardTitle: () => say`The equations of backpropagation`,
  },
  numbers: {
    oracle: (value, error) => say`dual numbers say ${value}, error ${error}`,
    byOracle: () => say`by dual numbers, through the forward equations`,
    kink: (what, at) =>
      say`${what} lies at ${at}, where the derivative jumps; the value shown is one of its one-sided values`,
    notFinite: (what) => say`${what} is not a finite number here`,
  },
  network: {
    quantity: say`quantity`,
    meaning: say`meaning`,
    shape: say`shape`,
    layer: say`layer`,
    neurons: say`neurons`,
    activation: say`activation function`,
    value: say`value`,
    role: { input: say`input`, parameter: say`parameter`, variable: say`computed` },
    error: (of, scaled) =>
      scaled === null ? say`error: the derivative of the loss by ${of}` : say`error: ${scaled}`,
    named: {
      x: say`input`,
      y: say`wanted output`,
      w: say`weights, out by in`,
      wStart: say`weights, out by in`,
      wInOut: say`weights, in by out`,
      b: say`biases`,
      z: say`weighted input`,
      a: say`activation`,
      C: say`loss`,
    },
    untitled: { general: 'the general network', equations: 'a network given by its equations' },
    activations: { relu: 'ReLU', 'leaky-relu': 'leaky ReLU', elu: 'ELU', silu: 'SiLU', gelu: 'GELU' },
    note: englishNote,
    loss: {
      mse: 'half the squared error',
      sse: 'the sum of the squared errors',
      'mean-squared': 'the mean of the squared errors',
      mae: 'the sum of the absolute errors',
      bce: 'the binary cross-entropy',
      'cross-entropy': 'the cross-entropy',
    },
  },
};
