// KaTeX's style sheet for a page without network: font files inlined, and only the families that the page uses.

/** Font files, and the classes of KaTeX's HTML that ask for them. An empty list: always there. */
const FONTS: readonly (readonly [string, readonly string[]])[] = [
  ['KaTeX_Main-Regular', []],
  ['KaTeX_Math-Italic', []],
  ['KaTeX_Size1-Regular', []],
  ['KaTeX_Size2-Regular', []],
  ['KaTeX_Size3-Regular', ['delimsizing size3']],
  ['KaTeX_Size4-Regular', ['delimsizing size4', 'delim-size4']],
  ['KaTeX_AMS-Regular', ['amsrm', 'mathbb', 'textbb']],
  ['KaTeX_Main-Bold', ['mathbf', 'textbf']],
  ['KaTeX_Main-Italic', ['mathit', 'textit']],
  ['KaTeX_Math-BoldItalic', ['boldsymbol']],
  ['KaTeX_SansSerif-Regular', ['mathsf', 'textsf']],
  ['KaTeX_SansSerif-Bold', ['mathboldsf', 'textboldsf']],
  ['KaTeX_SansSerif-Italic', ['mathitsf', 'mathsfit', 'textitsf']],
  ['KaTeX_Caligraphic-Regular', ['mathcal']],
  ['KaTeX_Script-Regular', ['mathscr', 'textscr']],
  ['KaTeX_Fraktur-Regular', ['mathfrak', 'textfrak']],
  ['KaTeX_Typewriter-Regular', ['mathtt', 'texttt']],
];

/** All classes at once: pages are long, and are read through a single time. */
const CLASSES = new RegExp(`[" ](?:${FONTS.flatMap(([, classes]) => classes).join('|')})(?=[" ])`, 'g');

/** The fonts that a body of typeset formulas needs, as file names. */
export function fontsOf(body: string): string[] {
  const found = new Set((body.match(CLASSES) ?? []).map((c) => c.slice(1)));
  return FONTS.filter(([, classes]) => classes.length === 0 || classes.some((c) => found.has(c))).map(
    ([file]) => `${file}.woff2`,
  );
}

/** KaTeX's style sheet with the named fonts inside and the other font faces left out. */
export function offlineCss(css: string, files: readonly string[], font: (file: string) => string): string {
  return css.replace(/@font-face\{[^}]*\}/g, (face) => {
    const file = /fonts\/([\w-]+\.woff2)/.exec(face)?.[1];
    if (file === undefined || !files.includes(file)) return '';
    const src = `src:url(data:font/woff2;base64,${font(file)}) format("woff2")`;
    return face.replace(/src:[^}]*/, src);
  });
}
