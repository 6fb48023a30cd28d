// The languages there are. Adding one is its file, its code and one line here.

import { UserError } from '../expr/error.ts';
import { suggestion } from '../text/nearest.ts';
import { type LanguageCode, languageCodes } from './codes.ts';
import { english } from './en.ts';
import type { Language } from './types.ts';
import { chinese } from './zh.ts';

const byCode: Readonly<Record<LanguageCode, Language>> = { en: english, zh: chinese };

export const languages: readonly Language[] = languageCodes.map((code) => byCode[code]);

/** The language of that code; null when there is none. */
export const languageNamed = (code: string): Language | null =>
  languages.find((l) => l.code === code) ?? null;

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
