// The activation functions of section 2: a picture of each, and the facts that decide what is said of it.

import { index } from '../../expr/affine.ts';
import { call, size } from '../../expr/make.ts';
import { code, type Phrase, say } from '../../lang/phrase.ts';
import { buildNetwork } from '../../model/network.ts';
import type { Network } from '../../model/spec.ts';
import { worldOf } from '../../model/world.ts';
import { activationRow } from '../../tables/activations.ts';
import type { Block } from '../blocks.ts';
import { functionsDisplay } from '../equations.ts';
import { activationFigure } from '../figures/activation-plot.ts';
import { exprFormula, givenFormula } from '../formulas.ts';
import type { SectionContext } from '../section.ts';
import { type Curve, curvesOf, type Flatness, flatness } from './activations.ts';
import { figureBlock } from './parts.ts';

type Show = (blocks: readonly (Block | null)[]) => string;

/** The functions with their pictures; for a network whose functions are unknown, the sigmoid as an example. */
export function activationFacts(context: SectionContext, show: Show, phrase: (p: Phrase) => string): object {
  const { options: o } = context;
  const own = ownCurves(context);
  const curves = own.length > 0 ? own : exampleCurves(context);
  const told = curves.map((c, i) => {
    const flat = flatness(c);
    const name = nameOf(c, context);
    const id = `figure-activation${i === 0 ? '' : i + 1}`;
    return {
      name,
      /** The same for a sentence: a formula of the user's own is set as code. */
      called: activationRow(c.name) === null ? phrase([code(name)]) : name,
      kind: kindOf(flat),
      slope: exprFormula(call({ ...c.fn, order: 1 }, Z), o.printing),
      picture: () => show([picture(c, flat, id, name, context)]),
      kinks: c.kinks,
    };
  });
  const kinds = [...new Set(told.map((t) => t.kind))].map((kind) => {
    const alike = told.filter((t) => t.kind === kind);
    const slopes = [...new Map(alike.map((t) => [t.slope.unicode, t.slope])).values()];
    return { kind, names: alike.map((t) => t.called), slopes: slopes.map((f) => phrase(say`${f}`)) };
  });
  return {
    exampleOnly: isUnknown(context.network),
    example: () => show([exampleFormula(context)]),
    activations: told,
    /** Whether no layer has a function that bends. */
    allStraight: context.network.functions.every((f) => f.row === 'identity'),
    kinds,
  };
}

/** On which sides a curve is flat; `zero`: its slope is 0 at the left. */
const kindOf = (f: Flatness): 'both' | 'zero' | 'left' | 'none' =>
  f.left && f.right ? 'both' : f.left ? (f.zeroLeft ? 'zero' : 'left') : 'none';

const Z = size(index('z'));

const nameOf = (c: Curve, { options: o }: SectionContext): string => {
  const { activations } = o.language.network;
  return Object.hasOwn(activations, c.name) ? (activations[c.name] ?? c.name) : c.name;
};

function ownCurves({ network, options: o }: SectionContext): Curve[] {
  if (network.concrete === null) return [];
  return curvesOf(network, o.world ?? worldOf(network), o.printing, o.world !== null);
}

/** The functions of a network without numbers: each by its name, or the sigmoid where none is known. */
function exampleCurves({ network, options: o }: SectionContext): Curve[] {
  const rows = network.functions.flatMap((f) => (f.row === null ? [] : [f.row]));
  return [...new Set(isUnknown(network) ? [EXAMPLE] : rows)].flatMap((activation) => {
    const alone: Network = buildNetwork({ layers: [1, 1], activation });
    return curvesOf(alone, worldOf(alone), { ...o.printing, system: alone.system }, false);
  });
}

const EXAMPLE = 'sigmoid';
const isUnknown = ({ system }: Network): boolean => system.functions.every((f) => f.body === null);

function exampleFormula({ options: o }: SectionContext): Block | null {
  const alone: Network = buildNetwork({ layers: [1, 1], activation: EXAMPLE });
  return functionsDisplay({ ...o.printing, system: alone.system });
}

function picture(c: Curve, flat: Flatness, id: string, name: string, { options: o }: SectionContext): Block {
  const { printing: p } = o;
  const saturated = flat.left || flat.right ? flat.saturated : null;
  const words = o.language.figures.activation({ name, inputs: c.inputs.length, saturated });
  const figure = activationFigure({
    id,
    words,
    value: c.value,
    slope: c.slope,
    valueName: exprFormula(call(c.fn, Z), p),
    slopeName: exprFormula(call({ ...c.fn, order: 1 }, Z), p),
    inputName: givenFormula('z', 'z'),
    inputs: c.inputs,
  });
  return figureBlock(figure, words.caption);
}
