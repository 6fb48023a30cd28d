// The table of answers as people type them: directives that say the question, a text, and under it what it is read as.

import type { System } from '../../src/expr/system.ts';
import { buildNetwork } from '../../src/model/network.ts';
import { type Notation, notationRow } from '../../src/tables/notations.ts';
import { plain, plainTensor } from '../../src/text/plain.ts';
import { isTensor } from '../../src/text/read.ts';
import { type Reading, type ReadOptions, type ReadSide, readAnswer } from '../../src/text/reading/answer.ts';
import { freeSystem } from '../../src/text/reading/free.ts';
import { syntaxText } from '../../src/text/syntax-text.ts';

export interface Row {
  readonly text: string;
  readonly expected: string;
  readonly options: ReadOptions;
}

interface State {
  system: System | null;
  tensors: Record<string, string[]> | null;
  notation: Notation;
  rest: Pick<ReadOptions, 'layer' | 'letters' | 'syntax' | 'sizes'>;
}

/** `@ network {...}`, `@ notation ng`, `@ layer l`, `@ letters {...}`, `@ syntax numpy`, `@ sizes {...}`, `@ free`, `@ tensors {...}` hold for what follows. */
export function parseTable(table: string): Row[] {
  const state: State = { system: null, tensors: null, notation: notationRow('nielsen')!, rest: {} };
  const rows: Row[] = [];
  const lines = table.split('\n');
  lines.forEach((line, i) => {
    if (line.trim() === '' || line.startsWith('# ') || line.startsWith('    ')) return;
    const [, name, value = ''] = /^@ (\w+)(?: (.*))?$/.exec(line) ?? [];
    if (name !== undefined) {
      direct(state, name, value);
      return;
    }
    const next = lines[i + 1] ?? '';
    rows.push({
      // A line break, as a row is one line.
      text: line.replaceAll('↵', '\n'),
      expected: next.startsWith('    ') ? next.trim() : '',
      options: optionsOf(state, line.replaceAll('↵', '\n')),
    });
  });
  return rows;
}

function direct(state: State, name: string, value: string): void {
  if (name === 'network') {
    state.system = buildNetwork(JSON.parse(value), {
      numbers: false,
      conventions: state.notation.conventions,
    }).system;
    state.rest = {};
  } else if (name === 'notation') state.notation = notationRow(value)!;
  else if (name === 'free') {
    state.system = null;
    state.tensors = null;
    state.rest = {};
  } else if (name === 'tensors') state.tensors = JSON.parse(value);
  else state.rest = { ...state.rest, [name]: directiveValue(name, value) };
}

function directiveValue(name: string, value: string): unknown {
  if (name === 'letters') return JSON.parse(value);
  return name === 'sizes' ? new Map(Object.entries(JSON.parse(value))) : value;
}

const optionsOf = ({ system, tensors, notation, rest }: State, text: string): ReadOptions => ({
  system: system ?? freeSystem(tensors === null ? {} : { tensors }, [text]),
  notation,
  ...rest,
});

export const readRow = (row: Row): Reading => readAnswer(row.text, row.options);

/** A reading as one line: statements set apart by `;`, conditions behind them, shapes that don't go together last. */
export function shownReading(reading: Reading, { options: { system } }: Row): string {
  if (reading.kind === 'unreadable') return `unreadable ${reading.column}: ${reading.message}`;
  const statements = reading.statements.map((s) => {
    const sides = s.sides.map((side) => shownSide(side, system)).join(' = ');
    const where = s.where.map((c) => `${c.left.key} ${c.relation} ${c.right.key}`).join(', ');
    return `${s.continues ? '= ' : ''}${sides}${where === '' ? '' : ` for ${where}`}`;
  });
  const shapes = reading.shapeProblem === null ? '' : ` !! ${reading.shapeProblem.message}`;
  return statements.join(' ; ') + shapes;
}

function shownSide({ of, row, syntax }: ReadSide, system: System): string {
  if (of === null) return `?? ${syntaxText(syntax)}`;
  const text = isTensor(of) ? plainTensor(of, system) : plain(of, system);
  return row ? `(${text})'` : text;
}
