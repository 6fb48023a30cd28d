// D1: notes with pieces through the plugin, against bare markdown-it and KaTeX on the same notes with every formula written out.

import { bundled, inTurns, ratio, report } from './measure.mjs';

const NOTES = `
export const notes = [
  '---', 'chainrule: {network: 2-3-2}', '---', '# Notes', '',
  ...['bp1', 'bp2', 'bp3', 'bp4'].flatMap((target) => [
    '## About ' + target, '', 'Some words with a {bp}\`' + target + '.lhs\` and a list:', '', '- one', '- two', '',
    '\`\`\`chainrule', 'target: ' + target, 'special: true', '\`\`\`', '',
    '\`\`\`js', 'const x = 1;', '\`\`\`', '', 'By @eq-' + target + ' it holds.', '',
  ]),
].join('\\n');
`;

const BARE = `
import katex from 'katex';
import MarkdownIt from 'markdown-it';
const dollars = (state, silent) => {
  const { src, pos } = state;
  if (src[pos] !== '$') return false;
  const marks = src[pos + 1] === '$' ? 2 : 1;
  const end = src.indexOf('$'.repeat(marks), pos + marks);
  if (end < 0) return false;
  if (!silent) Object.assign(state.push(marks === 2 ? 'math_display' : 'math_inline', '', 0), { content: src.slice(pos + marks, end) });
  state.pos = end + marks;
  return true;
};
const md = new MarkdownIt();
md.inline.ruler.before('backticks', 'math', dollars);
for (const [name, displayMode] of [['math_inline', false], ['math_display', true]])
  md.renderer.rules[name] = (tokens, i) => katex.renderToString(tokens[i].content, { displayMode });
export const bare = (text) => md.render(text);
`;

const OURS = `
import chainrule, { newMemory } from './src/markdown-it.ts';
const memory = newMemory();
const plugin = (options) => new MarkdownIt().use(chainrule, options);
const kept = plugin({ memory });
export const again = () => kept.render(notes);
export const derived = () => plugin({ memory }).render(notes);
export const cleared = () => plugin().render(notes);
const inline = (t) =>
  ({ math_inline: '$' + t.content + '$', text: t.content, hardbreak: ' ', softbreak: ' ', code_inline: '\`' + t.content + '\`' })[t.type] ?? '';
/** The same page with all that the plugin wrote in place: one paragraph for each cell. */
export function writtenOut() {
  return kept.parse(notes, {}).flatMap((t) =>
    t.type === 'heading_open' ? ['\\n\\n' + '#'.repeat(Number(t.tag[1])) + ' ']
    : t.type === 'inline' ? [t.children.map(inline).join(''), '\\n\\n']
    : t.type === 'math_block' ? ['$$' + t.content + '$$\\n\\n']
    : t.type === 'fence' ? ['\\n\`\`\`\\n' + t.content + '\`\`\`\\n\\n']
    : t.type === 'list_item_open' ? ['- ']
    : []).join('');
}
`;

await bundled(`${BARE}${NOTES}${OURS}`, async (url) => {
  const { bare, again, derived, cleared, writtenOut } = await import(url);
  const text = writtenOut();
  const formulas = (page) => page.match(/<annotation[^>]*>[^<]*/g) ?? [];
  const [want, have] = [formulas(bare(text)), formulas(again())];
  if (have.length < 100 || have.join() !== want.join())
    throw new Error(`the pages differ: ${want.length} and ${have.length} formulas`);
  if (cleared() !== again()) throw new Error('the page changes with what is remembered');
  for (let i = 0; i < 5; i++) [bare(text), again(), derived(), cleared()];
  const times = await inTurns({ bare: () => bare(text), again, derived, cleared }, 25);
  const rows = [
    [`notes of ${have.length} formulas, derived before, against them written out`, 'derived', 1.1],
    ['the same, their formulas typeset before, too', 'again', 0.75],
    ['the same, nothing remembered: every line derived and proved again', 'cleared', 1.1],
  ];
  for (const [what, name, goal] of rows) report('D1', what, ratio(times[name], times.bare), 'x', goal);
});
