// An assignment that uses what it overwrites, `g <- dC/dz = g .* f'(z)`: on the right, g still is the gradient one step before.

import type { DerivativeSyntax, NameSyntax, Syntax } from '../syntax.ts';
import { mapSyntax } from '../syntax-walk.ts';
import type { Letters } from './letters.ts';
import { MISSING } from './names.ts';

/**
 * The sides behind an arrow. A letter that stands for the error and gets dC/dz of a layer was dC/da of that layer before:
 * what comes back to a neuron goes through its activation first.
 */
export function beforeAssigned(
  target: Syntax | null,
  sides: readonly Syntax[],
  letters: Letters,
): readonly Syntax[] {
  const [first, ...rest] = sides;
  if (target?.kind !== 'name' || first?.kind !== 'derivative' || first.of.name !== letters.scope.loss)
    return sides;
  if (letters.scope.tensors.get(target.name)?.of !== first.by.name || first.by.name !== 'z') return sides;
  const own = keyOf(target);
  const put = (s: Syntax): Syntax =>
    s.kind === 'name' && keyOf(s) === own ? gradientBefore(first, s) : mapSyntax(s, put);
  return [first, ...rest.map(put)];
}

const gradientBefore = (of: DerivativeSyntax, at: NameSyntax): DerivativeSyntax => ({
  ...of,
  by: { ...of.by, name: 'a', span: at.span },
  span: at.span,
});

/** The name with its brackets; a layer that isn't said is the one of the place. */
const keyOf = (s: NameSyntax): string =>
  JSON.stringify([s.name, s.brackets], (key, value) => (key === 'span' ? undefined : value)).replace(
    MISSING,
    '',
  );
