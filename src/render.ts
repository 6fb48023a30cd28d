// Verified results as the text of one file: which document, in which notation and grain, in which format.

import { deriveJson } from './derive-json.ts';
import type { DocumentText, Front } from './document/blocks.ts';
import {
  type DocumentRequest,
  derivationDocument,
  documentDefaults,
} from './document/derivation-document.ts';
import { documentJson } from './document-json.ts';
import { markdown } from './formats/markdown.ts';
import { svg } from './formats/svg.ts';
import { plainText } from './formats/text.ts';
import { languageOf } from './lang/languages.ts';
import type { Language } from './lang/types.ts';
import { notationNamed } from './model/notation-named.ts';
import type { Network } from './model/spec.ts';
import type { RenderOptions } from './render-options.ts';
import type { Derived } from './results/derivation.ts';
import { documentTemplate } from './templates.ts';

/** Renders a derivation. KaTeX is loaded for HTML only. */
export async function renderDerivation(derived: Derived, o: RenderOptions): Promise<string> {
  const request = requestOf(derived, o);
  if (o.format === 'json') return jsonOf(request, o.document !== undefined || request.blanks.size > 0);
  const document = derivationDocument(request);
  return formatted(o.format === 'ipynb' ? await withCheck(document, request) : document, o);
}

/** The contract's data, and where a document is asked for its blocks. An exercise has no results beside it. */
function jsonOf(request: DocumentRequest, withDocument: boolean): string {
  const document = withDocument ? { document: documentJson(derivationDocument(request)) } : {};
  const asked = request.blanks.size > 0 ? { ...request, results: [] } : request;
  return `${JSON.stringify({ ...deriveJson(asked), ...document }, null, 2)}\n`;
}

/** What the options say, and what is usual where they say nothing. */
export function requestOf(derived: Derived, o: RenderOptions): DocumentRequest {
  const lang = o.lang ?? 'en';
  const language = languageOf(lang);
  return {
    ...derived,
    ...documentDefaults,
    language,
    notation: notationNamed(o.notation ?? 'nielsen'),
    ...(o.document === undefined ? {} : { purpose: o.document }),
    template: (name) => documentTemplate(name, lang),
    ...(o.sections === undefined ? {} : { sections: new Set(o.sections) }),
    ...(o.blanks === undefined ? {} : { blanks: new Set(o.blanks) }),
    title: o.title ?? titleIn(language, derived.network),
    front: { ...frontOf(derived.network), ...o.front },
    ...(o.paper === undefined ? {} : { paper: o.paper }),
    ...(o.form === undefined ? {} : { form: o.form }),
    ...(o.detail === undefined ? {} : { grain: o.detail }),
    ...(o.entry === undefined ? {} : { entry: o.entry }),
    ...(o.digits === undefined ? {} : { digits: o.digits }),
    ...(o.shapes === undefined ? {} : { shapes: o.shapes }),
    ...(o.numbers === undefined ? {} : { numbers: o.numbers }),
    finer: o.format === 'html',
  };
}

function frontOf({ spec }: Network): Front {
  const { author, course, date, licence } = spec.front;
  return { author, course, date, licence };
}

/** A network's title in a language: its own there, its only one, or what one without a title is called. */
function titleIn({ code, network: words }: Language, { spec, title }: Network): string {
  const own = spec.front.titles.get(code);
  if (own !== undefined) return own;
  if (spec.title !== '') return spec.title;
  if (spec.kind === 'equations') return words.untitled.equations;
  return spec.layers === null ? words.untitled.general : title;
}

/** A notebook ends with code that checks the gradients; not an exercise, which it would solve. */
async function withCheck(document: DocumentText, request: DocumentRequest): Promise<DocumentText> {
  if (request.blanks.size > 0) return document;
  const { numpySection } = await import('./document/numpy-section.ts');
  return { ...document, blocks: [...document.blocks, ...numpySection(request)] };
}

async function formatted(document: DocumentText, o: RenderOptions): Promise<string> {
  switch (o.format) {
    case 'md': {
      const { figure } = o;
      return markdown.render(document, {
        ...(o.for === undefined ? {} : { target: o.for }),
        ...(figure === undefined ? {} : { figure: (f) => figure(f.id, svg(f, document.lang)) }),
      });
    }
    case 'html': {
      const { pageParts } = await import('./page-parts.ts');
      const { html } = await import('./formats/html.ts');
      return html.render(document, { page: await pageParts() });
    }
    case 'tex': {
      const { latex } = await import('./formats/latex.ts');
      return latex.render(document, {});
    }
    case 'ipynb': {
      const { ipynb } = await import('./formats/ipynb.ts');
      return ipynb.render(document, {});
    }
    default:
      return plainText.render(document, {});
  }
}
