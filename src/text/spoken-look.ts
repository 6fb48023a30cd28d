// Words for screen readers: the same walk, with what is said in place of what is written.

import { activationRow } from '../tables/activations.ts';
import { ownLetter, splitName } from './letters.ts';
import type { Look } from './look.ts';
import { LEVEL } from './operators.ts';
import { type Piece, piece } from './piece.ts';
import type { SpokenWords } from './spoken-words.ts';

/** Stands for a minus sign until `said` knows from the spaces round it which one it is. */
const MINUS = '−';

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
    .replace(/(?:^,)|,$/g, '')
    .replace(/(?<=[^\x20-\x7E]) (?=[^\x20-\x7E])/g, '')
    .replace(/, ?/g, w.pause)
    .trim();

const isNumber = (index: string): boolean => /^\d+$/.test(index);

/** The look of a language. `timed`: stages that are plain numbers are time steps. */
export function spokenLook(w: SpokenWords, timed = false): Look {
  /** Whether a part can be said without marking where it ends. */
  const short = (p: Piece): boolean => p.level >= LEVEL.atom && !p.text.includes(w.open);
  const enclosed = (of: Piece): string => (short(of) ? of.text : ` ${w.open} ${of.text} ${w.close} `);
  const relations = [w.equals, w.less, w.greater, w.atMost, w.atLeast].map((r) => ` ${r} `);
  const isRelation = (text: string): boolean => relations.some((r) => text.includes(r));
  const stageWords = (stage: string): string => {
    const text = stage.replace(/[()[\]]/g, '').trim();
    const time = /\b[tT]\b/.test(text) || (timed && isNumber(text));
    return `, ${time ? w.step(text) : w.layer(text)},`;
  };
  return {
    stacked: true,
    oneSuperscript: false,
    signs: {
      plus: ` ${w.plus} `,
      minus: MINUS,
      equals: ` ${w.equals} `,
      less: ` ${w.less} `,
      greater: ` ${w.greater} `,
      atMost: ` ${w.atMost} `,
      atLeast: ` ${w.atLeast} `,
      partial: `${w.partial} `,
      differential: `${w.differential} `,
      nabla: w.nabla,
      ones: w.ones,
      identity: w.identity,
      anyStage: w.any,
      divided: ` ${w.entrywiseDivided} `,
      comma: `, ${w.and} `,
    },
    hadamard: () => `, ${w.hadamard} `,
    transpose: () => ` ${w.transposed}`,
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
    scripts: (base, { sub = '', stage = '', power = '', transposed = '', primes = 0 }) =>
      base +
      (primes === 0 ? '' : ` ${w.primes(primes)}`) +
      (sub === '' ? '' : ` ${w.sub(sub.replaceAll(',', ' '))}`) +
      (stage === '' ? '' : stageWords(stage)) +
      (power === '' ? '' : ` ${w.power(power)}`) +
      transposed,
    between: (left) => (left.number ? ` ${w.times} ` : `, ${w.times} `),
    fraction(top, bottom) {
      const d = w.partial;
      if (top.text === d || top.text.startsWith(`${d} `))
        return piece(w.derivative(top.text.slice(d.length).trim(), bottom.text.slice(d.length)), LEVEL.power);
      const put = short(top) && short(bottom) ? w.over : w.fraction;
      return piece(put(top.text, bottom.text), LEVEL.power);
    },
    root: (of) => piece(w.root(enclosed(of)), LEVEL.atom, { scripted: true }),
    bracket: (of) => ` ${w.open} ${of.text} ${w.close} `,
    call: (fn, args) => w.call(fn, enclosed(args)),
    guard: (condition) => w.guard(condition),
    indicator: (relation) => w.guard(relation.text),
    absolute: (of) => w.absolute(enclosed(of)),
    norm: (of) => `${w.norm(enclosed(of))},`,
    exponential: () => null,
    sumSign(under, over) {
      const [first = '', ...rest] = under;
      if (over !== '') {
        const [index = first, from = ''] = first.split(` ${w.equals} `);
        return w.sum({ index, from, to: over, where: rest });
      }
      const named = !isRelation(first);
      return w.sum({ index: named ? first : null, from: '', to: '', where: named ? rest : under });
    },
    held: (d, what) => w.held(d.text, what),
    entrywise: (exponent) => w.entrywise(exponent),
    finish: (text) => said(text, w),
  };
}
