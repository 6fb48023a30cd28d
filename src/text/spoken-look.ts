// Words for screen readers: the same walk, with what is said in place of what is written.

import { activationRow } from '../tables/activations.ts';
import { ownLetter, splitName } from './letters.ts';
import type { Look, Signs } from './look.ts';
import { LEVEL } from './operators.ts';
import { type Piece, piece } from './piece.ts';
import type { SpokenRange, SpokenWords } from './spoken-words.ts';

/** Stands for a minus sign until `said` knows from the spaces round it which one it is. */
const MINUS = '−';
/** Stands for the sign of a partial derivative until its fraction is said. */
const PARTIAL = '∂';

/** A raw LaTeX letter in words: `\mathcal L` as script capital L. */
export function letterWords(latex: string, w: SpokenWords): string {
  const name = latex
    .replace(/\\(?:mathcal|mathrm|mathbf|mathit|mathsf|boldsymbol|text)\b/g, '')
    .replace(/[\\{}\s]/g, '');
  const sized = /^[A-Z]$/.test(name) ? w.capital(name) : name;
  return latex.includes('\\mathcal') ? w.script(sized) : sized;
}

/** The last touch: minus signs by what stands round them, powers of ten, single spaces and pauses. */
export const said = (text: string, w: SpokenWords): string =>
  text
    .replace(/\\text\{NaN\}/g, w.notNumber)
    .replace(/\\infty/g, w.infinity)
    .replace(/\\dots/g, w.dots)
    .replace(/\\(?:cdot|times)\s*/g, ` ${w.times} `)
    .replace(/\^\{?([-−]?)(\d+)\}?/g, (_, sign: string, digits: string) => {
      const exponent = sign === '' ? digits : `${w.negative} ${digits}`;
      return ` ${w.power(exponent)} `;
    })
    .replace(/ − /g, ` ${w.minus} `)
    .replace(/(?<=\S)−/g, ` ${w.minus} `)
    .replace(/−|-(?=\d)/g, ` ${w.negative} `)
    .replace(/\s+/g, ' ')
    .replace(/(?: ?,)+/g, ',')
    .replace(/^[ ,]+|[ ,]+$/g, '')
    .replace(/(?<=[^\x20-\x7E]) (?=[^\x20-\x7E])/g, '')
    .replace(/, ?/g, w.pause);

/** The look of a language. `timed`: stages that are plain numbers are time steps. */
export const spokenLook = (w: SpokenWords, timed = false): Look => ({
  stacked: true,
  oneSuperscript: false,
  signs: signsOf(w),
  ...lettersOf(w),
  ...partsOf(w),
  scripts: (base, { sub = '', stage = '', power = '', transposed = '', primes = 0 }) =>
    base +
    (primes === 0 ? '' : ` ${w.primes(primes)}`) +
    (sub === '' ? '' : ` ${w.sub(sub.replaceAll(',', ' '))}`) +
    (stage === '' ? '' : stageWords(stage, timed, w)) +
    (power === '' ? '' : ` ${w.power(power)}`) +
    transposed,
  between: (left) => (left.number ? ` ${w.times} ` : `, ${w.times} `),
  sumSign: (under, over) => w.sum(rangeOf(under, over, w)),
  finish: (text) => said(text, w),
});

function signsOf(w: SpokenWords): Signs {
  const apart = (words: string): string => ` ${words} `;
  return {
    plus: apart(w.plus),
    minus: MINUS,
    equals: apart(w.equals),
    less: apart(w.less),
    greater: apart(w.greater),
    atMost: apart(w.atMost),
    atLeast: apart(w.atLeast),
    partial: `${PARTIAL} `,
    differential: `${w.differential} `,
    nabla: w.nabla,
    ones: w.ones,
    identity: w.identity,
    anyStage: w.any,
    divided: apart(w.entrywiseDivided),
    comma: `, ${w.and} `,
  };
}

/** Names, and index texts side by side. */
const lettersOf = (w: SpokenWords): Pick<Look, 'letter' | 'functionLetter' | 'upright' | 'beside'> => ({
  letter(name, notation, use) {
    const own = ownLetter(name, notation, use);
    if (own !== null) return { base: letterWords(own, w), hangs: [] };
    const { base, hangs } = splitName(name);
    const letter = (hangs.length === 0 ? null : ownLetter(base, notation, use)) ?? base;
    return { base: letterWords(letter, w), hangs: hangs.map((h) => letterWords(h, w)) };
  },
  functionLetter: (name) =>
    activationRow(name)?.name.replace('-', ' ') ?? (name === 'atan' ? w.arcTangent : null),
  upright: (word) => (word === 'tr' ? w.trace : word),
  beside: (parts) => parts.join(' '),
});

/** Whether a part can be said without marking where it ends. */
const short = (p: Piece, w: SpokenWords): boolean => p.level >= LEVEL.atom && !p.text.includes(w.open);

const enclosed = (of: Piece, w: SpokenWords): string =>
  short(of, w) ? of.text : ` ${w.open} ${of.text} ${w.close} `;

type Parts =
  | 'hadamard'
  | 'transpose'
  | 'fraction'
  | 'root'
  | 'bracket'
  | 'call'
  | 'guard'
  | 'indicator'
  | 'absolute'
  | 'norm'
  | 'exponential'
  | 'held'
  | 'entrywise';

/** What goes round or between parts. */
const partsOf = (w: SpokenWords): Pick<Look, Parts> => ({
  hadamard: () => `, ${w.hadamard} `,
  transpose: () => ` ${w.transposed}`,
  fraction(top, bottom) {
    if (top.text.startsWith(PARTIAL) && bottom.text.startsWith(PARTIAL))
      return piece(w.derivative(top.text.slice(1).trim(), bottom.text.slice(1).trim()), LEVEL.power);
    const put = short(top, w) && short(bottom, w) ? w.over : w.fraction;
    return piece(put(top.text, bottom.text), LEVEL.power);
  },
  root: (of) => piece(w.root(enclosed(of, w)), LEVEL.atom, { scripted: true }),
  bracket: (of) => ` ${w.open} ${of.text} ${w.close} `,
  call: (fn, args) => w.call(fn, enclosed(args, w)),
  guard: (condition) => w.guard(condition),
  indicator: (relation) => w.guard(relation.text),
  absolute: (of) => w.absolute(enclosed(of, w)),
  norm: (of) => `${w.norm(enclosed(of, w))},`,
  exponential: () => null,
  held: (d, what) => w.held(d.text, what),
  entrywise: (exponent) => w.entrywise(exponent),
});

/** A stage in words; time steps are told by their letter, plain numbers by the network. */
function stageWords(stage: string, timed: boolean, w: SpokenWords): string {
  const text = stage.replace(/[()[\]]/g, '').trim();
  const time = /\b[tT]\b/.test(text) || (timed && /^\d+$/.test(text));
  return `, ${time ? w.step(text) : w.layer(text)},`;
}

/** What a sum runs over, from what stands under and over its sign. */
function rangeOf(under: readonly string[], over: string, w: SpokenWords): SpokenRange {
  const [first = '', ...rest] = under;
  if (over !== '') {
    const [index = first, from = ''] = first.split(` ${w.equals} `);
    return { index, from, to: over, where: rest };
  }
  const relations = [w.equals, w.less, w.greater, w.atMost, w.atLeast];
  const named = !relations.some((r) => first.includes(` ${r} `));
  return { index: named ? first : null, from: '', to: '', where: named ? rest : under };
}
