// A function whose formula overflows where the function itself doesn't: the sigmoid at -800.

import { definedFunction, type FunctionWithBody } from './callee.ts';
import type { Real } from './functions.ts';
import { newStore } from './store.ts';
import type { ScalarFunction, World } from './world.ts';

/** exp(350) can still be squared. */
const FAR = 350;

/**
 * The function with `value` in place of its formula. Its derivatives are those of the formula; where they overflow, the
 * one at 350 or -350 stands for them: further out an activation is as flat or as straight as it will ever be.
 */
export function stableFunction(world: World, def: FunctionWithBody, value: Real): ScalarFunction {
  const formula = definedFunction(newStore(world), def);
  return {
    derivative: (order, x) => {
      if (order === 0) return value(x);
      const slope = formula.derivative(order, x);
      if (Number.isFinite(slope) || !(Math.abs(x) > FAR)) return slope;
      return formula.derivative(order, Math.sign(x) * FAR);
    },
  };
}
