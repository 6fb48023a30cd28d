// What is printed for every target: documents of all example networks, in both languages, for each purpose; in every notation.

import type { DocumentText } from '../../src/document/blocks.ts';
import { withFront } from '../../src/document/front.ts';
import { blocksFor } from '../../src/formats/fragment.ts';
import type { Target } from '../../src/formats/targets.ts';
import { notations } from '../../src/tables/notations.ts';
import { exampleNames } from '../document/documents.ts';
import { purposeDocument } from '../document/purposes.ts';

export interface PrintedDocument {
  readonly name: string;
  readonly document: DocumentText;
}

const documents = function* (names: readonly string[]): Generator<PrintedDocument> {
  for (const name of names)
    for (const lang of ['en', 'zh'] as const)
      for (const purpose of ['course', 'derivation', 'card'] as const)
        yield {
          name: `${purpose} of ${name}, ${lang}`,
          document: purposeDocument(name, { purpose, lang, finer: true, shapes: true }),
        };
};

const inNotations = function* (names: readonly string[]): Generator<PrintedDocument> {
  for (const name of names)
    for (const { name: notation } of notations)
      yield {
        name: `${name} in ${notation}`,
        document: purposeDocument(name, { notation, finer: true }),
      };
};

/** Every document that is looked at, once. */
export const printedDocuments = (): PrintedDocument[] => [
  ...documents(exampleNames),
  ...inNotations(['2-3-2', 'batch']),
];

/** A document as it stands in somebody else's text, with its pictures. */
export const printedFor = (target: Target, document: DocumentText): string =>
  blocksFor(target, withFront(document), document.words, { figure: ({ id }) => `${id}.svg` });
