// A fence of ours in any of the ways hosts write one, and its attributes.

import type { Field } from '../model/fields.ts';
import { noteError, type Origin, readBody, readLine, together } from './written.ts';

/** The line that opens a fence or a container of ours, without its marks; null where it is somebody else's. */
export interface Opening {
  /** Attributes on the line: `bp2 form=matrix`. */
  readonly line: string;
  /** How many characters of the info string stand before them. */
  readonly before: number;
  /** `chainrule`, `{chainrule} bp2` of MyST, `{.chainrule target=bp2}` of pandoc and Quarto. */
  readonly style: 'plain' | 'directive' | 'attributes';
}

/** What an info string opens. */
export function openingOf(info: string): Opening | null {
  const text = info.trimEnd();
  const lead = text.length - text.trimStart().length;
  const plain = /^(\s*chainrule)(?:\s+(.*))?$/s.exec(text);
  if (plain !== null) {
    const line = plain[2] ?? '';
    return {
      line: unbraced(line),
      before: text.length - line.length + (line.startsWith('{') ? 1 : 0),
      style: 'plain',
    };
  }
  const directive = /^\s*\{chainrule\}\s*(.*)$/s.exec(text);
  if (directive !== null) {
    const line = directive[1] ?? '';
    return { line, before: text.length - line.length, style: 'directive' };
  }
  const attributes = /^\s*\{([^}]*)\}\s*$/.exec(text);
  const inner = attributes?.[1];
  if (inner === undefined || !/(?:^|\s)\.chainrule(?=\s|$)/.test(inner)) return null;
  // The class becomes spaces, so that columns stay what they are.
  return {
    line: inner.replace(/(^|\s)\.chainrule(?=\s|$)/, (_, s: string) => `${s}          `),
    before: lead + 1,
    style: 'attributes',
  };
}

/** `chainrule {form=matrix}`: braces around the attributes mean nothing more. */
const unbraced = (line: string): string => (/^\{.*\}$/s.test(line) ? line.slice(1, -1) : line);

/**
 * The attributes of a fence: those of its first line and those of its body. `origin` is where the info string begins; the
 * body begins on the next line. A MyST body's options are lines `:form: matrix`.
 */
export function fenceField(opening: Opening, body: string, origin: Origin): Field {
  const line = readLine(opening.line, { ...origin, column: origin.column + opening.before });
  const below: Origin = { ...origin, line: origin.line + 1, column: 1 };
  return together(line, readBody(opening.style === 'directive' ? optionLines(body, below) : body, below));
}

/** `:form: matrix` as `form: matrix`, with as many characters before the value. A switch without a value is on. */
function optionLines(body: string, origin: Origin): string {
  return body
    .split('\n')
    .map((text, i) => {
      if (text.trim() === '') return '';
      const [, key, value] = /^:([a-z][\w-]*):[ \t]*(.*)$/.exec(text.trim()) ?? [];
      if (key === undefined || value === undefined)
        throw noteError({ ...origin, line: origin.line + i }, 'options are lines such as ":form: matrix"');
      return `${key}: ${value === '' ? '1' : value}`;
    })
    .join('\n');
}
