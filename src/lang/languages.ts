// The languages there are. Adding one is one file and one line here.

import { english } from './en.ts';
import type { Language } from './types.ts';

export const languages: readonly Language[] = [english];

/** The language of that code; null when there is none. */
export const languageNamed = (code: string): Language | null =>
  languages.find((l) => l.code === code) ?? null;
