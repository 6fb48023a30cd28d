// The plugin: its rules put where markdown-it looks for them.

import type { Katex } from '../../formats/typeset.ts';
import { newMemory } from '../notebook.ts';
import { containerRule, equationRule, headRule } from './block-rules.ts';
import type { MarkdownIt } from './host.ts';
import { dollarRule, referenceRule, roleRule } from './inline-rules.ts';
import { tokenPrint } from './print.ts';
import { byBrowser, byKatex, mathRenderer, type WriteMath } from './render.ts';
import type { MathTypes, PluginOptions, Print, Setup } from './setup.ts';
import { walkRule } from './walk.ts';

/** Paragraphs and such end where one of these begins. */
const ENDS = ['paragraph', 'reference', 'blockquote', 'list'];

/** Puts the plugin into a markdown-it. `katex` typesets where the host doesn't; `print` is how pieces are printed. */
export function install(
  md: MarkdownIt,
  options: PluginOptions,
  katex: Katex,
  print: Print = tokenPrint,
): Setup {
  const write = options.katex === false ? byBrowser : byKatex(options.katex ?? katex);
  const setup: Setup = { options, memory: options.memory ?? newMemory(), print, math: () => mathTypes(md) };
  const alone = ownRenderers(md, setup, write);
  md.block.ruler.before('hr', 'chainrule_head', headRule);
  md.block.ruler.before('table', 'chainrule_equation', equationRule(alone), { alt: ENDS });
  md.block.ruler.before('table', 'chainrule_container', containerRule(), { alt: ENDS });
  md.inline.ruler.before('backticks', 'chainrule_role', roleRule);
  md.inline.ruler.before('backticks', 'chainrule_reference', referenceRule);
  md.inline.ruler.before('backticks', 'chainrule_dollars', dollarRule(alone));
  md.core.ruler.push('chainrule', walkRule(setup));
  return setup;
}

/**
 * Renderers for formulas where the host has none. Gives whether they are still the ones in use: a host that brings its own, before
 * or after, has its own delimiters too.
 */
function ownRenderers(md: MarkdownIt, setup: Setup, write: WriteMath): () => boolean {
  const { rules } = md.renderer;
  const inline = mathRenderer(setup, write, false);
  rules.math_inline ??= inline;
  rules.math_inline_double ??= mathRenderer(setup, write, true);
  rules.math_block ??= mathRenderer(setup, write, true);
  rules.chainrule_picture = (tokens, index) => `${tokens[index]?.content.trimEnd() ?? ''}\n`;
  return () => rules.math_inline === inline && mathTypes(md) === USUAL;
}

const USUAL: MathTypes = { inline: 'math_inline', block: 'math_block' };
const MARP: MathTypes = { inline: 'marp_math_inline', block: 'marp_math_block' };

const mathTypes = (md: MarkdownIt): MathTypes =>
  md.renderer.rules.marp_math_inline === undefined ? USUAL : MARP;
