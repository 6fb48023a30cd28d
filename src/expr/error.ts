// The errors: what a caller did wrong, what a rule can't do, and what can't happen.

/** A caller's mistake: one whole sentence, with its place and a suggestion where there is one. */
export class UserError extends Error {
  override name = 'UserError';
}

/** A derivation that can't be completed or doesn't hold: names the step or the path. */
export class DerivationError extends Error {
  override name = 'DerivationError';
}

/** For the end of a switch over a closed union. */
export function unreachable(x: never): never {
  throw new Error(`unreachable: ${JSON.stringify(x)}`);
}
