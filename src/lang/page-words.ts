// What a page itself says: its switches, what is folded, what was copied.

export interface PageWords {
  /** What the switch of grains is called. */
  readonly grain: string;
  readonly grains: Readonly<Record<'brief' | 'textbook' | 'full', string>>;
  /** Each grain in a few words, for who points at it. */
  readonly grainHints: Readonly<Record<'brief' | 'textbook' | 'full', string>>;
  /** Above the lines of a derivation, which fold away. */
  readonly derivation: (lines: number) => string;
  readonly dark: string;
  readonly light: string;
  /** The note that a formula's LaTeX is on the clipboard. */
  readonly copied: string;
  /** What pressing a formula does. */
  readonly copy: string;
  readonly skip: string;
}
