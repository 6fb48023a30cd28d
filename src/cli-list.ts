// `chainrule list`: what there is, one line each.

import { UserError } from './expr/error.ts';
import { slipRows } from './homework/slips.ts';
import { catalogue } from './rules/catalogue.ts';
import { activations } from './tables/activations.ts';
import { conventionTexts } from './tables/conventions.ts';
import { losses } from './tables/losses.ts';
import { notations } from './tables/notations.ts';
import { findTemplate, templateNames } from './templates.ts';
import { suggestion } from './text/nearest.ts';

const LISTS: ReadonlyMap<string, () => readonly (readonly [string, string])[]> = new Map([
  [
    'networks',
    () => [
      ...templateNames().map((name) => [name, titleOf(name)] as const),
      ['general', 'any depth, any widths'] as const,
    ],
  ],
  ['rules', () => catalogue.map((rule) => [rule.id, rule.example] as const)],
  [
    'notations',
    () =>
      notations.map((n) => {
        const conventions = conventionTexts(n.conventions).join(', ');
        return [n.name, conventions === '' ? n.title : `${n.title}   (${conventions})`] as const;
      }),
  ],
  ['activations', () => activations.map((a) => [a.name, a.formula] as const)],
  // A slip of several rows is listed with its first example.
  ['slips', () => [...new Map([...slipRows].reverse().map((row) => [row.code, row.example]))].reverse()],
  ['losses', () => losses.map((l) => [l.name, `${l.formula}   (${l.words})`] as const)],
]);

export function listCommand(what: string | undefined): void {
  const names = [...LISTS.keys()];
  if (what === undefined) {
    process.stdout.write(names.map((name) => `chainrule list ${name}\n`).join(''));
    return;
  }
  const list = LISTS.get(what);
  if (list === undefined) throw new UserError(`unknown list "${what}"${suggestion(what, names)}`);
  process.stdout.write(columns(list()));
}

/** The English title in an example network's first lines. */
const titleOf = (name: string): string =>
  /^title: *(?:\{en: )?([^\n,}]*)/m.exec(findTemplate(name)?.text ?? '')?.[1] ?? '';

function columns(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows
    .map(([name, text]) => `${name.padEnd(width)}  ${text}`.trimEnd())
    .join('\n')
    .concat('\n');
}
