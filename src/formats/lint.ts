// What is wrong with a text printed for a target: the limits of its row, looked for in the text itself.

import type { Limit, Place } from './limits.ts';
import { formulasOf, type PrintedFormula, scan, unquoted } from './scan.ts';
import type { Target } from './targets.ts';

export interface Fault {
  /** The limit's name. */
  readonly rule: string;
  /** From 1. */
  readonly line: number;
  /** The formula, or what stands on the line. */
  readonly text: string;
}

/** Faults of a text for a target, in the order of its lines. An empty list means: the host reads all of it. */
export function faultsIn(target: Target, text: string): Fault[] {
  const parts = scan(target, text);
  const formulas = formulasOf(target, parts);
  const words = parts.map((p) => (p.kind === 'words' ? p.text : p.text.replace(/[^\n]/g, ' '))).join('');
  const faults = target.limits.flatMap((limit) => {
    if (limit.place === 'all') return found(limit, unquoted(target, text));
    if (limit.place === 'words') return found(limit, words);
    return formulas.flatMap((f) => ofFormula(limit, limit.place, f));
  });
  return [...faults, ...unclosed(target, words), ...twice(text)].sort((a, b) => a.line - b.line);
}

const lineAt = (text: string, index: number): number => text.slice(0, index).split('\n').length;

function found({ rule, fault }: Limit, text: string): Fault[] {
  const every = new RegExp(fault.source, `${fault.flags}g`);
  return [...text.matchAll(every)].map((m) => {
    const line = lineAt(text, m.index);
    return { rule, line, text: shown(text.split('\n')[line - 1] ?? '') };
  });
}

const shown = (text: string): string => {
  const line = text.trim().replace(/\s+/g, ' ');
  return line.length > 100 ? `${line.slice(0, 97)}...` : line;
};

const ofFormula = ({ rule, fault }: Limit, place: Place, f: PrintedFormula): Fault[] =>
  fault.test(seenAt(place, f)) ? [{ rule, line: f.line, text: shown(f.whole) }] : [];

/** What of a formula a limit looks at; nothing, where it is none of its formulas. */
function seenAt(place: Place, f: PrintedFormula): string {
  switch (place) {
    case 'formula':
      return f.latex;
    case 'display':
      return f.display ? f.latex : '';
    case 'inline':
      return f.display ? '' : f.latex;
    case 'whole':
      return f.display ? f.whole : '';
    case 'cell':
      return f.inCell ? f.whole : '';
    default:
      return f.display ? '' : f.beside;
  }
}

/** Delimiters that are left over in the words. */
function unclosed({ delimiters: { inline, display } }: Target, words: string): Fault[] {
  const all = [...display, ...inline].flatMap(({ open, close }) => [open.trim(), close.trim()]);
  const signs = all
    .filter((sign) => !/^`+$/.test(sign))
    .map((sign) => sign.replace(/[$\\()[\]{}*^|]/g, '\\$&'));
  const left = new RegExp(`(?<!\\\\)(?:${[...new Set(signs)].join('|')})`);
  return found({ rule: 'unclosed', place: 'words', fault: left }, words);
}

/** Every way in which a target names a place. */
const NAMES =
  /\{#([\w-]+)\}|\bid="([\w-]+)"|^(?:> ?)*:label: (\S+)$|\\label\{([^}]*)\}|^(?:> ?)*\^([\w-]+)$/gm;

/** Places of one name: a reference would lead to the first. */
function twice(text: string): Fault[] {
  const seen = new Set<string>();
  return [...text.matchAll(NAMES)].flatMap((m) => {
    const id = m.slice(1).find((name) => name !== undefined) ?? '';
    if (!seen.has(id)) {
      seen.add(id);
      return [];
    }
    return [{ rule: 'duplicate-id', line: lineAt(text, m.index), text: id }];
  });
}
