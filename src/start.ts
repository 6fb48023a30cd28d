// `chainrule start`: the example network derived into two documents, and a few lines that say so.

import { summaryOfCase } from './cli-derive.ts';
import { lossEntry } from './expr/system.ts';
import { figuresBeside, writeWithFigures } from './figure-files.ts';
import { notationNamed } from './model/notation-named.ts';
import { worldOf } from './model/world.ts';
import { networkNamed } from './network-input.ts';
import { evaluate } from './numeric/evaluate.ts';
import { renderDerivation } from './render.ts';
import { type Derived, deriveTargets } from './results/derivation.ts';
import { unicodeConditions, unicodeEquation } from './text/unicode.ts';

const EXAMPLE = '2-3-2';

/** Derives the example, writes derivation.md and derivation.html into the current folder, prints what came out. */
export async function startCommand(): Promise<void> {
  const network = await networkNamed(EXAMPLE, {});
  const derived = deriveTargets(network);
  for (const format of ['md', 'html'] as const) {
    const path = `derivation.${format}`;
    const kept = figuresBeside(path);
    const text = await renderDerivation(derived, { format, document: 'course', figure: kept.figure });
    writeWithFigures(path, text, kept);
  }
  process.stdout.write(transcript(derived));
}

/** The network in one line, BP1 to BP4, where the documents are, what to try next. */
function transcript({ network, results }: Derived): string {
  const style = { notation: notationNamed('nielsen'), system: network.system };
  const rows = results.flatMap((r) =>
    r.cases.map((c) => ({
      equation: `${r.id.toUpperCase()}  ${unicodeEquation(c.derivation.left, c.derivation.right, style)}`,
      where: c.condition.length === 0 ? '' : unicodeConditions(c.condition, style),
      proof: summaryOfCase(c),
    })),
  );
  const width = (pick: (row: (typeof rows)[number]) => string): number =>
    Math.max(...rows.map((r) => pick(r).length));
  const [equation, where] = [width((r) => r.equation), width((r) => r.where)];
  const loss = evaluate(lossEntry(network.system), worldOf(network));
  return [
    `${network.title}: ${network.concrete?.widths?.join(', ')} neurons, ${network.functions[0]?.row}, loss ${network.loss}, C = ${Number(loss.toPrecision(4))}`,
    '',
    ...rows.map((r) => `${r.equation.padEnd(equation)}   ${r.where.padEnd(where)}   ${r.proof}`),
    '',
    'Every line, with its reason and its numbers: derivation.html (open it in a browser) and derivation.md',
    'Next: npx chainrule derive 784-30-10 --target bp2',
    '',
  ].join('\n');
}
