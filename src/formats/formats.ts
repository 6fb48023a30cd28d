// The formats there are. Adding one is one file and one line here.

import type { Format } from './format.ts';
import { html } from './html.ts';
import { markdown } from './markdown.ts';
import { plainText } from './text.ts';

export const formats: readonly Format[] = [plainText, markdown, html];

/** The format of that name or file extension; null when there is none. */
export const formatNamed = (name: string): Format | null =>
  formats.find((f) => f.name === name || f.extension === name) ?? null;
