// The little HTML that notes may hold where all other HTML is shown as it is written: tags without attributes that do no harm.

import type { BlockRule, CoreRule, InlineRule, PageMarkdownIt, Token } from './notes/markdown-it/host.ts';

/** Tags in running text that end with their paragraph; each is taken only with its end. */
const INLINE = new Set(['sub', 'sup', 'kbd', 'mark', 'ins', 'del', 'q']);

/** `<details>`, `<summary>..</summary>` on lines of their own, `<br>` and short tags in text; comments are left out; `- [x]` is a task. */
export function harmlessHtml(md: PageMarkdownIt): void {
  md.block.ruler.before('paragraph', 'details', detailsRule, { alt: ['paragraph', 'blockquote', 'list'] });
  md.inline.ruler.before('autolink', 'harmless', inlineRule);
  md.core.ruler.push('tasks', tasks);
  md.core.ruler.push('details', paired);
  md.renderer.rules.harmless = (tokens, index) => tokens[index]?.content ?? '';
}

const LINE = /^(?:<details(?: open(?:="")?)?>)?\s*(?:<summary>(.*)<\/summary>)?\s*(?:<\/details>)?$/;

const detailsRule: BlockRule = (state, start, _end, silent) => {
  if ((state.sCount[start] ?? 0) - state.blkIndent >= 4) return false;
  const line = state.src
    .slice((state.bMarks[start] ?? 0) + (state.tShift[start] ?? 0), state.eMarks[start])
    .trim();
  const found = /^<(?:details|\/details|summary)/.test(line) ? LINE.exec(line) : null;
  if (found === null) return false;
  if (silent) return true;
  state.line = start + 1;
  const [opens] = /^<details[^>]*>/.exec(line) ?? [];
  const raw = (content: string): void => {
    Object.assign(state.push('harmless', '', 0), { content, block: true, map: [start, start + 1] });
  };
  if (opens !== undefined) raw(opens === '<details>' ? '<details>\n' : '<details open>\n');
  const summary = found[1];
  if (summary !== undefined) {
    raw('<summary>');
    Object.assign(state.push('inline', '', 0), {
      content: summary.trim(),
      map: [start, start + 1],
      children: [],
    });
    raw('</summary>\n');
  }
  if (line.endsWith('</details>')) raw('</details>\n');
  return true;
};

const inlineRule: InlineRule = (state, silent) => {
  if (state.src[state.pos] !== '<') return false;
  const rest = state.src.slice(state.pos, state.posMax);
  const [comment] = /^<!--[\s\S]*?-->/.exec(rest) ?? [];
  if (comment !== undefined) return take(state, comment, '', silent);
  const [line] = /^<br\s*\/?>/.exec(rest) ?? [];
  if (line !== undefined) return take(state, line, '<br>', silent);
  const [tag, end, name = ''] = /^<(\/?)([a-z]+)>/.exec(rest) ?? [];
  if (tag === undefined || !INLINE.has(name) || !isPaired(state.src, state.pos, name, end === '/'))
    return false;
  return take(state, tag, tag, silent);
};

function take(state: Parameters<InlineRule>[0], written: string, content: string, silent: boolean): boolean {
  if (!silent) state.push('harmless', '', 0).content = content;
  state.pos += written.length;
  return true;
}

/** Whether a tag of a paragraph has its other half there: pairs of one name don't nest. */
function isPaired(src: string, at: number, name: string, isEnd: boolean): boolean {
  const tags = [...src.matchAll(new RegExp(`<(/?)${name}>`, 'g'))];
  const place = tags.findIndex((m) => m.index === at);
  const other = tags[isEnd ? place - 1 : place + 1];
  return place >= 0 && other !== undefined && (other[1] === '/') !== isEnd;
}

/** `<details>` without its end folds nothing, and an end without a beginning is nothing. */
const paired: CoreRule = ({ tokens }) => {
  const open: Token[] = [];
  for (const token of tokens) {
    if (token.type !== 'harmless') continue;
    if (token.content.startsWith('<details')) open.push(token);
    if (!token.content.startsWith('</details')) continue;
    const begin = open.at(-1);
    if (begin?.level === token.level) open.pop();
    else token.content = '';
  }
  for (const token of open) token.content = '';
};

/** `[x] done` at the beginning of a list's item. */
const tasks: CoreRule = ({ tokens }) => {
  for (const [i, token] of tokens.entries()) {
    if (token.type !== 'inline' || tokens[i - 2]?.type !== 'list_item_open') continue;
    const first: Token | undefined = token.children?.[0];
    if (first?.type !== 'text') continue;
    first.content = first.content.replace(/^\[([ xX])\] /, (_, mark: string) => (mark === ' ' ? '☐ ' : '☑ '));
  }
};
