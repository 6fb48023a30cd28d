// Footnotes of Markdown, by a plugin that has no types of its own.

declare module 'markdown-it-footnote' {
  export default function footnotes(md: unknown): void;
}
