// The codes of the languages there are: by themselves, so that a command line can name them without loading a sentence.

export const languageCodes = ['en', 'zh'] as const;
export type LanguageCode = (typeof languageCodes)[number];
