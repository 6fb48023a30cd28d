// The example networks' documents as pages of docs/: Markdown and pictures, in every language, written by `npm run docs`.

import { languages } from './lang/languages.ts';
import type { Network } from './model/spec.ts';
import { networkNamed } from './network-input.ts';
import { renderDerivation } from './render.ts';
import { deriveTargets } from './results/derivation.ts';
import { templateNames } from './templates.ts';

/** Every file below docs/examples: its path from there, and its text. */
export async function examplePages(): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  for (const name of templateNames()) {
    const derived = deriveTargets(await networkNamed(name, {}));
    for (const { code } of languages) {
      const figure = (id: string, svg: string): string => {
        const path = `figures/${name}.${code}/${id}.svg`;
        files.set(path, svg);
        return path;
      };
      const document = purposeOf(derived.network);
      files.set(
        `${name}.${code}.md`,
        await renderDerivation(derived, { format: 'md', lang: code, document, figure }),
      );
    }
  }
  return files;
}

/** A network of layers has a course; one of equations its derivation. */
const purposeOf = ({ spec }: Network): 'course' | 'derivation' =>
  spec.kind === 'layers' ? 'course' : 'derivation';
