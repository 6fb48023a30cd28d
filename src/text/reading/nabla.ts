// The nabla before the loss: \nabla_a C.

import type { NameSyntax, Syntax } from '../syntax.ts';
import { fail, isEnd, isSign, next, peek, type Reader, spanSince, typed, within } from './cursor.ts';
import { of, ofName, type Where } from './derivatives.ts';
import { type Glyph, readGlyph, startsGlyph } from './glyph.ts';
import { known, MISSING, missing, unknown } from './names.ts';
import { argumentRange } from './scripts.ts';
import { skipArguments, variable } from './variables.ts';

export function below(p: Reader): Syntax {
  next(p);
  const range = argumentRange(p);
  const inside = within(p, range.from, range.to);
  const by = variable(inside);
  if (!isEnd(inside))
    fail(inside, peek(inside), {
      code: 'expected',
      what: 'one-quantity-below',
      found: typed(inside, peek(inside)),
    });
  return by;
}

/** \nabla_a C, \nabla_{W^l} J(W, b), \nabla C; a transpose on the nabla or on the loss turns the gradient. */
export function nabla(p: Reader): Syntax {
  const from = p.at;
  const sign = next(p);
  const by = isSign(p, '_') ? below(p) : lastActivation(p, sign);
  const turned = turns(p);
  if (!startsGlyph(p))
    return fail(
      p,
      peek(p),
      { code: 'expected', what: 'loss', after: typed(p, sign), found: typed(p, peek(p)) },
      'loss',
    );
  const g = readGlyph(p);
  const found = known(p, g, 'differentiated');
  const span: Where = () => spanSince(p, from);
  if (found?.meaning.kind === 'loss') {
    skipArguments(p);
    const gradient = gradientOf(p, by, g, span);
    return turned !== isTurned(g) ? { kind: 'transpose', of: gradient, span: span() } : gradient;
  }
  if (turned) fail(p, g.span, { code: 'expected', what: 'loss', found: typed(p, g.span) }, 'loss');
  return ofName(p, g, by, span, false) ?? unknown(p, g);
}

/** A transpose behind the nabla. Moves behind it. */
function turns(p: Reader): boolean {
  const [sign, letter] = [peek(p), peek(p, isSign(p, '{', 1) ? 2 : 1)];
  if (sign.text !== '^' || !(letter.text === '⊤' || letter.text === 'T')) return false;
  next(p);
  const { from, to } = argumentRange(p);
  return to === from + 1;
}

/** Whether a transpose stands on the loss; a number has none, so that it is the gradient's. */
const isTurned = ({ sups, transposed }: Glyph): boolean =>
  transposed !== sups.some((i) => i.kind === 'transpose' || (i.kind === 'index' && i.text === 'T'));

/** The gradient of an unknown loss by its own argument is its partial derivative; anything else is the total one. */
function gradientOf(p: Reader, by: Syntax, g: Glyph, span: Where): Syntax {
  const { loss, opaqueArgs, outputs } = p.letters.scope;
  const output = by.kind === 'name' ? outputs.get(by.name) : undefined;
  const name: NameSyntax = { kind: 'name', name: loss, brackets: [], span: g.span };
  const own = opaqueArgs.get(loss)?.[0];
  if (by.kind === 'name' && own?.name === by.name && isOwnArgument(by, own.stage[0]?.key ?? ''))
    return {
      kind: 'call',
      name: 'partial',
      stage: null,
      primes: 0,
      args: [name, atOwnStage(by, own.stage[0]?.key)],
      span: span(),
    };
  return of(p, name, by.kind === 'name' && output !== undefined ? atOwnStage(by, output.key) : by, span);
}

const stageOf = (s: NameSyntax): Syntax | undefined => s.brackets[0]?.[0];

const isOwnArgument = (by: NameSyntax, stage: string): boolean => {
  const s = stageOf(by);
  return s === undefined || (s.kind === 'name' && (s.name === MISSING || s.name === stage));
};

/** \nabla_a C is by the a that C is a function of. */
function atOwnStage(by: NameSyntax, stage: string | undefined): NameSyntax {
  const s = stageOf(by);
  if (stage === undefined || s?.kind !== 'name' || s.name !== MISSING) return by;
  const at: Syntax = /^\d+$/.test(stage)
    ? { kind: 'number', text: stage, span: s.span }
    : { kind: 'name', name: stage, brackets: [], span: s.span };
  return { ...by, brackets: [[at], ...by.brackets.slice(1)] };
}

function lastActivation(p: Reader, sign: { offset: number; length: number }): Syntax {
  const { scope } = p.letters;
  const own = scope.opaqueArgs.get(scope.loss)?.[0]?.name ?? (scope.tensors.has('a') ? 'a' : null);
  if (own === null) return fail(p, sign, { code: 'nabla-by' }, { text: '\\nabla_a' });
  const stages = scope.tensors.get(own)?.stage.length ?? 0;
  const L: NameSyntax = { kind: 'name', name: 'L', brackets: [], span: sign };
  return {
    kind: 'name',
    name: own,
    brackets: stages === 0 ? [] : [[scope.sizes.has('L') ? L : missing(sign)]],
    span: sign,
  };
}
