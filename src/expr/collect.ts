// Like terms of the comparison form together: towers settled, powers merged, binders in one form.

import { cleared, contracted, counted, leastNamed, pruned, shifted } from './binders.ts';
import { conditionKey } from './condition.ts';
import type { Expr } from './expr.ts';
import { call, mul, numberOf } from './make.ts';
import {
  type Factor,
  isConstant,
  isFree,
  type Monomial,
  mergedFactors,
  product,
  rebuild,
  type Tower,
  type Work,
  wholePart,
} from './monomial.ts';
import { mapParts } from './parts.ts';
import { isAbsolute, isEven, LARGEST_POWER } from './powers.ts';
import { addR, isIntegerR, mulR, powR, R1, rationalText } from './rational.ts';
import { alphaKey } from './substitute.ts';

/** Towers settled: numbers in their exponents become powers, the rest functions of one form. */
function settled(m: Monomial, w: Work): Monomial {
  const [first] = m.towers;
  if (first === undefined) return m;
  const byBase = new Map<string, Tower>();
  for (const t of m.towers) {
    const name = t.base === null ? '' : alphaKey(t.base);
    const found = byBase.get(name);
    byBase.set(name, { base: t.base, exponent: [...(found?.exponent ?? []), ...t.exponent] });
  }
  const factors = [...m.factors];
  for (const { base, exponent } of byBase.values()) {
    const terms = w.collect(exponent, w);
    const number = base === null ? undefined : terms.find(isConstant);
    const rest = terms.filter((t) => t !== number);
    if (base !== null && number !== undefined) factors.push({ base, exponent: number.coefficient });
    if (rest.length === 0) continue;
    const up = rebuild(rest);
    factors.push({
      base: base === null ? call('exp', up) : { kind: 'power', base, exponent: up },
      exponent: R1,
    });
  }
  return { ...m, factors, towers: [] };
}

const isCompound = (e: Expr): boolean => e.kind === 'add' || e.kind === 'mul';

/** Powers of one base together; numbers to the coefficient, |f|^2 to f^2, sums to whole powers multiplied out. */
function simplified(m: Monomial, w: Work): Monomial[] {
  let { coefficient } = m;
  const factors: Factor[] = [];
  const again: Expr[] = [];
  for (const f of mergedFactors(m.factors)) {
    if (f.base.kind === 'number') {
      const { whole, rest } = wholePart(f.exponent);
      const power = powR(f.base.value, whole);
      if (power === null) factors.push(f);
      else {
        coefficient = mulR(coefficient, power);
        if (rest.n !== 0n) factors.push({ base: f.base, exponent: rest });
      }
    } else if (isAbsolute(f.base) && isEven(f.exponent) && f.base.kind === 'call') {
      again.push({ kind: 'power', base: f.base.args[0] ?? f.base, exponent: numberOf(f.exponent) });
    } else if (
      isCompound(f.base) &&
      isIntegerR(f.exponent) &&
      f.exponent.n > 0n &&
      f.exponent.n <= LARGEST_POWER
    )
      again.push({ kind: 'power', base: f.base, exponent: numberOf(f.exponent) });
    else factors.push(f);
  }
  const rest = { ...m, coefficient, factors };
  if (again.length === 0) return [rest];
  return product([rest], w.expand(mul(...again), w)).flatMap((t) => simplified(settled(t, w), w));
}

/** A monomial's binders brought to one form; none where its conditions contradict each other. */
function canonical(raw: Monomial, w: Work): { name: string; monomial: Monomial }[] {
  if (isFree(raw)) return [{ name: keyOf(raw), monomial: raw }];
  const small = pruned(contracted(cleared(raw, w.names)), w.given);
  if (small === null) return [];
  const { rest, sizes } = counted(small, w.given);
  if (sizes.length > 0) {
    const numbers = sizes.map((s) => w.expand({ kind: 'size', value: s }, w)).reduce(product, [rest]);
    return numbers.flatMap((m) => canonical({ ...m, factors: mergedFactors(m.factors) }, w));
  }
  return [leastNamed(shifted(small), (m) => keyOf(resorted(m, w)))].map(({ name, monomial }) => ({
    name,
    monomial: resorted(monomial, w),
  }));
}

/** Sums and products inside functions put in order again, after the names in them have changed. */
function resorted(m: Monomial, w: Work): Monomial {
  if (m.binders.length === 0) return m;
  const inside = (e: Expr): Expr => {
    const parts = mapParts(e, { expr: inside, tensor: (t) => t, affine: (a) => a });
    if (parts.kind !== 'add' && parts.kind !== 'mul') return parts;
    const args = [...parts.args].sort((a, b) => (alphaKey(a) < alphaKey(b) ? -1 : 1));
    return args.every((a, i) => a === parts.args[i]) ? parts : { ...parts, args };
  };
  w.left -= m.factors.length;
  return { ...m, factors: m.factors.map((f) => ({ base: inside(f.base), exponent: f.exponent })) };
}

function keyOf(m: Monomial): string {
  const factors = m.factors.map((f) => `${alphaKey(f.base)}^${rationalText(f.exponent)}`).sort();
  const where = m.where.length === 0 ? '' : [...new Set(m.where.map(conditionKey))].sort().join('&');
  return `${factors.join('*')}|${where}`;
}

/** Like terms together, by their keys. */
export function collect(ms: readonly Monomial[], w: Work): Map<string, Monomial> {
  const found = new Map<string, Monomial>();
  for (const raw of ms) {
    if (--w.left < 0) throw new RangeError('too many operations to compare');
    for (const plain of simplified(settled(raw, w), w))
      for (const { name, monomial } of canonical(plain, w)) {
        const before = found.get(name);
        const coefficient =
          before === undefined ? monomial.coefficient : addR(before.coefficient, monomial.coefficient);
        if (coefficient.n === 0n) found.delete(name);
        else found.set(name, { ...monomial, coefficient });
      }
  }
  return found;
}
