// Words for screen readers: the same walk, with what is said in place of what is written.

import { activationRow } from '../tables/activations.ts';
import { splitName } from './letters.ts';
import type { Look } from './look.ts';
import { LEVEL } from './operators.ts';
import { type Piece, piece } from './piece.ts';

/** A raw LaTeX letter in words: `\mathcal L` as script capital L. */
function letterWords(latex: string): string {
  const script = latex.includes('\\mathcal') ? 'script ' : '';
  const name = latex
    .replace(/\\(?:mathcal|mathrm|mathbf|mathit|mathsf|text)\b/g, '')
    .replace(/[\\{}\s]/g, '');
  return `${script}${/^[A-Z]$/.test(name) ? 'capital ' : ''}${name}`;
}

/** A stage in words; what runs in time steps is told by its letter. */
function stageWords(stage: string): string {
  const text = stage.replace(/[()[\]]/g, '').trim();
  return `, ${/\b[tT]\b/.test(text) ? 'step' : 'layer'} ${text},`;
}

const POWERS: ReadonlyMap<string, string> = new Map([
  ['2', ' squared'],
  ['3', ' cubed'],
]);
const PRIMES = ['', ' prime', ' double prime', ' triple prime'];

const primeWords = (primes: number): string => PRIMES[primes] ?? ` with ${primes} primes`;

/** Whether a part can be said without marking where it ends. */
const short = (p: Piece): boolean => p.level >= LEVEL.atom && !p.text.includes('open bracket');

const enclosed = (of: Piece): string => (short(of) ? of.text : `open bracket ${of.text} close bracket`);

export const spokenLook: Look = {
  stacked: true,
  oneSuperscript: false,
  signs: {
    plus: ' plus ',
    minus: ' minus ',
    equals: ' equals ',
    less: ' is less than ',
    greater: ' is greater than ',
    atMost: ' is at most ',
    atLeast: ' is at least ',
    partial: 'd ',
    nabla: 'nabla',
    ones: 'the vector of ones',
    identity: 'the identity matrix',
    anyStage: 'any',
    divided: ' entrywise divided by ',
    comma: ', and ',
  },
  hadamard: () => ', entrywise times ',
  transpose: () => ' transposed',
  letter(name, notation) {
    const own = Object.hasOwn(notation.letters, name) ? notation.letters[name] : undefined;
    if (own !== undefined) return { base: letterWords(own), hangs: [] };
    const { base, hangs } = splitName(name);
    return { base: letterWords(base), hangs: hangs.map(letterWords) };
  },
  functionLetter: (name) =>
    activationRow(name)?.name.replace('-', ' ') ?? (name === 'atan' ? 'arc tangent' : null),
  upright: (word) => (word === 'tr' ? 'the trace' : word),
  beside: (parts) => parts.join(' '),
  scripts: (base, { sub = '', stage = '', power = '', transposed = '', primes = 0 }) =>
    base +
    primeWords(primes) +
    (sub === '' ? '' : ` sub ${sub.replaceAll(',', ' ')}`) +
    (stage === '' ? '' : stageWords(stage)) +
    (power === '' ? '' : (POWERS.get(power) ?? ` to the power ${power}`)) +
    transposed,
  between: (left) => (left.number ? ' times ' : ', times '),
  fraction(top, bottom) {
    const half = top.text === '1' && bottom.text === '2';
    const words = short(top) && short(bottom) ? '' : 'the fraction ';
    const end = words === '' ? '' : ', end of fraction';
    return piece(half ? 'one half' : `${words}${top.text} over ${bottom.text}${end}`, LEVEL.power);
  },
  root: (of) => piece(`the square root of ${enclosed(of)}`, LEVEL.atom, { scripted: true }),
  bracket: (of) => `open bracket ${of.text} close bracket`,
  call: (fn, args) => `${fn} of ${enclosed(args)}`,
  guard: (condition) => `the bracket that is 1 where ${condition}`,
  indicator: (relation) => `the bracket that is 1 where ${relation.text}`,
  absolute: (of) => `the absolute value of ${enclosed(of)}`,
  norm: (of) => `the norm of ${enclosed(of)},`,
  exponential: () => null,
  sumSign(under, over) {
    const [index = '', ...where] = under;
    if (/ is | equals /.test(index) && over === '') return `the sum where ${under.join(' and ')} of`;
    if (over !== '') return `the sum from ${index} to ${over} of`;
    return `the sum over ${index}${where.length > 0 ? ` where ${where.join(' and ')}` : ''} of`;
  },
  held: (d, what) => `${d.text}, with ${what.join(' and ')} held constant`,
  entrywise: (exponent) => `${exponent} entrywise`,
  finish: (text) =>
    text
      .replace(/\\(?:cdot|times)\s*/g, ' times ')
      .replace(/\^\{?([-−]?\d+)\}?/g, ' to the power $1')
      .replace(/[-−](?=\d)/g, ' minus ')
      .replace(/\s+/g, ' ')
      .replace(/ ,/g, ',')
      .replace(/,+/g, ',')
      .replace(/,$/, '')
      .trim(),
};
