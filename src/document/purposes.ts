// What a document is for, and which sections it may have: each purpose is a template in each language.

/** The whole course; the derivation alone; a card of the equations; the numbers of one network; an exercise sheet. */
export const purposes = ['course', 'derivation', 'card', 'example', 'handout'] as const;
export type Purpose = (typeof purposes)[number];

/** The sections of the course, in the order in which they are read. */
export const sectionNames = [
  'network',
  'feedforward',
  'loss',
  'error',
  'tools',
  'equations',
  'algorithm',
  'differences',
] as const;
export type SectionName = (typeof sectionNames)[number];

export const blankKinds = ['steps', 'reasons', 'numbers'] as const;
/** `steps`: what lines come to, results and matrix forms; `reasons`: why lines hold; `numbers`: what is put in and comes out. */
export type Blanks = (typeof blankKinds)[number];

/** A template's name: `course`, `sections/network`. */
export type TemplateName = Purpose | `sections/${SectionName}`;
