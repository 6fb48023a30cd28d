// What a text leaves unsaid: layers that show from where an index belongs, the index of a sum, the sample at hand.

import { type Affine, bareName, shift } from '../../expr/affine.ts';
import type { System } from '../../expr/system.ts';
import type { NameSyntax, Syntax } from '../syntax.ts';
import { mapSyntax } from '../syntax-walk.ts';
import type { Letters } from './letters.ts';
import { lettersIn, withFreeSamples, withSums } from './samples.ts';
import { stagesFor } from './stages.ts';

/** How many ways of choosing layers are tried where the usual one doesn't fit. */
const MOST_WAYS = 64;

/**
 * The sides of one statement with every layer, sample and index of a sum said: the usual way first, then others that give
 * layers to what has none from those that the statement names.
 */
export function* filledWays(sides: readonly Syntax[], letters: Letters, system: System): Generator<Syntax[]> {
  const said = sides.map((s) => withSums(s, lettersIn(sides[0]), letters));
  const summed = withFreeSamples(said, letters);
  const { stages, guessed, named } = stagesFor(summed, letters, system);
  yield summed.map((s) => withStages(s, stages));
  const choices = [
    ...new Map(named.flatMap((a) => [a, shift(a, 1), shift(a, -1)]).map((a) => [a.key, a])).values(),
  ];
  if (guessed.length === 0 || guessed.length > 4) return;
  const ways = Math.min(MOST_WAYS, choices.length ** guessed.length);
  for (let way = 0; way < ways; way++) {
    const other = new Map(stages);
    let rest = way;
    for (const name of guessed) {
      const choice = choices[rest % choices.length];
      rest = Math.floor(rest / choices.length);
      if (choice !== undefined) other.set(name, choice);
    }
    yield summed.map((s) => withStages(s, other));
  }
}

// Layers.

function withStages(s: Syntax, stages: ReadonlyMap<NameSyntax, Affine>): Syntax {
  const own = s.kind === 'name' ? stages.get(s) : undefined;
  if (s.kind === 'name' && own !== undefined) {
    const [, ...rest] = s.brackets;
    return { ...s, brackets: [[syntaxOf(own, s)], ...rest] };
  }
  return mapSyntax(s, (part) => withStages(part, stages));
}

/** An affine form as syntax. */
function syntaxOf(a: Affine, at: NameSyntax): Syntax {
  const { span } = at;
  const count: Syntax = { kind: 'number', text: String(Math.abs(a.constant)), span };
  const [only] = a.terms;
  if (only === undefined) return a.constant < 0 ? { kind: 'negative', of: count, span } : count;
  const name: Syntax = {
    kind: 'name',
    name: bareName(shift(a, -a.constant)) ?? only.symbol.name,
    brackets: [],
    span,
  };
  if (a.constant === 0) return name;
  const sign = a.constant < 0 ? '-' : '+';
  return {
    kind: 'sum',
    parts: [
      { operator: '+', span, of: name },
      { operator: sign, span, of: count },
    ],
    span,
  };
}

// Sums and samples.
