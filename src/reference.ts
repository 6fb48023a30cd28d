// The generated pages of docs/: rules, activations, losses and notations, from the rows themselves.

import { buildNetwork } from './model/network.ts';
import { deriveTargets } from './results/derivation.ts';
import { catalogue } from './rules/catalogue.ts';
import { activations } from './tables/activations.ts';
import { conventionRows, conventionTexts } from './tables/conventions.ts';
import { losses } from './tables/losses.ts';
import { notations } from './tables/notations.ts';
import { plain } from './text/plain.ts';

/** The pages by file name; `npm run docs` writes them, and a test compares them. */
export const pages = (): ReadonlyMap<string, string> =>
  new Map([
    ['rules.md', rulesPage()],
    ['tables.md', tablesPage()],
  ]);

const GENERATED = '<!-- Written by `npm run docs`; edit the rows in src instead. -->';

const cell = (text: string): string => text.replaceAll('|', '\\|');
const code = (text: string): string => `\`${cell(text)}\``;

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function rulesPage(): string {
  const rows = catalogue.map((r) => [code(r.id), r.kind, code(r.example)]);
  return `# Rules

${GENERATED}

A derivation is made of these rules and nothing else. A \`step\` is a line of its own in a textbook; a \`tidy\` rule is recorded
and checked like any other, and folded into its neighbour unless \`--detail full\` asks for it. Each rule is certified in the
tests: both sides of it are evaluated on random networks. The order of this list is the order in which rules are tried.

${table(['rule', 'kind', 'example'], rows)}

The rules that lift a component form to a matrix form work on the same lines: an entry of a product, such as
\`(w' * delta)[j]\`, is a component expression like any other.
`;
}

function tablesPage(): string {
  return `# Tables

${GENERATED}

## Activations

The derivatives are what chainrule derives from the formulas, with the function put back in where it is recognised.

${table(['name', 'also', 'formula', 'derivative'], activations.map(activationRow))}

A formula in z of your own is read too: \`activation: z/(1+abs(z))\`.

## Losses

For one sample, over the output a and the wanted output y; over a batch, their mean.

${table(['name', 'also', 'formula', 'derivative by a[L][j]', 'in words'], losses.map(lossRow))}

## Notations

Letters, and the conventions in which a network of layers is written as equations where they aren't the first ones of the table
below.

${table(
  ['name', 'after', 'conventions'],
  notations.map((n) => [code(n.name), cell(n.title), conventionTexts(n.conventions).map(code).join(', ')]),
)}

## Conventions

A convention changes the equations, and what is derived from them is true in it. The first value of each is the default.

${table(['convention', 'value', 'means'], conventionRows.flatMap(conventionCells))}
`;
}

const conventionCells = ({ word, values }: (typeof conventionRows)[number]): string[][] =>
  values.map(({ value, says }, i) => [i === 0 ? code(word) : '', code(String(value)), cell(says)]);

const aliases = (row: { readonly aliases: readonly string[] }): string => row.aliases.map(code).join(', ');

const activationRow = (row: (typeof activations)[number]): string[] => [
  code(row.name),
  aliases(row),
  code(row.formula),
  code(derivative(`${row.name}'`)),
];

const lossRow = (row: (typeof losses)[number]): string[] => [
  code(row.name),
  aliases(row),
  code(row.formula),
  code(derivative(`${row.name}'`)),
  row.words,
];

/** The right side of a function's derivative, in plain syntax. */
function derivative(target: string): string {
  const [result] = deriveTargets(buildNetwork({}), { targets: [target] }).results;
  const [first] = result?.cases ?? [];
  if (result === undefined || first === undefined) throw new RangeError(`${target} has no derivative`);
  return plain(first.special?.derivation.right ?? first.derivation.right, result.system);
}
