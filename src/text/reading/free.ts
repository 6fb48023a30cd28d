// Questions without a network: declared tensors with symbolic sizes, unknown functions; or every name a real number.

import { index, integer } from '../../expr/affine.ts';
import type { Condition } from '../../expr/condition.ts';
import type { System, TensorDecl } from '../../expr/system.ts';
import { ReadError } from '../read-error.ts';
import { COMMON_FUNCTIONS, FORMS } from '../scope.ts';
import { marksOf } from './lex.ts';
import { CAPS, type Mark } from './marks.ts';

export interface Declared {
  /** Sizes by name, `{"A": ["p", "q"], "x": ["q"], "c": []}`; left out: all names are real numbers. */
  readonly tensors?: Readonly<Record<string, readonly string[]>>;
  /** Unknown functions of one variable. */
  readonly functions?: readonly string[];
}

/** The system of a question that has no network. `texts`: what is to be read in it, for the names of real numbers. */
export function freeSystem({ tensors, functions = [] }: Declared, texts: readonly string[]): System {
  const sizesOf = new Map<string, readonly string[]>();
  for (const name of Object.keys(tensors ?? {})) sizesOf.set(name, tensors?.[name] ?? []);
  if (tensors === undefined)
    for (const text of texts) for (const name of scalarNames(text, new Set(functions))) sizesOf.set(name, []);
  const decls = [...sizesOf].map(([name, sizes]): [string, TensorDecl] => [
    name,
    {
      name,
      stage: [],
      size: sizes.map((s) => (/^\d+$/.test(s) ? integer(Number(s)) : index(s))),
      kind: 'input',
    },
  ]);
  const sizes = new Set([...sizesOf.values()].flat().filter((s) => !/^\d+$/.test(s)));
  return {
    tensors: new Map(decls),
    equations: [],
    functions: functions.map((name) => ({ name, stage: null, param: 'u', body: null })),
    loss: 'loss',
    sizes: new Map([...sizes].map((s) => [s, 0])),
    given: [...sizes].map((s): Condition => ({ relation: '<=', left: integer(1), right: index(s) })),
    identities: [],
  };
}

const NO_NAMES: ReadonlySet<string> = new Set([
  'e',
  'pi',
  'sgn',
  'arctan',
  'arcsin',
  'arccos',
  'frac',
  'np',
  'return',
]);

/** A d that differentiates. */
const DIFFERENTIAL = /\bd\s*\/\s*d|\\frac\s*\{?\s*d|\\mathrm\s*\{?\s*d/;

/** The names of a formula that can be real numbers: letters and words that are no functions, with a lone index hung on. */
export function scalarNames(text: string, functions: ReadonlySet<string>): Set<string> {
  const found = new Set<string>();
  for (const writing of ['latex', 'typed'] as const) {
    const latex = /\\[A-Za-z]/.test(text);
    if ((writing === 'latex') !== latex) continue;
    const marks = marksIn(text, writing);
    marks.forEach((t, i) => {
      const name = t.kind === 'letter' || t.kind === 'word' ? t.text : '';
      if (name === 'd' && DIFFERENTIAL.test(text)) return;
      if (name === '' || NO_NAMES.has(name) || functions.has(name)) return;
      if (
        COMMON_FUNCTIONS.has(name) ||
        FORMS.has(name) ||
        (marks[i - 1]?.text === '_' && marks[i - 2]?.text !== 'log')
      )
        return;
      const hang = marks[i + 1]?.text === '_' ? hanging(marks, i + 2) : '';
      found.add(hang === '' ? name : `${name}_${hang}`);
    });
  }
  return found;
}

function marksIn(text: string, writing: 'latex' | 'typed'): readonly Mark[] {
  try {
    return marksOf(text.slice(0, CAPS.length), writing, new Set());
  } catch (error) {
    if (error instanceof ReadError) return [];
    throw error;
  }
}

/** The letters and digits of a script. */
function hanging(marks: readonly Mark[], at: number): string {
  const first = marks[at];
  if (first?.text !== '{') return /^\w+$/.test(first?.text ?? '') ? (first?.text ?? '') : '';
  let text = '';
  for (let i = at + 1; i < marks.length && marks[i]?.text !== '}'; i++) text += marks[i]?.text ?? '';
  return /^\w+$/.test(text) ? text : '';
}
