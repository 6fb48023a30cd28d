// Python that compares gradients with central differences.

import { gradientName } from '../engine/gradients.ts';
import type { Needed } from '../model/needed.ts';
import { indented } from '../text/numpy-statement.ts';
import type { Cell } from './numpy-passes.ts';

/** Central differences, run for a parameter of any shape. */
export function checkFunction({ network, env, comments }: Cell, asserts: boolean): string[] {
  const loss = env.names.tensor(network.system.loss);
  return [
    'def check(name, parameter, gradient, step=1e-5):',
    ...indented([
      `"""${comments.check}"""`,
      'assert np.shape(gradient) == parameter.shape',
      'differences = np.zeros(parameter.shape)',
      'for at in np.ndindex(parameter.shape):',
      ...indented([
        'value = parameter[at]',
        'parameter[at] = value + step',
        'above = forward()[0]',
        'parameter[at] = value - step',
        'below = forward()[0]',
        'parameter[at] = value',
        'differences[at] = (above - below) / (2 * step)',
      ]),
      `largest = max(np.max(np.abs(gradient)), 1e-3 * max(1, abs(${loss})))`,
      'error = np.max(np.abs(differences - gradient)) / largest',
      'print(f"{name}: {error:.1e}")',
      ...(asserts ? ['assert error < 1e-6'] : [`# ${comments.kink}`]),
    ]),
  ];
}

/** check("dC/dw[2]", w[2], dw[2]) for every parameter, at every stage. */
export function checkCalls({ network, env }: Cell, needed: readonly Needed[]): string[] {
  const loss = env.names.tensor(network.system.loss);
  const decls = [...new Set(needed.map((n) => n.decl))].filter((d) => d.kind === 'parameter');
  return decls.flatMap((d) => {
    const [own, gradient] = [env.names.tensor(d.name), env.names.tensor(gradientName(d.name))];
    if (d.stage.length === 0) return [`check("d${loss}/d${own}", ${own}, ${gradient})`];
    const letters = d.stage.map(env.names.index).join(', ');
    const shown = d.stage.map((s) => `{${env.names.index(s)}}`).join(',');
    return [
      `for ${letters} in ${own}:`,
      ...indented([`check(f"d${loss}/d${own}[${shown}]", ${own}[${letters}], ${gradient}[${letters}])`]),
    ];
  });
}
