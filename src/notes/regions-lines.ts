// A text as lines that keep their ends: put together again they are the text to the byte.

export interface TextLine {
  readonly text: string;
  /** `\n`, `\r\n`, `\r`; nothing on a last line without one. */
  readonly ending: string;
  /** Where the line begins in the text. */
  readonly start: number;
}

/** The lines of a text. A byte order mark belongs to none of them. */
export function linesOf(text: string): readonly TextLine[] {
  const lines: TextLine[] = [];
  const line = /([^\r\n]*)(\r\n|\n|\r|$)/g;
  line.lastIndex = text.startsWith('\uFEFF') ? 1 : 0;
  while (line.lastIndex < text.length) {
    const start = line.lastIndex;
    const [, content = '', ending = ''] = line.exec(text) ?? [];
    lines.push({ text: content, ending, start });
  }
  return lines;
}
