// The languages there are. Adding one is its file, its code and one line here.

import { type LanguageCode, languageCodes } from './codes.ts';
import { english } from './en.ts';
import type { Language } from './types.ts';
import { chinese } from './zh.ts';

const byCode: Readonly<Record<LanguageCode, Language>> = { en: english, zh: chinese };

export const languages: readonly Language[] = languageCodes.map((code) => byCode[code]);

/** The language of that code; null when there is none. */
export const languageNamed = (code: string): Language | null =>
  languages.find((l) => l.code === code) ?? null;
