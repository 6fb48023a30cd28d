// Surface forms in plain syntax: what was read, word for word, whether or not its shapes go together.

import { unreachable } from '../expr/error.ts';
import { LEVEL } from './operators.ts';
import type { NameSyntax, Part, Syntax } from './syntax.ts';

interface Shown {
  readonly text: string;
  readonly level: number;
}

const shown = (text: string, level: number = LEVEL.atom): Shown => ({ text, level });

/** A surface form in plain syntax. */
export const syntaxText = (s: Syntax): string => textOf(s).text;

const inside = (s: Syntax, level: number): string => {
  const { text, level: own } = textOf(s);
  return own >= level ? text : `(${text})`;
};

const named = (s: NameSyntax): string =>
  s.name + s.brackets.map((b) => `[${b.map(compact).join(',')}]`).join('');
/** An index without blanks. */
const compact = (s: Syntax): string => syntaxText(s).replace(/ /g, '');

function textOf(s: Syntax): Shown {
  switch (s.kind) {
    case 'number':
      return shown(s.text);
    case 'name':
      return shown(named(s));
    case 'call': {
      const stage = s.stage === null ? '' : `[${compact(s.stage)}]`;
      return shown(`${s.name}${stage}${"'".repeat(s.primes)}(${s.args.map(syntaxText).join(', ')})`);
    }
    case 'group':
      return textOf(s.of);
    case 'sum':
      return shown(s.parts.map(termText).join(''), LEVEL.sum);
    case 'product':
      return shown(
        s.parts.map(factorText).join(''),
        s.parts.some((p) => isEntrywise(p.operator)) ? LEVEL.hadamard : LEVEL.product,
      );
    case 'hadamard':
      return shown(s.parts.map(factorText).join(''), LEVEL.hadamard);
    case 'negative':
      return shown(`-${inside(s.of, LEVEL.hadamard)}`, LEVEL.negative);
    case 'power':
      return shown(
        `${inside(s.base, LEVEL.postfix)}${s.entrywise ? '.^' : '^'}${inside(s.exponent, LEVEL.power)}`,
        LEVEL.power,
      );
    case 'transpose':
      return shown(`${inside(s.of, LEVEL.postfix)}'`, LEVEL.postfix);
    case 'indexed':
      return shown(`(${syntaxText(s.of)})[${s.slots.map(compact).join(',')}]`);
    case 'relation':
      return shown(
        s.sides
          .map((side, i) => (i === 0 ? '' : ` ${s.relations[i - 1] ?? '='} `) + syntaxText(side))
          .join(''),
        LEVEL.relation,
      );
    case 'derivative': {
      const text = `d${named(s.of)}/d${named(s.by)}`;
      return s.cut === null
        ? shown(text, LEVEL.hadamard)
        : shown(`(${text} | ${s.cut.map(named).join(', ')})`);
    }
    case 'partial':
      return shown(`d(${syntaxText(s.of)})/d${named(s.by)}`, LEVEL.hadamard);
    default:
      return unreachable(s);
  }
}

function termText(p: Part, i: number): string {
  const text = inside(p.of, LEVEL.hadamard);
  if (i === 0) return p.operator === '-' ? `-${text}` : text;
  return ` ${p.operator} ${text}`;
}

const ENTRYWISE = new Set(['.*', './', '⊙', '∘', '⊗']);
const isEntrywise = (operator: string): boolean => ENTRYWISE.has(operator);

function factorText(p: Part, i: number): string {
  const text = inside(p.of, LEVEL.power);
  if (i === 0) return text;
  if (isEntrywise(p.operator)) return ` ${p.operator === './' ? './' : '.*'} ${text}`;
  return `${p.operator === '/' ? '/' : '*'}${text}`;
}
