// Tables: every way they are written is read; what is written is read back, and no cell is a formula.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { asTyped, csvText, harmless, readCsv } from '../../src/csv.ts';

const cells = (text: string): string[][] => readCsv(text, 't.csv').rows.map((row) => row.map((c) => c.text));

describe('reading', () => {
  test.each([
    [
      'commas',
      'id,name\n1,Ada\n',
      [
        ['id', 'name'],
        ['1', 'Ada'],
      ],
    ],
    [
      'semicolons, a mark, line ends of Windows',
      '\uFEFFid;name\r\n1;"Ada, L"\r\n',
      [
        ['id', 'name'],
        ['1', 'Ada, L'],
      ],
    ],
    [
      'tabs',
      'id\tname\n1\tAda',
      [
        ['id', 'name'],
        ['1', 'Ada'],
      ],
    ],
    [
      'quotes, doubled and across lines',
      'a,b\n"x ""y""","1\n2"\n',
      [
        ['a', 'b'],
        ['x "y"', '1\n2'],
      ],
    ],
    [
      'empty lines and cells',
      'a,b\n\n,2\n"",\n',
      [
        ['a', 'b'],
        ['', '2'],
        ['', ''],
      ],
    ],
    [
      'separators inside quotes do not count',
      '"a;b;c",d\n1,2',
      [
        ['a;b;c', 'd'],
        ['1', '2'],
      ],
    ],
    ['nothing', '', []],
  ])('%s', (_, text, rows) => {
    expect(cells(text)).toEqual(rows);
  });

  test('a quote that never ends is named by its line', () => {
    expect(() => readCsv('a,b\n1,"x\n2,y\n', 'roster.csv')).toThrow('roster.csv:2: a quote is never closed');
  });
});

describe('writing', () => {
  test.each([
    ['=1+1', "'=1+1"],
    ['+x', "'+x"],
    ['-delta', "'-delta"],
    ['@sum', "'@sum"],
    ['\tx', "'\tx"],
    ['-1.5', '-1.5'],
    ['+50%', '+50%'],
    ['delta = x', 'delta = x'],
  ])('%j is written as %j', (text, written) => {
    expect(harmless(text)).toBe(written);
    expect(asTyped(written)).toBe(text);
  });

  test('what is written is read back, and no cell begins as a formula does', () => {
    const cell = fc.oneof(
      fc.string(),
      fc.string({ unit: fc.constantFrom('"', ',', '\n', '\r', '=', '-', 'é', '数', ' ', ';') }),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1 }), fc.boolean(), (rows, mark) => {
        const text = csvText([['a', 'b'], ...rows], mark);
        const back = cells(text).slice(1);
        const wanted = rows.filter(([a, b]) => a !== '' || b !== '');
        expect(back.length).toBeGreaterThanOrEqual(wanted.length);
        for (const row of back) for (const c of row) expect(c).not.toMatch(/^[=@]|^[+-](?!\d)/);
        if (rows.every((row) => row.every((c) => c === c.trim() && c !== '')))
          expect(back.map((row) => row.map(asTyped))).toEqual(rows);
      }),
    );
  });
});
