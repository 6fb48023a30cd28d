// All rules, in the order in which they are tried and listed.

import { algebraRules } from './algebra.ts';
import { chainRules } from './chain.ts';
import { definitionRules } from './definitions.ts';
import { differentiation } from './differentiate.ts';
import { multiplyOut } from './expand.ts';
import { commonFactor, mergeExponentials } from './factor.ts';
import { indexRules } from './indices.ts';
import { liftRules } from './lift.ts';
import { readingOrder } from './order.ts';
import type { Rule } from './rule.ts';

export const catalogue: readonly Rule[] = [
  ...chainRules,
  ...definitionRules,
  ...differentiation,
  ...indexRules,
  ...algebraRules,
  mergeExponentials,
  multiplyOut,
  commonFactor,
  readingOrder,
  ...liftRules,
];

const byId = new Map<string, Rule>(catalogue.map((r) => [r.id, r]));

/** The rule of that name; asking for one that isn't there is the program's own fault. */
export function ruleNamed(id: string): Rule {
  const rule = byId.get(id);
  if (rule === undefined) throw new RangeError(`no rule is called ${id}`);
  return rule;
}
