// The example pages of the guide's section on other tools: what stands indented there.

import { readFileSync } from 'node:fs';

/** The page that holds a text, without its indentation. */
export function guidePage(holding: string): string {
  const guide = readFileSync(new URL('../../docs/guide.md', import.meta.url), 'utf8');
  const [, section = ''] = /\n## With remark, MyST, pandoc, Quarto\n([\s\S]*?)\n## /.exec(guide) ?? [];
  const pages = [...section.matchAll(/(?<=\n\n)(?: {4}.*\n|\n(?= {4}))+/g)].map(([page]) =>
    page.replace(/^ {4}/gm, ''),
  );
  const found = pages.find((page) => page.includes(holding));
  if (found === undefined) throw new Error(`the guide has no page with ${holding}`);
  return found;
}
