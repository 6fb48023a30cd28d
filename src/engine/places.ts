// Which claims can be evaluated on the same random networks: those whose assumptions differ by slots' ranges at most.

import { type Condition, conditionKey, slack } from '../expr/condition.ts';
import type { Expr } from '../expr/expr.ts';
import type { System } from '../expr/system.ts';
import { freeNames } from '../expr/walk.ts';
import { bareSizes } from '../numeric/slots.ts';

/** An equation to be checked, and what it belongs to. */
export interface Claim {
  readonly left: Expr;
  readonly right: Expr;
  readonly given: readonly Condition[];
  readonly name: string;
}

/** Assumptions, the names that need values, and the claims that are evaluated under them. */
export interface Place {
  readonly given: readonly Condition[];
  readonly names: ReadonlySet<string>;
  readonly claims: readonly Claim[];
}

interface OpenPlace {
  readonly given: readonly Condition[];
  readonly keys: ReadonlySet<string>;
  readonly names: Set<string>;
  readonly claims: Claim[];
}

/** The claims by the assumptions they are evaluated under, those with most assumptions first. */
export function placesOf(claims: readonly Claim[], system: System): Place[] {
  const slots = bareSizes(system);
  const places: OpenPlace[] = [];
  const last = new Map<readonly Condition[], OpenPlace>();
  for (const claim of [...claims].sort((a, b) => b.given.length - a.given.length)) {
    const names = new Set([...freeNames(claim.left), ...freeNames(claim.right)]);
    const known = last.get(claim.given);
    let place =
      known !== undefined && serves(known, claim, names, system, slots)
        ? known
        : places.find((p) => serves(p, claim, names, system, slots));
    if (place === undefined) {
      place = {
        given: claim.given,
        keys: new Set(claim.given.map(conditionKey)),
        names: new Set(),
        claims: [],
      };
      places.push(place);
    }
    last.set(claim.given, place);
    place.claims.push(claim);
    for (const name of names) place.names.add(name);
  }
  return places;
}

/**
 * Whether a place assumes what a claim does, and no more about the claim's own names: a further condition may only put
 * another index between constants and the sizes of slots, which are never empty.
 */
function serves(
  place: OpenPlace,
  claim: Claim,
  names: ReadonlySet<string>,
  system: System,
  slots: ReadonlySet<string>,
): boolean {
  if (place.given === claim.given) return true;
  const own = new Set(claim.given.map(conditionKey));
  for (const key of own) if (!place.keys.has(key)) return false;
  return place.given.every((c) => own.has(conditionKey(c)) || isSlotRange(c, names, system, slots));
}

/** 1 <= k or k <= n[l+1], for an index k that isn't among `names`. */
function isSlotRange(
  c: Condition,
  names: ReadonlySet<string>,
  system: System,
  slots: ReadonlySet<string>,
): boolean {
  if (c.relation === '=') return false;
  const indices = slack(c).terms.filter((t) => t.symbol.at.length === 0 && !system.sizes.has(t.symbol.name));
  const [only] = indices;
  if (only === undefined || indices.length > 1 || names.has(only.symbol.name)) return false;
  return slack(c).terms.every(
    (t) => t === only || (t.coefficient === 1 && (t.symbol.at.length > 0 || slots.has(t.symbol.name))),
  );
}
