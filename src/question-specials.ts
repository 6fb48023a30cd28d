// The losses and activations that a question leaves open, and for which an answer may be right all the same.

import type { System } from './expr/system.ts';
import type { SpecialCase } from './homework/question.ts';
import type { QuestionNetwork } from './question-network.ts';
import { activations } from './tables/activations.ts';
import { losses } from './tables/losses.ts';

interface Choice {
  readonly loss: string | null;
  readonly activation: string | null;
  readonly output: string | null;
}

/** Both chosen at once: those that courses have. */
const TOGETHER: readonly Choice[] = [
  { loss: 'bce', activation: 'sigmoid', output: null },
  { loss: 'cross-entropy', activation: null, output: 'softmax' },
  ...['mse', 'sse', 'mean-squared'].flatMap((loss) =>
    ['sigmoid', 'tanh', 'relu'].map((activation): Choice => ({ loss, activation, output: null })),
  ),
];

/** Under the identity a missing derivative of the activation would be right; the other is no function of one number. */
const TOO_EASY = new Set(['identity', 'softmax']);

/** Every choice of what is open, the smallest first; none for a network that leaves nothing open. */
export function specialCases(of: QuestionNetwork): SpecialCase[] {
  const { spec, loss } = of.network;
  if (spec.kind !== 'layers') return [];
  const lossOpen = spec.loss === null && loss === null;
  const activationOpen = spec.activation === null;
  const choices: Choice[] = [
    ...(lossOpen ? losses.map((row): Choice => ({ loss: row.name, activation: null, output: null })) : []),
    ...(activationOpen
      ? activations.flatMap((row): Choice[] =>
          TOO_EASY.has(row.name) ? [] : [{ loss: null, activation: row.name, output: null }],
        )
      : []),
    ...(lossOpen && activationOpen ? TOGETHER : []),
  ];
  return choices.map(({ loss: l, activation, output }) => ({
    loss: l,
    activation: output ?? activation,
    system: systemOf(of, { loss: l, activation, output }),
  }));
}

function systemOf(of: QuestionNetwork, choice: Choice): () => System | null {
  const made: (System | null)[] = [];
  return () => {
    if (made.length === 0) {
      const options = {
        numbers: false,
        ...(choice.loss === null ? {} : { loss: choice.loss }),
        ...(choice.activation === null ? {} : { activation: choice.activation }),
        ...(choice.output === null ? {} : { output: choice.output }),
      };
      made.push(of.again(options)?.system ?? null);
    }
    return made[0] ?? null;
  };
}
