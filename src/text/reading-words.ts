// What a language says where something can't be read: a sentence for every complaint. A missing one does not compile.

import type { ComplaintCode, ComplaintFacts, Expected } from './complaint.ts';

/** What a language says for each complaint, as a sentence without its full stop, and for what was expected. */
export interface ReadingWords {
  readonly complaint: {
    readonly [C in ComplaintCode]: string | ((facts: ComplaintFacts[C]) => string);
  };
  readonly expected: (what: Expected) => string;
}

/** The sentence of a complaint. */
export function complaintText<C extends ComplaintCode>(
  words: ReadingWords,
  complaint: { readonly code: C } & ComplaintFacts[C],
): string {
  const say: string | ((facts: ComplaintFacts[C]) => string) = words.complaint[complaint.code];
  return typeof say === 'string' ? say : say(complaint);
}
