// LaTeX commands and what each is to the reader: a letter, a word, a sign, a font, a builder, or nothing to look at.

import { greekLetters } from '../letters.ts';

export type CommandMeaning =
  | { readonly kind: 'letter'; readonly text: string; readonly font?: string }
  | { readonly kind: 'word' | 'sign' | 'command'; readonly text: string }
  /** Nothing to read: spaces, sizes, styles. `args`: arguments that are dropped with it. */
  | { readonly kind: 'nothing'; readonly args: number }
  /** The argument as it stands: fonts that tell nothing apart. */
  | { readonly kind: 'open' }
  /** The argument is read as words. */
  | { readonly kind: 'text' }
  /** The letters of the argument, or those that follow, in a font that tells them apart. */
  | { readonly kind: 'font'; readonly font: string; readonly reach: 'argument' | 'group' }
  | { readonly kind: 'accent'; readonly text: string }
  | { readonly kind: 'forbidden' };

const table = new Map<string, CommandMeaning>();
const words = (text: string): string[] => text.split(/\s+/).filter((w) => w !== '');
const each = (names: string, meaning: (name: string) => CommandMeaning): void => {
  for (const name of words(names)) table.set(name, meaning(name));
};
const sign = (names: string, text: string): void => each(names, () => ({ kind: 'sign', text }));

for (const name of greekLetters.keys()) table.set(name, { kind: 'letter', text: name });
for (const [name, text] of [
  ['varepsilon', 'epsilon'],
  ['varphi', 'phi'],
  ['vartheta', 'theta'],
  ['varsigma', 'sigma'],
  ['varrho', 'rho'],
  ['ell', 'ell'],
  ['hbar', 'h'],
  ['imath', 'i'],
  ['jmath', 'j'],
] as const)
  table.set(name, { kind: 'letter', text });
each('sin cos tan sinh cosh tanh coth sec csc cot arcsin arccos arctan exp ln log max min arg', (text) => ({
  kind: 'word',
  text,
}));
each('diag tr softmax sigmoid relu ReLU erf sgn', (text) => ({ kind: 'word', text }));
each('forall', () => ({ kind: 'word', text: 'for' }));
sign('cdot sdot centerdot', '·');
sign('times', '×');
sign('ast star', '*');
sign('odot bigodot', '⊙');
sign('circ bullet bigcirc', '∘');
sign('otimes bigotimes', '⊗');
sign('oslash', './');
sign('div', '/');
sign('le leq leqslant', '<=');
sign('ge geq geqslant', '>=');
sign('lt', '<');
sign('gt', '>');
sign('ne neq', '!=');
sign('equiv triangleq coloneqq coloneq doteq eqdef', '=');
sign('leftarrow gets longleftarrow', '←');
sign('approx simeq', '~=');
sign('to rightarrow longrightarrow Rightarrow Longrightarrow implies iff Leftrightarrow therefore', '=>');
sign('pm mp', '±');
sign('ldots dots cdots dotsb dotsc vdots', '…');
sign('prime', "'");
sign('top intercal', '⊤');
sign('lbrace {', '(');
sign('rbrace }', ')');
sign('lbrack', '[');
sign('rbrack', ']');
sign('langle', '⟨');
sign('rangle', '⟩');
sign('vert mid', '|');
sign('lvert', '⟦');
sign('rvert', '⟧');
sign('Vert |', '‖');
sign('lVert', '⟪');
sign('rVert', '⟫');
sign('colon', ':');
sign('quad qquad', '\\quad');
sign('newline cr', '\\\\');
sign('_', '_');
sign('&', '&');
sign('in', '∈');
sign('infty', '∞');
sign('backslash setminus', '\\');
each(
  'frac sum prod partial nabla sqrt begin end over underbrace overbrace overset underset stackrel substack',
  (text) => ({
    kind: 'command',
    text,
  }),
);
for (const name of ['dfrac', 'tfrac', 'cfrac']) table.set(name, { kind: 'command', text: 'frac' });
each('bigtriangledown triangledown', () => ({ kind: 'command', text: 'nabla' }));
each('transpose', () => ({ kind: 'command', text: 'transpose' }));
each(
  ', ; : ! > thinspace medspace thickspace negthinspace enspace displaystyle textstyle scriptstyle',
  () => ({
    kind: 'nothing',
    args: 0,
  }),
);
each(
  'limits nolimits nonumber notag left right middle big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr',
  () => ({
    kind: 'nothing',
    args: 0,
  }),
);
each('Biggl Biggr bigm rm bf it sf tt boldmath unboldmath allowbreak nobreak hfill', () => ({
  kind: 'nothing',
  args: 0,
}));
each('tag label color hspace vspace mspace phantom hphantom vphantom eqref ref', () => ({
  kind: 'nothing',
  args: 1,
}));
table.set('textcolor', { kind: 'nothing', args: 1 });
each('mathbf boldsymbol bm pmb mathit vec mathbin mathrel mathord mathop underline matr vecr boxed', () => ({
  kind: 'open',
}));
each('text mathrm textrm textbf textit operatorname mathsf mathtt texttt textsf mbox', () => ({
  kind: 'text',
}));
each('mathcal mathscr', () => ({ kind: 'font', font: 'cal', reach: 'argument' }));
each('cal', () => ({ kind: 'font', font: 'cal', reach: 'group' }));
each('mathbb mathds', () => ({ kind: 'font', font: 'bb', reach: 'argument' }));
each('hat widehat', () => ({ kind: 'accent', text: 'hat' }));
each('tilde widetilde', () => ({ kind: 'accent', text: 'tilde' }));
each('bar overline', () => ({ kind: 'accent', text: 'bar' }));
each('dot', () => ({ kind: 'accent', text: 'dot' }));
each(
  'def gdef edef xdef let newcommand renewcommand providecommand DeclareMathOperator input include',
  () => ({
    kind: 'forbidden',
  }),
);
// Relations that are no equality, and what denies one.
each('sim propto not neg lnot', () => ({ kind: 'forbidden' }));
each('href url html htmlId htmlClass includegraphics catcode write read expandafter csname loop', () => ({
  kind: 'forbidden',
}));

/** All command names, for "did you mean". */
export const commandNames: readonly string[] = [...table.keys()].filter((name) => /^[A-Za-z]+$/.test(name));

/** What a command means; null where it is unknown. `\Va` and `\MW` are letters in a bold font of their own. */
export function commandMeaning(name: string): CommandMeaning | null {
  const known = table.get(name);
  if (known !== undefined) return known;
  const letter = /^[VM]([A-Za-z])$/.exec(name)?.[1];
  return letter === undefined ? null : { kind: 'letter', text: letter };
}
