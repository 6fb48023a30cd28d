// The versions of markdown-it that the plugin is for, and a page rendered by each.

import chainrule, { type MarkdownIt, type PluginOptions } from '../../src/markdown-it.ts';
import type { Diagnostic } from '../../src/notes/markdown-it/page.ts';

/** What the tests use of a markdown-it. */
export interface Host extends MarkdownIt {
  use(plugin: (md: Host, options: PluginOptions) => void, options?: PluginOptions): Host;
  render(text: string, env?: object): string;
  renderInline(text: string, env?: object): string;
}

type Make = (options?: { html?: boolean; linkify?: boolean; typographer?: boolean }) => Host;

async function host(name: string): Promise<readonly [string, Make]> {
  const { default: make }: { default: Make } = await import(name);
  return [name, make];
}

/** `[name, make]` for each version. */
export const hosts = await Promise.all(['markdown-it-13', 'markdown-it-14', 'markdown-it'].map(host));

export interface Rendered {
  readonly html: string;
  readonly diagnostics: readonly Diagnostic[];
}

/** The newest one with the plugin. Formulas stand as LaTeX, which tests can read, where nothing else is asked for. */
export function withPlugin(options: PluginOptions = {}, make: Make = hosts[2]![1]): Host {
  return make().use(chainrule, { katex: false, ...options });
}

export function rendered(text: string, md: Host = withPlugin()): Rendered {
  const env: { chainrule?: { diagnostics: Diagnostic[] } } = {};
  const html = md.render(text, env);
  return { html, diagnostics: env.chainrule?.diagnostics ?? [] };
}

/** The same page without the plugin. */
export const bare = (text: string): string => hosts[2]![1]().render(text);

/** The formulas of a page, in order. */
export const formulas = (html: string): string[] =>
  [...html.matchAll(/\\[[(]([\s\S]*?)\\[\])]<\/span>/g)].map(([, latex = '']) =>
    latex.replaceAll('&amp;', '&').replaceAll('&lt;', '<').replaceAll('&gt;', '>'),
  );
