// Documents of every purpose and language, from one derivation of each network.

import { readFileSync } from 'node:fs';
import { allBlocks, type Block, type DocumentText } from '../../src/document/blocks.ts';
import {
  type DocumentRequest,
  derivationDocument,
  documentDefaults,
} from '../../src/document/derivation-document.ts';
import { english } from '../../src/lang/en.ts';
import { type Phrase, wordsOf } from '../../src/lang/phrase.ts';
import { chinese } from '../../src/lang/zh.ts';
import { type Derived, deriveTargets } from '../../src/results/derivation.ts';
import { notationRow, notations } from '../../src/tables/notations.ts';
import { example } from './documents.ts';

const root = new URL('../../templates/documents/', import.meta.url);
const derivations = new Map<string, Derived>();

/** An example, derived once. */
export function derived(name: string): Derived {
  const known = derivations.get(name) ?? deriveTargets(example(name), { verify: { count: 1 } });
  derivations.set(name, known);
  return known;
}

export type PurposeOptions = Partial<Omit<DocumentRequest, 'language' | 'notation'>> & {
  readonly lang?: 'en' | 'zh';
  readonly notation?: string;
};

export const purposeDocument = (name: string, options: PurposeOptions = {}): DocumentText =>
  documentFrom(derived(name), options);

export function documentFrom(of: Derived, options: PurposeOptions): DocumentText {
  const { lang = 'en', notation = 'nielsen', ...rest } = options;
  return derivationDocument({
    ...documentDefaults,
    ...of,
    template: (t) => readFileSync(new URL(`${t}.${lang}.eta`, root), 'utf8'),
    title: of.network.title || 'network',
    language: lang === 'en' ? english : chinese,
    ...rest,
    notation: notationRow(notation) ?? notations[0]!,
  });
}

const SECTIONS = ['equations', 'algorithm', 'differences'] as const;

const halves = new Map<string, DocumentText>();

/** The course's last three sections. */
export function secondHalf(name: string, lang: 'en' | 'zh' = 'en'): DocumentText {
  const key = `${name} ${lang}`;
  const known =
    halves.get(key) ?? purposeDocument(name, { purpose: 'course', sections: new Set(SECTIONS), lang });
  halves.set(key, known);
  return known;
}

/** What a block says, formulas in their Unicode look. */
export function textOf(block: Block): string {
  const words = (p: Phrase): string => wordsOf(p);
  switch (block.kind) {
    case 'heading':
    case 'paragraph':
    case 'note':
      return words(block.parts);
    case 'display':
      return block.rows
        .map((r) => `${r.left === null ? '' : `${r.left.unicode} = `}${r.right.unicode}`)
        .join('\n');
    case 'table':
      return [block.head, ...block.rows].map((r) => r.map(words).join(' | ')).join('\n');
    case 'list':
      return block.items.map(words).join('\n');
    case 'code':
      return block.text;
    default:
      return '';
  }
}

export const blocksIn = (d: DocumentText): Block[] => allBlocks(d.blocks);
export const fullText = (d: DocumentText): string => blocksIn(d).map(textOf).join('\n');
