// Checking for a whole class: an answer that the check itself stumbles over is one for a person, and harms no other.

import { check } from './homework/check.ts';
import type { Question } from './homework/question.ts';
import { type Checked, checked } from './homework/verdict.ts';

export function checkForClass(q: Question, text: string): Checked {
  try {
    return check(q, text);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return checked('undecided', 'undecided', { reasons: [{ code: 'why-undecided', why: { message } }] });
  }
}
