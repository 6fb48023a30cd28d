// Verified results as the text of one file: which document, in which notation and grain, in which format.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Derived } from './derivation.ts';
import { deriveJson } from './derive-json.ts';
import { derivationDocument, documentDefaults } from './document/derivation-document.ts';
import { markdown } from './formats/markdown.ts';
import { plainText } from './formats/text.ts';
import { languageOf, notationNamed, type RenderOptions } from './render-options.ts';
import { templatesFolder } from './templates.ts';

/** Renders a derivation. KaTeX is loaded for HTML only. */
export async function renderDerivation(derived: Derived, o: RenderOptions): Promise<string> {
  const lang = o.lang ?? 'en';
  const language = languageOf(lang);
  const given = {
    ...derived,
    ...documentDefaults,
    language,
    notation: notationNamed(o.notation ?? 'nielsen'),
    ...(o.form === undefined ? {} : { form: o.form }),
    ...(o.detail === undefined ? {} : { grain: o.detail }),
    ...(o.entry === undefined ? {} : { entry: o.entry }),
    ...(o.digits === undefined ? {} : { digits: o.digits }),
    ...(o.shapes === undefined ? {} : { shapes: o.shapes }),
    ...(o.numbers === undefined ? {} : { numbers: o.numbers }),
    finer: o.format === 'html',
  };
  if (o.format === 'json') return `${JSON.stringify(deriveJson(given), null, 2)}\n`;
  const template = readFileSync(join(templatesFolder(), 'documents', `derivation.${lang}.eta`), 'utf8');
  const document = derivationDocument({ ...given, template });
  switch (o.format) {
    case 'md':
      return markdown.render(document, o.for === undefined ? {} : { target: o.for });
    case 'html': {
      const { pageParts } = await import('./page-parts.ts');
      const { html } = await import('./formats/html.ts');
      return html.render(document, { page: await pageParts() });
    }
    default:
      return plainText.render(document, {});
  }
}
