// What stands at a place of a file: the piece asked for, in the network, notation and language of the file.

import { describe, expect, test } from 'vitest';
import type { Block } from '../../src/document/blocks.ts';
import { wordsOf } from '../../src/lang/phrase.ts';
import { headOptions, pieceOptions } from '../../src/notes/attributes.ts';
import {
  type Notebook,
  type NotebookOptions,
  newMemory,
  notebook,
  setHead,
} from '../../src/notes/notebook.ts';
import { pieceOf } from '../../src/notes/piece.ts';
import { pieceAt, placed } from '../../src/notes/place.ts';
import { roleOf } from '../../src/notes/role.ts';
import { type Origin, readBody, readLine } from '../../src/notes/written.ts';
import { templateIn } from '../document/documents.ts';

const origin: Origin = { file: 'notes.md', line: 12, column: 3 };

const EXAMPLE = `
layers: [2, 3, 2]
activation: sigmoid
loss: mse
values:
  w: {2: [[0.4, -0.6], [0.3, 0.8], [-0.5, 0.2]], 3: [[0.7, -0.4, 0.5], [-0.3, 0.6, 0.2]]}
  b: {2: [0.1, -0.2, 0.3], 3: [0.1, -0.1]}
  x: [0.5, -1]
  y: [1, 0]
`;

const files: NotebookOptions = {
  resolve: (name, what) =>
    what === 'network' && name === 'mlp' ? { text: EXAMPLE, fileName: 'mlp.yaml' } : null,
  known: () => ['mlp'],
  template: (name, lang) => templateIn(lang)(name),
};

function book(head = 'network: mlp'): Notebook {
  const fresh = notebook(files);
  setHead(fresh, headOptions(readBody(head, { file: 'notes.md', line: 2, column: 1 })));
  return fresh;
}

const blocks = (text: string, of = book()): readonly Block[] =>
  pieceOf(of, pieceOptions(readLine(text, origin))).blocks;
const role = (text: string, of = book()): string => roleOf(of, text, origin).unicode;

describe('a piece', () => {
  test('is the derivation of its target, without what it doesn’t ask for', () => {
    const found = blocks('bp2');
    expect(found.map((b) => b.kind)).toEqual(['display', 'derivation', 'paragraph', 'display']);
    const [statement, derivation] = found;
    expect(statement?.kind === 'display' ? [statement.id, statement.tag] : null).toEqual(['eq-bp2', 'BP2']);
    const lines = derivation?.kind === 'derivation' ? derivation.lines : [];
    expect(lines.map((l) => wordsOf(l.why))).toEqual([
      'the definition of the error',
      expect.stringContaining('the chain rule through'),
      'the definition of the error',
      'put it in',
    ]);
    expect(lines.at(-1)?.numbers?.number).toBeCloseTo(-0.0180299, 6);
  });

  test('goes on to this network’s functions where that is asked for, and says how it was checked', () => {
    expect(blocks('bp1 special=1 checked=1').length).toBeGreaterThan(blocks('bp1').length + 2);
  });

  test.each([
    ['bp2 form=component numbers=0', ['display', 'derivation']],
    ['bp2 form=matrix', ['paragraph', 'display']],
    ['bp1 bp2 show=statement', ['display', 'display']],
    ['bp1 show=special', ['display']],
    ['show=card', ['card']],
    ['show=network', ['table', 'display', 'display', 'display', 'display', 'display', 'table']],
    ['show=numbers', ['display', 'display', 'display']],
    ['show=none network=2-4-1', []],
    ['bp3 heading=1', ['heading', 'display', 'derivation', 'paragraph', 'display']],
  ])('%s', (text, kinds) => {
    expect(blocks(text).map((b) => b.kind)).toEqual(kinds);
  });

  test('is a section of the course, without its heading, or a figure of it', () => {
    const headings = (found: readonly Block[]): (number | null)[] =>
      found.map((b) => (b.kind === 'heading' ? b.level : null));
    expect(headings(blocks('section=differences'))).not.toContain(2);
    expect(headings(blocks('section=differences heading=1'))[0]).toBe(2);
    expect(headings(blocks('section=differences heading=1')).filter((level) => level === 2)).toEqual([2]);
    expect(blocks('figure=bp2').map((b) => b.kind === 'figure' && b.id)).toEqual(['figure-bp2']);
    expect(() => blocks('figure=netwrk')).toThrow('there is no figure "netwrk"; did you mean "network"?');
    expect(() => blocks('section=netwrk')).toThrow('unknown section "netwrk"; did you mean "network"?');
    expect(() => blocks('section=loss network=2-3-2', notebook())).toThrow(
      'sections and figures of the course need the templates of the package, which are not here',
    );
  });

  test('has the numbers of its own network', () => {
    const display = blocks('show=numbers').at(-1);
    const rows = display?.kind === 'display' ? display.rows : [];
    expect(rows.map((r) => `${r.left?.unicode} = ${r.right.unicode}`)).toContain(
      'δ² = (−0.01803, 0.02152, −0.002976)ᵀ',
    );
  });

  test('is written in the notation and language of the file, unless it says another', () => {
    const chinese = book('network: mlp\nnotation: ng\nlang: zh');
    const [, derivation] = blocks('bp2', chinese);
    expect(derivation?.kind === 'derivation' ? wordsOf(derivation.lines[0]?.why ?? []) : '').toBe(
      '由误差的定义',
    );
    expect(role('bp2.lhs', chinese)).toContain('dZ');
    expect(role('bp2.lhs notation=nielsen', chinese)).toContain('δ');
  });

  test('of a second place has ids of its own', () => {
    const one = book();
    const ids = (found: readonly Block[]): (string | null)[] => found.map((b) => ('id' in b ? b.id : null));
    expect(ids(blocks('bp2 show=statement', one))).toEqual(['eq-bp2']);
    expect(ids(blocks('bp2 show=statement', one))).toEqual(['eq-bp2-2']);
    expect(ids(blocks('bp2 show=statement id=eq-own', one))).toEqual(['eq-own']);
  });

  test('takes the network of the first piece that names one, where the head names none', () => {
    const bare = notebook(files);
    blocks('show=none network=mlp', bare);
    expect(role('delta[2][1]', bare)).toBe('−0.01803');
    blocks('show=none network=1-2-1', bare);
    expect(role('delta[2][1]', bare)).toBe('−0.01803');
  });

  test('is derived once for all files that share a memory', () => {
    const memory = newMemory();
    const again = (): readonly Block[] => {
      const fresh = notebook({ ...files, memory });
      return blocks('bp2 network=mlp', fresh);
    };
    again();
    const kept = [...memory.derived.values()];
    again();
    expect([...memory.derived.values()]).toEqual(kept);
    expect(memory.derived.size).toBe(1);
  });
});

describe('a role', () => {
  test.each([
    ['bp2', 'δⱼˡ = (Σₖ wₖⱼˡ⁺¹ δₖˡ⁺¹) σ′(zⱼˡ)'],
    ['bp2.lhs', 'δⱼˡ'],
    ['bp2.matrix', 'δˡ = ((wˡ⁺¹)ᵀ δˡ⁺¹) ⊙ σ′(zˡ)'],
    ['bp2 form=matrix', 'δˡ = ((wˡ⁺¹)ᵀ δˡ⁺¹) ⊙ σ′(zˡ)'],
    ['bp1.special', expect.stringContaining('yⱼ')],
    ['bp2.step3', expect.stringContaining('Σₖ δₖˡ⁺¹')],
    ['delta[2][1]', '−0.01803'],
    ['delta[3]', '(−0.07289, 0.1224)ᵀ'],
    ['dC/dw[2][1,1]', '−0.009015'],
    ['C', '0.1743'],
    ['C digits=6', '0.174292'],
    ['delta[l]', 'δˡ'],
    ["w[l+1]' * delta[l+1]", '(wˡ⁺¹)ᵀ δˡ⁺¹'],
    ["sigmoid'", expect.stringContaining('σ′(z) =')],
  ])('%s', (text, expected) => {
    expect(role(text)).toEqual(expected);
  });

  test.each([
    ['bp2.matrx', 'notes.md:12:3: bp2 has no part "matrx"; did you mean "matrix"?'],
    ['bp2.step9', 'notes.md:12:3: bp2 has 4 lines; there is no step 9'],
    ['bp7', 'notes.md:12:3: unknown target "bp7"; did you mean "bp1"?'],
    ['bp2 network=mpl', 'notes.md:12:3: there is no network "mpl"; did you mean "mlp"?'],
    ['bp2 notation=ngg', 'notes.md:12:3: unknown notation "ngg"; did you mean "ng"?'],
    ['delta[7][1]', 'notes.md:12:3: the size n[7] has no value'],
    [
      'delta[2][1] network=general',
      'notes.md:12:3: delta[2][1] has no value: the network has no numbers; give its widths, as in network=2-3-2',
    ],
    ['', 'notes.md:12:3: nothing is named here; write bp2, bp2.matrix or delta[2][1]'],
    ['q[l]', 'notes.md:12:3: unknown name "q"'],
    ['<img src=x onerror=alert(1)>', 'notes.md:12:3: '],
  ])('%j is refused where it stands', (text, sentence) => {
    expect(() => placed(origin, () => roleOf(book(), text, origin))).toThrow(sentence);
  });
});

test('a network file’s own fault keeps its place', () => {
  const bad = notebook({ resolve: () => ({ text: 'layers: [2, 3]\nloss: msee', fileName: 'net.yaml' }) });
  expect(() => pieceAt(bad, () => readLine('bp2 network=net', origin), origin)).toThrow(/^net\.yaml:2:7: /);
});

test('a card wants at least two equations', () => {
  expect(() => pieceAt(book(), () => readLine('bp2 show=card', origin), origin)).toThrow(
    'notes.md:12:3: a card wants at least two equations; name more targets, or leave them out for all',
  );
});
