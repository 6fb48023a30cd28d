// Common factors taken out of sums, and exponentials merged.

import type { Expr } from '../expr/expr.ts';
import { factorsOf, isNumber, mul, NUM1 } from '../expr/make.ts';
import { addR, negR, R1, type Rational, sameR } from '../expr/rational.ts';
import { key } from '../expr/substitute.ts';
import { baseAndExponent, coefficientOf, collectFactors, collectTerms, times, toPower } from './collect.ts';
import type { Rule } from './rule.ts';

/** A factor that all terms share, with its least exponent. */
export const commonFactor: Rule = {
  id: 'common-factor',
  kind: 'tidy',
  example: 'a g - a h -> a (g - h)',
  on: ['add'],
  apply: (e) => {
    if (e.kind !== 'add') return null;
    const terms = e.args.map(
      (t) =>
        new Map(
          factorsOf(coefficientOf(t).rest).map((f) => [key(baseAndExponent(f).base), baseAndExponent(f)]),
        ),
    );
    const shared: Expr[] = [];
    for (const [name, { base, exponent }] of terms[0] ?? []) {
      if (base.kind === 'number') continue;
      let least: Rational | null = exponent;
      for (const t of terms) {
        const own = t.get(name)?.exponent;
        least =
          own === undefined || least === null || own.n < 0n !== exponent.n < 0n ? null : smaller(least, own);
      }
      if (least !== null) shared.push(toPower(base, least));
    }
    if (shared.length === 0) return null;
    const common = mul(...shared);
    const inverse = factorsOf(common).map((f) => {
      const { base, exponent } = baseAndExponent(f);
      return toPower(base, negR(exponent));
    });
    return mul(common, collectTerms(e.args.map((t) => collectFactors([...factorsOf(t), ...inverse]))));
  },
};

/** Of two exponents of one sign the one nearer 0. */
function smaller(a: Rational, b: Rational): Rational {
  const gap = addR(a, negR(b));
  return gap.n < 0n === a.n > 0n ? a : b;
}

/** exp(u) exp(v) -> exp(u + v), and exp(u)^n -> exp(n u). */
export const mergeExponentials: Rule = {
  id: 'merge-exponentials',
  kind: 'tidy',
  example: 'exp(u) exp(v) -> exp(u + v)',
  on: ['mul', 'power'],
  apply: (e) => {
    const powers = factorsOf(e).map(baseAndExponent);
    const isExp = (x: Expr): boolean => x.kind === 'call' && x.fn.name === 'exp' && x.fn.order === 0;
    const exps = powers.filter((p) => isExp(p.base));
    if (exps.length === 0 || (exps.length === 1 && exps.every((p) => sameR(p.exponent, R1)))) return null;
    const inner = exps.flatMap((p) =>
      p.base.kind === 'call' && p.base.args[0] !== undefined ? [times(p.exponent, p.base.args[0])] : [],
    );
    const rest = powers.filter((p) => !isExp(p.base)).map((p) => toPower(p.base, p.exponent));
    const total = collectTerms(inner);
    const merged: Expr = isNumber(total, 0)
      ? NUM1
      : { kind: 'call', fn: { name: 'exp', order: 0, stage: null }, args: [total] };
    return mul(...rest, merged);
  },
};
