// The shapes of tensors: the sizes of their slots, checked where tensors are put together.

import type { Affine } from './affine.ts';
import { UserError, unreachable } from './error.ts';
import type { DerivativeTensor, Tensor } from './expr.ts';
import { type System, sizesAt, tensorDecl } from './system.ts';

export const shapeText = (shape: readonly Affine[]): string =>
  shape.length === 0 ? 'scalar' : shape.map((s) => s.key).join(' x ');

const sameShape = (a: readonly Affine[], b: readonly Affine[]): boolean =>
  a.length === b.length && a.every((s, i) => s.key === b[i]?.key);

function agree(what: string, a: readonly Affine[], b: readonly Affine[]): readonly Affine[] {
  if (!sameShape(a, b)) throw new UserError(`${what}: ${shapeText(a)} does not go with ${shapeText(b)}`);
  return a;
}

function productShape(a: readonly Affine[], b: readonly Affine[]): readonly Affine[] {
  const [rows, inner] = a;
  const [other, columns] = b;
  if (rows === undefined || inner === undefined || other === undefined || inner.key !== other.key)
    throw new UserError(`product: ${shapeText(a)} does not go with ${shapeText(b)}`);
  return columns === undefined ? [rows] : [rows, columns];
}

/** What a derivative du/dv makes of something that ends in the slots of u: it ends in those of v. */
function chainShape(so: readonly Affine[], d: DerivativeTensor, system: System): readonly Affine[] {
  const link = d.of === null ? [] : shapeOf(d.of, system);
  const before = so.slice(0, so.length - link.length);
  agree('chain rule', so.slice(before.length), link);
  return [...before, ...shapeOf(d.by, system)];
}

/** The sizes of a tensor's slots: none for a scalar, one for a column vector, two (rows, columns) for a matrix. */
export function shapeOf(t: Tensor, system: System): readonly Affine[] {
  switch (t.kind) {
    case 'symbol':
      return sizesAt(tensorDecl(system, t.name), t.stage);
    case 'derivative': {
      const by = shapeOf(t.by, system);
      return t.of === null ? by : [...shapeOf(t.of, system), ...by];
    }
    case 'transpose':
      return [...shapeOf(t.of, system)].reverse();
    case 'product':
      return t.args.map((a) => shapeOf(a, system)).reduce(productShape);
    case 'chain':
      return t.rest.reduce((so, d) => chainShape(so, d, system), shapeOf(t.first, system));
    case 'hadamard':
    case 'tensorSum':
      return t.args
        .map((a) => shapeOf(a, system))
        .reduce((a, b) => agree(t.kind === 'hadamard' ? 'Hadamard product' : 'sum', a, b));
    case 'outer':
      return [...shapeOf(t.left, system), ...shapeOf(t.right, system)];
    case 'diag': {
      const of = shapeOf(t.of, system);
      return [...of, ...of];
    }
    case 'diagonal':
      return shapeOf(t.of, system).slice(0, 1);
    case 'dot':
      agree('inner product', shapeOf(t.left, system), shapeOf(t.right, system));
      return [];
    case 'trace':
      return [];
    case 'scale':
    case 'map':
    case 'stageSum':
      return shapeOf(t.of, system);
    case 'tensorPower':
      return shapeOf(t.base, system);
    case 'slice':
      return shapeOf(t.of, system).filter((_, i) => t.at[i] === null);
    case 'ones':
      return [t.size];
    case 'identity':
      return [t.size, t.size];
    default:
      return unreachable(t);
  }
}
