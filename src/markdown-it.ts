// The plugin for markdown-it: formulas and derivations in course notes, derived when the page is rendered.

import katex from 'katex';
import type { MarkdownIt } from './notes/markdown-it/host.ts';
import { install } from './notes/markdown-it/plugin.ts';
import type { PluginOptions } from './notes/markdown-it/setup.ts';

export type { MarkdownIt } from './notes/markdown-it/host.ts';
export type { Diagnostic } from './notes/markdown-it/page.ts';
export type { PluginOptions } from './notes/markdown-it/setup.ts';
export { type Memory, newMemory } from './notes/notebook.ts';

/**
 * `md.use(chainrule, options)`, with markdown-it 13, 14 or 15. Never throws while a page is rendered: what is wrong stands in the page
 * as a box of the class `chainrule-error`, and in `env.chainrule.diagnostics` as `{line, column, message}`.
 */
export default function chainrule(md: MarkdownIt, options: PluginOptions = {}): void {
  install(md, options, katex);
}
