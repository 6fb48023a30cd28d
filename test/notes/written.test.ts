// Attributes as authors write them, in a line, a body of YAML or a MyST directive; every complaint has its place in the file.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { attributeNames, headOptions, pieceOptions } from '../../src/notes/attributes.ts';
import { fenceField, openingOf } from '../../src/notes/fence.ts';
import { frontMatter, headFrom } from '../../src/notes/front-matter.ts';
import { type Origin, readBody, readLine } from '../../src/notes/written.ts';

const origin: Origin = { file: 'notes.md', line: 3, column: 16 };
const line = (text: string): object => pieceOptions(readLine(text, origin));
const body = (text: string): object => pieceOptions(readBody(text, { ...origin, column: 1 }));

describe('a line of attributes', () => {
  test.each<[string, object]>([
    ['bp2', { target: ['bp2'] }],
    ['bp1 bp2 form=matrix numbers=1', { target: ['bp1', 'bp2'], form: 'matrix', numbers: true }],
    ['network="my net.yaml" digits=3', { network: 'my net.yaml', digits: 3 }],
    ['"dC/dz[l] for l < L" entry=1,2', { target: ['dC/dz[l] for l < L'], entry: [1, 2] }],
    ['#eq-own bp1 show=statement', { id: 'eq-own', target: ['bp1'], show: 'statement' }],
    ['target=bp3 via=z[l+1]', { target: ['bp3'], via: ['z[l+1]'] }],
    ['numbers=no shapes=on', { numbers: false, shapes: true }],
    ['', {}],
    ['bp2\n  form=matrix', { target: ['bp2'], form: 'matrix' }],
  ])('%j', (text, options) => {
    expect(line(text)).toEqual(options);
  });

  test.each([
    ['bp2 fom=matrix', 'notes.md:3:20: unknown key "fom"; did you mean "form"?'],
    ['bp2 form=matrx', 'notes.md:3:20: unknown form "matrx"; did you mean "matrix"?'],
    ['bp2 form=matrix form=both', 'notes.md:3:32: "form" is given twice'],
    ['bp2 target=bp1', 'notes.md:3:20: "target" is given twice'],
    ['digits=many', 'notes.md:3:16: digits must be a whole number from 1 to 15, not the text "many"'],
    ['bp2 network="open', 'notes.md:3:28: the quotation mark here is never closed'],
    ['bp2\nform=x', 'notes.md:4:1: unknown form "x"; there is component, matrix, both'],
    [
      'id=1st',
      'notes.md:3:16: id must be an id of letters, digits and - that begins with a letter, not the text "1st"',
    ],
    ['numbers=maybe', 'notes.md:3:16: numbers must be 1 or 0, not the text "maybe"'],
    ['__proto__=1', 'notes.md:3:16: unknown key "__proto__"'],
    ['constructor=1', 'notes.md:3:16: unknown key "constructor"'],
  ])('%j is refused where it is wrong', (text, sentence) => {
    expect(() => line(text)).toThrow(sentence);
  });

  test('whatever is written, there are options or a sentence that begins with the place', () => {
    const piece = fc.constantFrom(
      ...attributeNames,
      '=',
      ' ',
      '"',
      'bp2',
      'x',
      '\n',
      '{',
      '#',
      '.chainrule',
      '1,2',
      '<b>',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        try {
          line(pieces.join(''));
        } catch (error) {
          expect(String(error)).toMatch(/^UserError: notes\.md:\d+:\d+: \S/);
        }
      }),
    );
  });
});

describe('a body of YAML', () => {
  test.each<[string, object]>([
    ['target: bp2\nform: both\nnumbers: true', { target: ['bp2'], form: 'both', numbers: true }],
    ['bp2', { target: ['bp2'] }],
    ['- bp1\n- bp2', { target: ['bp1', 'bp2'] }],
    [
      'target: [bp1, bp2]\nnetwork: {layers: [2, 3, 2]}',
      { target: ['bp1', 'bp2'], network: { layers: [2, 3, 2] } },
    ],
    ['', {}],
    ['form:', {}],
  ])('%j', (text, options) => {
    expect(body(text)).toEqual(options);
  });

  test.each([
    ['target: bp2\nfrom: both', 'notes.md:4:1: unknown key "from"; did you mean "form"?'],
    ['target: bp2\nform: bth', 'notes.md:4:7: unknown form "bth"; did you mean "both"?'],
    ['a: [', 'notes.md:3:5: '],
    ['7', 'notes.md:3:1: write attributes as key: value, one a line'],
  ])('%j is refused where it is wrong', (text, sentence) => {
    const written = (): object =>
      pieceOptions(fenceField({ line: '', before: 0, style: 'plain' }, text, { ...origin, line: 2 }));
    expect(written).toThrow(sentence);
  });
});

describe('the line that opens a fence', () => {
  const fence = (info: string, text = ''): object | null => {
    const opening = openingOf(info);
    return opening === null
      ? null
      : pieceOptions(fenceField(opening, text, { ...origin, line: 7, column: 4 }));
  };

  test.each<[string, string, object]>([
    ['chainrule', 'target: bp2', { target: ['bp2'] }],
    ['chainrule bp2 form=matrix', '', { target: ['bp2'], form: 'matrix' }],
    ['chainrule {bp2 form=matrix}', '', { target: ['bp2'], form: 'matrix' }],
    ['{chainrule} bp2', ':form: matrix\n:shapes:', { target: ['bp2'], form: 'matrix', shapes: true }],
    ['{.chainrule}', 'target: bp2', { target: ['bp2'] }],
    ['{#eq-a .chainrule target="bp2" form=matrix}', '', { id: 'eq-a', target: ['bp2'], form: 'matrix' }],
    [' chainrule  bp1', 'form: both', { target: ['bp1'], form: 'both' }],
  ])('%j with %j', (info, text, options) => {
    expect(fence(info, text)).toEqual(options);
  });

  test.each(['chainrules', 'js', '', '{python}', '{.chainrules}', 'js chainrule', '{chainruler}'])(
    '%j is not ours',
    (info) => {
      expect(openingOf(info)).toBeNull();
    },
  );

  test.each([
    ['chainrule bp2 fom=x', '', 'notes.md:7:18: unknown key "fom"; did you mean "form"?'],
    ['{.chainrule fom=x}', '', 'notes.md:7:16: unknown key "fom"; did you mean "form"?'],
    ['{chainrule} bp2', ':form: matrix\n:digits: x', 'notes.md:9:'],
    ['{chainrule} bp2', 'text', 'notes.md:8:1: options are lines such as ":form: matrix"'],
    ['chainrule bp2', 'target: bp1', 'notes.md:8:1: "target" is given twice'],
  ])('%j with %j is refused where it is wrong', (info, text, sentence) => {
    expect(() => fence(info, text)).toThrow(sentence);
  });
});

describe('the head of a file', () => {
  const head = (text: string): object | null => {
    const found = frontMatter(text, 'notes.md')?.chainrule ?? null;
    return found === null ? null : headOptions(found);
  };

  test('names the network and more networks', () => {
    expect(
      head(
        '---\ntitle: x\nchainrule:\n  network: mlp.yaml\n  notation: ng\n  networks: {rnn: r.yaml, own: {layers: [1, 2]}}\n---\ntext',
      ),
    ).toEqual({
      options: { network: 'mlp.yaml', notation: 'ng' },
      networks: new Map<string, unknown>([
        ['rnn', 'r.yaml'],
        ['own', { layers: [1, 2] }],
      ]),
    });
  });

  test('says how many lines it takes, whatever ends them', () => {
    expect(frontMatter('---\na: 1\nb: 2\n---\ntext', 'n.md')?.lines).toBe(4);
    expect(frontMatter('---\r\na: 1\r\n---\r\ntext', 'n.md')?.lines).toBe(3);
    expect(frontMatter('text\n---\na: 1\n---', 'n.md')).toBeNull();
    expect(frontMatter('---\nnever closed', 'n.md')).toBeNull();
  });

  test('without a word of ours is not read, however wrong', () => {
    expect(frontMatter('---\n{{ template }}: [\n---\n', 'n.md')).toEqual({ lines: 3, chainrule: null });
  });

  test.each([
    ['---\nchainrule:\n  netwrk: a\n---\n', 'notes.md:3:3: unknown key "netwrk"; did you mean "network"?'],
    ['---\nchainrule:\n  target: bp1\n---\n', 'notes.md:3:3: unknown key "target"'],
    ['---\nchainrule: [\n---\n', 'notes.md:'],
    [
      '---\nchainrule: mlp.yaml\n---\n',
      'notes.md:2:12: chainrule must be a map with keys such as network, notation, lang, not the text "mlp.yaml"',
    ],
  ])('%j is refused where it is wrong', (text, sentence) => {
    expect(() => head(text)).toThrow(sentence);
  });

  test('comes as data where the host has read it', () => {
    expect(headFrom({ chainrule: { network: '2-3-2' } })?.value).toEqual({ network: '2-3-2' });
    expect(headFrom({ title: 'x' })).toBeNull();
    expect(headFrom(Object.create({ chainrule: { network: 'x' } }))).toBeNull();
    expect(headFrom('chainrule')).toBeNull();
  });
});
