// Every formula of the course's programme stands in the document, in its section, by normal form and not by letters.

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Block, DocumentText } from '../../src/document/blocks.ts';
import { index } from '../../src/expr/affine.ts';
import { comparisonKey } from '../../src/expr/compare.ts';
import { lowerEntry } from '../../src/expr/lower.ts';
import { shapeOf } from '../../src/expr/shape.ts';
import type { System } from '../../src/expr/system.ts';
import { isTensor, type Read, readFormula, readStatement } from '../../src/text/read.ts';
import { documentOf, example } from './documents.ts';

interface Looks {
  readonly latex: string;
  readonly plain: string | null;
}
const isLooks = (x: object): x is Looks => 'latex' in x && 'unicode' in x && 'plain' in x;

/** All formulas below a block, and the equations that its rows and lines state: `left = right` in plain syntax. */
function statements(x: unknown, found: Set<string>): void {
  if (typeof x !== 'object' || x === null) return;
  if (isLooks(x)) {
    if (x.plain !== null) found.add(x.plain);
    return;
  }
  if ('left' in x && 'right' in x) {
    const { left, right } = x as { left: Looks | null; right: Looks };
    if (left?.plain != null && right.plain !== null) found.add(`${left.plain} = ${right.plain}`);
  }
  for (const value of Object.values(x)) statements(value, found);
}

/** A side's normal form: a tensor's is that of its entry at fresh indices. */
function sideKey(side: Read, system: System): string {
  if (!isTensor(side)) return comparisonKey(side, system.given);
  const slots = shapeOf(side, system).map((_, i) => index(`free${i}`));
  return comparisonKey(lowerEntry(side, slots, system), system.given);
}

/** Both sides' normal forms; null for what isn't a statement of this network. */
function keyOf(text: string, system: System): string | null {
  try {
    if (!text.includes('=')) return sideKey(readFormula(text, system), system);
    const { left, right } = readStatement(text, system);
    return `${sideKey(left, system)} = ${sideKey(right, system)}`;
  } catch {
    return null;
  }
}

/** The blocks of each section, by its heading's id. */
function sectionsOf(document: DocumentText): Map<string, Block[]> {
  const found = new Map<string, Block[]>();
  let own: Block[] = [];
  for (const b of document.blocks) {
    if (b.kind === 'heading' && b.level === 2) {
      own = [];
      found.set(b.id, own);
    }
    own.push(b);
  }
  return found;
}

const programme = readFileSync(new URL('../fixtures/article-formulas.txt', import.meta.url), 'utf8')
  .split('\n\n')
  .slice(1)
  .map((part) => part.trim().split('\n'))
  .map(([section = '', ...formulas]) => ({ section, formulas }));

const network = example('2-3-2');
const document = documentOf(network, { purpose: 'course' });
const sections = sectionsOf(document);

describe.each(programme)('section $section', ({ section, formulas }) => {
  const texts = new Set<string>();
  statements(sections.get(section) ?? [], texts);
  // One sample's loss has a letter of its own, C_x; for this network, which has one sample, it is the loss.
  const read = [...texts].flatMap((text) => keyOf(text.replace(/\bCx\b/g, 'C'), network.system) ?? []);
  const keys = new Set(read);

  test.each(formulas)('%s', (formula) => {
    const wanted = keyOf(formula, network.system);
    expect(wanted).not.toBeNull();
    expect(keys.has(String(wanted)), `not among ${texts.size} statements of the section`).toBe(true);
  });

  test('a formula that it does not have is not found', () => {
    const wrong = keyOf("delta[l] = w[l+1]'*delta[l+1]", network.system);
    expect(wrong).not.toBeNull();
    expect(read.includes(String(wrong))).toBe(false);
  });
});

test('the sections are those of the course, in order', () => {
  expect([...sections.keys()]).toEqual(programme.map((p) => p.section).concat('differences'));
});
