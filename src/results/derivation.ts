// A network and what is asked of it -> verified results: every line replayed and evaluated before anyone sees it.

import { derive } from '../engine/derive.ts';
import { unansweredTensors } from '../engine/goals.ts';
import type { Case, Result } from '../engine/types.ts';
import { type VerifyOptions, verify } from '../engine/verify.ts';
import { DerivationError } from '../expr/error.ts';
import type { Network } from '../model/spec.ts';
import type { Asked } from './asked.ts';
import { askedOf, defaultTargets } from './targets.ts';

export interface DeriveRequest {
  /** `bp1` to `bp4`, `dC/dw[l]`, `da[L]/dz[L]`, `sigmoid'`, `loss'`, ...; left out: what the network itself asks for. */
  readonly targets?: readonly string[];
  /** Entries the chain rule goes through, such as `z[l+1]`, where it shouldn't choose them itself. */
  readonly via?: readonly string[];
  /** How many random networks evaluate each line, and their seed. */
  readonly verify?: VerifyOptions;
}

/** What came out: results in the order asked for, those of quantities they need after them. */
export interface Derived {
  readonly network: Network;
  readonly results: readonly Result[];
}

/**
 * Derives the targets of a network. Throws a `UserError` for a target that doesn't exist, a `DerivationError` (naming the
 * step) where a line can't be made or doesn't hold.
 */
export function deriveTargets(network: Network, request: DeriveRequest = {}): Derived {
  const texts =
    request.targets === undefined || request.targets.length === 0 ? defaultTargets(network) : request.targets;
  const asked = askedOf(network, texts, request.via);
  const goals = asked.filter((a) => a.system === network.system).map((a) => a.goal);
  const results = asked.flatMap((a) => parts(a, derived(a, goals, request)));
  return { network, results: [...results, ...needed(network, asked, results, request)] };
}

function derived(asked: Asked, targets: readonly Asked['goal'][], request: DeriveRequest): Result {
  const { system, goal } = asked;
  const name = asked.parts.map((p) => p.id).join(' and ');
  try {
    return verify(derive(system, goal, targets.includes(goal) ? { targets } : {}), request.verify);
  } catch (error) {
    if (error instanceof DerivationError) throw new DerivationError(`${name}: ${error.message}`);
    throw error;
  }
}

/** One result for each part that was asked for, with its own cases. */
function parts(asked: Asked, result: Result): Result[] {
  return asked.parts.flatMap((part) => {
    const cases = result.cases.filter((c) => part.cases === 'all' || isLast(c) === (part.cases === 'last'));
    return cases.length === 0 ? [] : [{ ...result, id: part.id, target: part.target, cases }];
  });
}

/** Whether the case is that of the last layer: l = L. */
const isLast = (c: Case): boolean =>
  c.condition.some(({ relation, left, right }) => relation === '=' && [left.key, right.key].includes('L'));

/** For a network of equations: the adjoints that the results mention and nobody asked for. */
function needed(
  network: Network,
  asked: readonly Asked[],
  results: readonly Result[],
  request: DeriveRequest,
): Result[] {
  if (network.spec.kind === 'layers') return [];
  const found: Result[] = [];
  const all = [...asked];
  // Each round answers a tensor that the one before left open.
  for (let round = 0; round < network.system.tensors.size; round++) {
    const own = [...results, ...found].filter((r) => r.system === network.system);
    const open = unansweredTensors(
      network.system,
      own,
      all.map((a) => a.goal),
    );
    if (open.length === 0) break;
    const more = askedOf(
      network,
      open.map((name) => `dC/d${name}`),
    );
    all.push(...more);
    const goals = all.map((a) => a.goal);
    found.push(...more.flatMap((a) => parts(a, derived(a, goals, request))));
  }
  return found;
}
