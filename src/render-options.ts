// How a derivation is rendered: format, grain, notation, numbers.

import type { Grain } from './document/grain.ts';
import type { Form } from './document/result-section.ts';
import { UserError } from './expr/error.ts';
import { languageNamed, languages } from './lang/languages.ts';
import type { Language } from './lang/types.ts';
import { type Notation, notationRow, notations } from './tables/notations.ts';
import { suggestion } from './text/nearest.ts';

export interface RenderOptions {
  readonly format: 'text' | 'md' | 'html' | 'json';
  readonly form?: Form;
  readonly detail?: Grain;
  /** A notation's name. */
  readonly notation?: string;
  /** A language's code. */
  readonly lang?: string;
  /** For whom Markdown is written: github, pandoc, ... */
  readonly for?: string;
  /** Slots of the entry whose numbers are shown, from 1. */
  readonly entry?: readonly number[];
  readonly digits?: number;
  readonly shapes?: boolean;
  readonly numbers?: boolean;
}

/** The notation of that name. Throws a `UserError` where there is none. */
export function notationNamed(name: string): Notation {
  const found = notationRow(name);
  if (found !== null) return found;
  throw new UserError(
    `unknown notation "${name}"${suggestion(
      name,
      notations.map((n) => n.name),
    )}`,
  );
}

/** The language of that code. Throws a `UserError` where there is none. */
export function languageOf(code: string): Language {
  const found = languageNamed(code);
  if (found !== null) return found;
  throw new UserError(
    `unknown language "${code}"${suggestion(
      code,
      languages.map((l) => l.code),
    )}`,
  );
}
