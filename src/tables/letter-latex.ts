// What raw LaTeX may stand in a notation: letters, accents, fonts and signs, and nothing that a document could be changed by.

const LETTERS =
  'alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi varpi rho varrho sigma varsigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega ell hbar imath jmath Re Im aleph nabla partial infty emptyset';
const FONTS =
  'mathrm mathbf mathit mathsf mathtt mathcal mathbb mathfrak mathscr boldsymbol operatorname text';
const ACCENTS =
  'hat widehat tilde widetilde bar overline underline vec dot ddot check breve acute grave mathring';
const SIGNS =
  'odot circ bullet ast star otimes oplus times cdot top intercal prime dagger ddagger dag langle rangle lvert rvert lVert rVert lbrack rbrack lbrace rbrace lfloor rfloor lceil rceil';
const ALLOWED: ReadonlySet<string> = new Set([LETTERS, FONTS, ACCENTS, SIGNS].join(' ').split(' '));

const LONGEST = 60;

/** What is wrong with raw LaTeX in a notation, as the end of a sentence; null where nothing is. */
export function latexFault(latex: string): string | null {
  if (latex.length > LONGEST) return `is longer than ${LONGEST} characters`;
  const bad = /[$%#&~`"@\n\r\t\0]/.exec(latex)?.[0];
  if (bad !== undefined) return `holds ${JSON.stringify(bad)}, which is no part of a letter`;
  for (const [, command = ''] of latex.matchAll(/\\([A-Za-z]+|[^A-Za-z]|$)/g)) {
    const isSpace = [',', ';', ':', '!', ' '].includes(command);
    if (!ALLOWED.has(command) && !isSpace)
      return command === ''
        ? 'ends in a backslash'
        : `holds \\${command}; only letters, accents, fonts and signs may stand there`;
  }
  return braceFault(latex);
}

function braceFault(latex: string): string | null {
  let depth = 0;
  for (const c of latex.replace(/\\./g, '')) {
    if (c === '{') depth++;
    if (c === '}') depth--;
    if (depth < 0) return 'closes a brace that is not open';
  }
  return depth === 0 ? null : 'leaves a brace open';
}

/** The same for a letter, which takes scripts: its own must stand inside braces, and it is not empty. */
export function letterFault(latex: string): string | null {
  if (latex.trim() === '') return 'is empty';
  const fault = latexFault(latex);
  if (fault !== null) return fault;
  let depth = 0;
  for (const c of latex.replace(/\\./g, '')) {
    if (c === '{') depth++;
    else if (c === '}') depth--;
    else if (depth === 0 && "^_'".includes(c))
      return `takes scripts, so its own ${c} must stand inside braces`;
  }
  return null;
}
