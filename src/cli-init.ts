// `chainrule init`: writes a commented network file, never over one that is there.

import { existsSync } from 'node:fs';
import { UserError } from './expr/error.ts';
import { writeOutput } from './files.ts';
import { initTemplate } from './templates.ts';

export function initCommand(file: string, equations: boolean): void {
  const text = initTemplate(equations ? 'equations' : 'layers');
  if (file === '-') {
    process.stdout.write(text);
    return;
  }
  if (existsSync(file))
    throw new UserError(`${file} is there already; give another name, as in chainrule init my.yaml`);
  writeOutput(file, text);
  process.stdout.write(`wrote ${file}; next: chainrule derive ${file}\n`);
}
