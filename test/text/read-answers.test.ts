// Answers as people type them: what each is read as, and what is said where one can't be read.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseTable, type Row, readRow, shownReading } from './answer-table.ts';

const table = (name: string): Row[] => parseTable(readFileSync(new URL(name, import.meta.url), 'utf8'));

describe('an answer is read as it is meant', () => {
  const rows = table('read-answers.txt');
  it('has rows of every class', () => expect(rows.length).toBeGreaterThan(180));
  it.each(rows.map((row) => [row.text, row] as const))('%s', (_, row) => {
    expect(shownReading(readRow(row), row)).toBe(row.expected);
  });
});

describe('an answer that can not be read says where, what was expected, and what would read', () => {
  it.each(table('read-unreadable.txt').map((row) => [row.text, row] as const))('%s', (_, row) => {
    const reading = readRow(row);
    if (reading.kind === 'read') throw new Error(`read as ${shownReading(reading, row)}`);
    const { column, message, expected, nearest, span } = reading;
    expect(`${column}: ${message} | ${expected} | ${nearest ?? '-'}`).toBe(row.expected);
    expect(span.offset + span.length).toBeLessThanOrEqual(row.text.length);
  });
});
