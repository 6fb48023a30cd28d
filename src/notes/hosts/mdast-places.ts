// The places of ours in an mdast tree: fences in all their spellings, directives, and roles.

import type { Field } from '../../model/fields.ts';
import type { SpecSource } from '../../model/spec.ts';
import { attributeNames } from '../attributes.ts';
import { fenceField, openingOf } from '../fence.ts';
import { noteError, type Origin, readLine, together } from '../written.ts';
import type { MdNode } from './mdast.ts';

/** The file that a tree was read from: how messages call it, and its text where a host has it. */
export interface Page {
  readonly file: string;
  readonly text: string;
}

/** Something that an author asks for, and where. */
export interface Asked {
  readonly origin: Origin;
  readonly field: () => Field;
}

export interface Role {
  readonly origin: Origin;
  readonly text: string;
}

/** Where a node begins; a node that a plugin made has no place, and stands at the file's beginning. */
const originOf = (node: MdNode, page: Page): Origin => ({
  file: page.file,
  line: node.position?.start.line ?? 1,
  column: node.position?.start.column ?? 1,
});

/** What a block asks for; null for one that is somebody else's. */
export function askedBy(node: MdNode, page: Page): Asked | null {
  if (node.type === 'code') return fence(node, page);
  const isDirective = node.type === 'containerDirective' || node.type === 'leafDirective';
  return isDirective && node.name === 'chainrule' ? directive(node, page) : null;
}

function fence(node: MdNode, page: Page): Asked | null {
  const { info, marks } = written(node, page);
  const opening = openingOf(info);
  if (opening === null) return null;
  const start = originOf(node, page);
  const origin = { ...start, column: start.column + marks };
  return { origin, field: () => fenceField(opening, node.value ?? '', origin) };
}

/** The info string as it is written, which the tree no longer has: blanks count for the places of attributes. */
function written(node: MdNode, { text }: Page): { readonly info: string; readonly marks: number } {
  const start = node.position?.start.offset;
  const line = start === undefined ? '' : (text.slice(start).split(/\r?\n|\r/, 1)[0] ?? '');
  const [, marks, info] = /^(`{3,}|~{3,})(.*)$/.exec(line) ?? [];
  const known = [node.lang, node.meta].filter((part) => typeof part === 'string').join(' ');
  return marks !== undefined && info !== undefined && openingOf(info) !== null
    ? { info, marks: marks.length }
    : { info: known, marks: 0 };
}

/** `:::chainrule[bp2]{form=matrix}`; what stands inside is for readers without a plugin. */
function directive(node: MdNode, page: Page): Asked {
  const origin = originOf(node, page);
  const label = node.type === 'leafDirective' ? node : node.children?.find((c) => c.data?.directiveLabel);
  const line = label === undefined ? '' : words(label);
  return { origin, field: () => together(readLine(line, origin), attributesOf(node, origin)) };
}

/** A word without a value is a target, or a switch that is on; classes are the page's own. */
function attributesOf(node: MdNode, origin: Origin): Field {
  const source: SpecSource = { error: (_path, message) => noteError(origin, message) };
  const pairs = Object.entries(node.attributes ?? {}).filter(([key]) => key !== 'class');
  const isTarget = ([key, value]: readonly [string, unknown]): boolean =>
    (value === '' || value === null) && !attributeNames.includes(key);
  const targets = pairs.filter(isTarget).map(([key]) => key);
  const values = pairs
    .filter((pair) => !isTarget(pair))
    .map(([key, value]) => [key, value === '' || value === null ? '1' : value] as const);
  const target = targets.length === 0 ? [] : [['target', targets] as const];
  return { value: Object.fromEntries([...target, ...values]), path: [], source };
}

/** The text of a node and all below it. */
export const words = (node: MdNode): string => node.value ?? (node.children ?? []).map(words).join('');

/** `:bp[bp2]` of remark-directive. */
export const roleDirective = (node: MdNode, page: Page): Role | null =>
  node.type === 'textDirective' && node.name === 'bp'
    ? { origin: originOf(node, page), text: words(node) }
    : null;

const MARK = '{bp}';

/**
 * `` {bp}`bp2` ``: code behind the mark, which MDX reads as an expression. Gives what is left of the node that holds the mark,
 * null where nothing is.
 */
export function roleBehind(
  mark: MdNode | undefined,
  node: MdNode,
  page: Page,
): (Role & { readonly left: MdNode | null }) | null {
  if (node.type !== 'inlineCode' || mark === undefined) return null;
  const role = { origin: originOf(node, page), text: node.value ?? '' };
  if (mark.type === 'mdxTextExpression') return mark.value?.trim() === 'bp' ? { ...role, left: null } : null;
  if (mark.type !== 'text' || mark.value?.endsWith(MARK) !== true) return null;
  const value = mark.value.slice(0, -MARK.length);
  return { ...role, left: value === '' ? null : { ...mark, value } };
}
