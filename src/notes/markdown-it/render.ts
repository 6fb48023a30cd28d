// The plugin's own ways of printing formulas, for hosts that have none: by KaTeX, or left to a script in the browser.

import { equationLabel, escapeHtml, labelled } from '../../formats/html-pen.ts';
import { type Katex, typesetter } from '../../formats/typeset.ts';
import type { SpokenWords } from '../../text/spoken-words.ts';
import type { Origin } from '../written.ts';
import type { RendererRule, Token } from './host.ts';
import type { MathMeta } from './make.ts';
import { complain, fieldOf, pageOf } from './page.ts';
import type { Setup } from './setup.ts';

/** A formula's HTML; `spoken`: what it is read out from. Throws where it can't be typeset. */
export type WriteMath = (latex: string, display: boolean, spoken: MathMeta['spoken']) => string;

/** Braces side by side are a template's mark in some hosts; a browser reads these as the same. */
const noMarks = (html: string): string => html.replace(/\{(?=[{%#])/g, '&#123;');

/** By KaTeX, each formula once in a language. */
export function byKatex(katex: Katex): WriteMath {
  const typeset = typesetter(katex, false);
  const spokenHtml = new WeakMap<SpokenWords, Map<string, string>>();
  const html = (latex: string, display: boolean, label: string | null): string =>
    noMarks(labelled(typeset(latex, display), label));
  return (latex, display, spoken) => {
    if (spoken === null) return html(latex, display, null);
    const known = spokenHtml.get(spoken.words) ?? new Map<string, string>();
    spokenHtml.set(spoken.words, known);
    const key = `${display ? 'd' : 'i'}${latex}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const made = html(latex, display, equationLabel(spoken.parts, spoken.words, spoken.lead));
    const [oldest] = known.keys();
    if (known.size >= MOST_KEPT && oldest !== undefined) known.delete(oldest);
    known.set(key, made);
    return made;
  };
}

/** The most formulas that are remembered in a language. */
const MOST_KEPT = 20_000;

export const byBrowser: WriteMath = (latex, display) =>
  display
    ? `<span class="math display">\\[${noMarks(escapeHtml(latex))}\\]</span>`
    : `<span class="math inline">\\(${noMarks(escapeHtml(latex))}\\)</span>`;

/** Prints a formula's token; one that can't be typeset stands as a complaint. */
export const mathRenderer =
  (setup: Setup, write: WriteMath, display: boolean): RendererRule =>
  (tokens, index, _options, env) => {
    const token = tokens[index];
    if (token === undefined) return '';
    const shown = written(token, display, write, (error) =>
      complain(pageOf(env, setup), originOf(token), error),
    );
    if (fieldOf(token.meta, 'heading') === true) return seenOnly(shown, token.content);
    return token.block ? `<div class="chainrule-math">${shown}</div>\n` : shown;
  };

/** A formula without its MathML; what it is read out from stands at the whole. */
const seenOnly = (html: string, latex: string): string =>
  html
    .replace(/<span class="katex-mathml"[\s\S]*?<\/math><\/span>/, '')
    .replace(/^<span class="katex">/, `<span class="katex" role="math" aria-label="${escapeHtml(latex)}">`);

function written(
  token: Token,
  display: boolean,
  write: WriteMath,
  wrong: (error: unknown) => string,
): string {
  try {
    return write(token.content, display, isMeta(token.meta) ? token.meta.spoken : null);
  } catch (error) {
    return `<span class="chainrule-error" role="note">${escapeHtml(wrong(error))}</span>`;
  }
}

const isMeta = (meta: unknown): meta is MathMeta => fieldOf(meta, 'origin') !== undefined;

const originOf = ({ meta }: Token): Origin => (isMeta(meta) ? meta.origin : { file: '', line: 1, column: 1 });
