// KaTeX's style sheet for a page without network: font files inlined, and only the families that the page uses.

/** A font file, and what in KaTeX's HTML asks for it. Null: always there. */
interface FontUse {
  readonly file: string;
  readonly used: RegExp | null;
}

const classed = (names: string): RegExp => new RegExp(`class="[^"]*\\b(?:${names})\\b`);

const FONTS: readonly FontUse[] = [
  { file: 'KaTeX_Main-Regular', used: null },
  { file: 'KaTeX_Math-Italic', used: null },
  { file: 'KaTeX_Size1-Regular', used: null },
  { file: 'KaTeX_Size2-Regular', used: null },
  { file: 'KaTeX_Size3-Regular', used: classed('size3') },
  { file: 'KaTeX_Size4-Regular', used: classed('size4|delim-size4') },
  { file: 'KaTeX_AMS-Regular', used: classed('amsrm|mathbb') },
  { file: 'KaTeX_Main-Bold', used: classed('mathbf|textbf') },
  { file: 'KaTeX_Main-Italic', used: classed('mathit|textit|mainit') },
  { file: 'KaTeX_Math-BoldItalic', used: classed('boldsymbol') },
  { file: 'KaTeX_SansSerif-Regular', used: classed('mathsf|textsf') },
  { file: 'KaTeX_SansSerif-Bold', used: classed('mathsfbf|mathboldsf|textboldsf') },
  { file: 'KaTeX_Caligraphic-Regular', used: classed('mathcal') },
  { file: 'KaTeX_Script-Regular', used: classed('mathscr') },
  { file: 'KaTeX_Fraktur-Regular', used: classed('mathfrak') },
  { file: 'KaTeX_Typewriter-Regular', used: classed('mathtt|texttt') },
];

/** The fonts that a body of typeset formulas needs, as file names. */
export const fontsOf = (body: string): string[] =>
  FONTS.filter((f) => f.used === null || f.used.test(body)).map((f) => `${f.file}.woff2`);

/** KaTeX's style sheet with the named fonts inside and the other font faces left out. */
export function offlineCss(css: string, files: readonly string[], font: (file: string) => string): string {
  return css.replace(/@font-face\{[^}]*\}/g, (face) => {
    const file = /fonts\/([\w-]+\.woff2)/.exec(face)?.[1];
    if (file === undefined || !files.includes(file)) return '';
    const src = `src:url(data:font/woff2;base64,${font(file)}) format("woff2")`;
    return face.replace(/src:[^}]*/, src);
  });
}
