// What is used of markdown-it, of versions 13 to 15 alike: their own types satisfy these.

export interface Token {
  type: string;
  tag: string;
  nesting: -1 | 0 | 1;
  attrs: [string, string | number][] | null;
  /** The first line, and the one behind the last; lines count from 0. */
  map: [number, number] | null;
  level: number;
  children: Token[] | null;
  content: string;
  markup: string;
  info: string;
  meta: unknown;
  block: boolean;
  hidden: boolean;
}

export type TokenClass = new (type: string, tag: string, nesting: -1 | 0 | 1) => Token;

export interface CoreState {
  readonly src: string;
  readonly env: unknown;
  tokens: Token[];
  readonly Token: TokenClass;
}

export interface BlockState {
  readonly src: string;
  readonly env: unknown;
  readonly tokens: Token[];
  readonly bMarks: number[];
  readonly eMarks: number[];
  readonly tShift: number[];
  readonly sCount: number[];
  readonly blkIndent: number;
  readonly level: number;
  line: number;
  push(type: string, tag: string, nesting: -1 | 0 | 1): Token;
  isEmpty(line: number): boolean;
  getLines(begin: number, end: number, indent: number, keepLastLF: boolean): string;
}

export interface InlineState {
  readonly src: string;
  readonly env: unknown;
  pos: number;
  readonly posMax: number;
  push(type: string, tag: string, nesting: -1 | 0 | 1): Token;
}

export type CoreRule = (state: CoreState) => void;
export type BlockRule = (state: BlockState, start: number, end: number, silent: boolean) => boolean;
export type InlineRule = (state: InlineState, silent: boolean) => boolean;

/** Written as a method, so that a host's own, richer types fit. */
interface Renders {
  rule(tokens: Token[], index: number, options: object, env: unknown, renderer: unknown): string;
}
export type RendererRule = Renders['rule'];

/** One of the three lists of rules. */
interface Ruler<Rule> {
  before(beforeName: string, ruleName: string, rule: Rule, options?: { alt: string[] }): void;
  push(ruleName: string, rule: Rule): void;
}

/** A markdown-it. */
export interface MarkdownIt {
  readonly core: { readonly ruler: Ruler<CoreRule> };
  readonly block: { readonly ruler: Ruler<BlockRule> };
  readonly inline: { readonly ruler: Ruler<InlineRule> };
  readonly renderer: { readonly rules: { [type: string]: RendererRule | undefined } };
}

export interface Env {
  [key: string | symbol]: unknown;
}

/** One that a page is rendered with. */
export interface PageMarkdownIt extends MarkdownIt {
  readonly options: object;
  readonly renderer: MarkdownIt['renderer'] & {
    render(tokens: Token[], options: object, env: Env): string;
    renderInline(tokens: Token[], options: object, env: Env): string;
  };
  parse(src: string, env: Env): Token[];
}
