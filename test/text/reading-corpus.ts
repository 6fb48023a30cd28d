// A file of formulas as people type them, each with what it states in plain syntax: whether each is read as meant.

import { type Affine, index } from '../../src/expr/affine.ts';
import { comparisonKey, sameInComparison } from '../../src/expr/compare.ts';
import { UserError } from '../../src/expr/error.ts';
import type { Expr, Tensor } from '../../src/expr/expr.ts';
import { lowerAll, lowerEntry } from '../../src/expr/lower.ts';
import { adjoint, call, head, mul } from '../../src/expr/make.ts';
import { mapParts, mapTensorParts, type PartMap } from '../../src/expr/parts.ts';
import { errorOf, type System } from '../../src/expr/system.ts';
import { buildNetwork } from '../../src/model/network.ts';
import { type Conventions, defaultConventions } from '../../src/tables/conventions.ts';
import { notationRow, notations } from '../../src/tables/notations.ts';
import { isTensor } from '../../src/text/read.ts';
import { type Reading, type ReadOptions, type ReadSide, readAnswer } from '../../src/text/reading/answer.ts';
import type { Syntax } from '../../src/text/syntax.ts';
import { syntaxText } from '../../src/text/syntax-text.ts';
import { mapSyntax } from '../../src/text/syntax-walk.ts';

export interface FormulaRecord {
  readonly id: string;
  readonly latex: string;
  readonly plain?: string;
  readonly question: {
    readonly target: string;
    readonly network: string;
    readonly notation: string;
    readonly conventions: Readonly<Record<string, unknown>>;
  } | null;
  readonly roles?: Readonly<Record<string, string>>;
  readonly given?: readonly string[];
  readonly confidence: string;
  readonly category?: string;
  readonly form?: string;
}

const VECTOR = { size: ['p'], kind: 'input' };
const SPECS = new Map<string, unknown>([
  ['mlp', {}],
  ['mlp+mse', { loss: 'mse' }],
  ['mlp+bce', { activation: 'sigmoid', loss: 'bce' }],
  ['softmax+ce', { output: 'softmax', loss: 'cross-entropy' }],
  ['logistic-regression', regression('sigma(z)', '-(y*log(a) + (1-y)*log(1-a))')],
  ['linear-regression', regression('z', '1/2*(a-y)^2')],
  ['linear-regression without 1/2', regression('z', '(a-y)^2')],
]);

/** One neuron over d inputs, a sample or m of them as columns. */
function regression(activation: string, loss: string): (batch: string, mean: string) => unknown {
  const functions = activation.includes('sigma') ? { sigma: 'sigmoid' } : [];
  return (batch, mean) => {
    const many = batch !== 'none';
    const at = many ? '[i]' : '';
    const sampled = (text: string): string => (many ? text.replace(/\b([azy])\b/g, '$1[i]') : text);
    const size = many ? ['m'] : [];
    return {
      tensors: {
        w: { ...VECTOR, kind: 'parameter' },
        b: { size: [], kind: 'parameter' },
        x: { size: many ? ['p', 'm'] : ['p'], kind: 'input' },
        y: { size, kind: 'input' },
        z: { size },
        a: { size },
        ...(many ? { eps: { size: ['m', 'm'], kind: 'input' } } : {}),
      },
      equations: [`z${at} = sum(j, w[j]*x[j${many ? ',i' : ''}]) + b`, `a${at} = ${sampled(activation)}`],
      functions,
      loss: many ? `${mean === 'none' ? '' : '1/m*'}sum(i, 1, m, ${sampled(loss)})` : loss,
    };
  };
}

const systems = new Map<string, System>();

/** What the network of a record's question is built from, and its conventions; null where it isn't one that is built here. */
export function networkFor(r: FormulaRecord): { content: unknown; conventions: Conventions } | null {
  const q = r.question;
  const half = q?.conventions.half === false ? ' without 1/2' : '';
  const spec = q === null ? undefined : (SPECS.get(q.network + half) ?? SPECS.get(q.network));
  if (q === null || spec === undefined) return null;
  const conventions: Conventions = { ...defaultConventions, ...q.conventions, ...firstLayer(r) };
  return {
    content: typeof spec === 'function' ? spec(conventions.batch, conventions.mean) : spec,
    conventions,
  };
}

/** The system of a record's question; null where the network isn't one that is built here. */
export function systemFor(r: FormulaRecord): System | null {
  const network = networkFor(r);
  if (network === null) return null;
  const { content, conventions } = network;
  const key = `${r.question?.network} ${JSON.stringify(conventions)}`;
  let found = systems.get(key);
  if (found === undefined) {
    found = buildNetwork(content, { numbers: false, conventions }).system;
    systems.set(key, found);
  }
  return found;
}

const firstLayer = (r: FormulaRecord): Partial<Conventions> =>
  r.given?.some((g) => g.startsWith('a[0] =')) || /a\[0\]|A0/.test(r.plain ?? '') ? { firstLayer: 0 } : {};

/** The layer at hand, going by what is asked for. */
function layerOf(target: string, given: readonly string[] = []): string | undefined {
  if (target === 'bp1') return 'L';
  if (/^bp[234]$/.test(target)) return 'l';
  const [, stage] = /^dC\/d\w+\[([^\],]+)\]/.exec(target) ?? [];
  const own = stage?.replace(/^([a-z])[-+]1$/, '$1');
  return own ?? (given.includes('one neuron') ? 'L' : undefined);
}

export function optionsFor(r: FormulaRecord, system: System): ReadOptions {
  const target = r.question?.target ?? '';
  const layer = layerOf(target, r.given);
  const notation = notationRow(r.question?.notation ?? '') ?? notations[0]!;
  const depth = /^L = (\d+)$/.exec(r.given?.find((g) => g.startsWith('L =')) ?? '')?.[1];
  const sizes = depth === undefined ? {} : { sizes: new Map([['L', Number(depth)]]) };
  return { system, notation, letters: lettersOf(r), ...sizes, ...(layer === undefined ? {} : { layer }) };
}

/** The record's roles as letters of the question: `p` as `a[L]`, `o` as `layer L`. */
function lettersOf(r: FormulaRecord): Record<string, string> {
  const letters: Record<string, string> = {};
  for (const [letter, role] of Object.entries(Array.isArray(r.roles) ? {} : (r.roles ?? {}))) {
    if (/^bar over/.test(letter)) continue;
    const [name = letter] = letter.split(' ');
    const plain = role.replace(/ \(.*\)$/, '');
    if (plain === 'layer') letters[name] = `layer ${name}`;
    else if (plain === 'l') letters[rawLatex(name)] = 'layer l';
    else if (letters[rawLatex(bare(name, plain))] === undefined)
      letters[rawLatex(bare(name, plain))] = whole(name, plain);
  }
  return letters;
}

/** An entry's letter without its index, where the role has the same index; its layer is that of the place. */
const entryOf = (name: string, role: string): boolean => {
  const [, index = ''] = /_\{?([a-z])\}?$/.exec(name) ?? [];
  return index !== '' && role.endsWith(`[${index}]`);
};
const bare = (name: string, role: string): string => (entryOf(name, role) ? name.replace(/_.*$/, '') : name);
const whole = (name: string, role: string): string =>
  entryOf(name, role) ? role.replace(/\[[a-z]\]$/, '').replace(/^(z|a)\[l(?:\+1)?\]$/, '$1') : role;

const GREEK = /^(?:theta|xi|delta|beta|alpha|gamma|phi|varsigma|Delta|Sigma|mu|lambda)$/;
function rawLatex(name: string): string {
  const [base = name, ...rest] = name.split('_');
  const hat = /^(.)hat$/.exec(base)?.[1];
  const letter = hat !== undefined ? `\\hat ${hat}` : GREEK.test(base) ? `\\${base}` : base;
  return [letter, ...rest].join('_');
}

export type Outcome =
  | { readonly kind: 'as meant' }
  | { readonly kind: 'otherwise' | 'unreadable' | 'plain unread'; readonly why: string };

export const readings = (r: FormulaRecord, system: System): Reading =>
  readAnswer(r.latex, optionsFor(r, system));

/** Whether a record's text is read as what `plain` states. */
export function outcome(r: FormulaRecord, system: System): Outcome {
  const reading = readings(r, system);
  if (reading.kind === 'unreadable')
    return { kind: 'unreadable', why: `${reading.line}:${reading.column}: ${reading.message}` };
  const options = optionsFor(r, system);
  const plain = (r.plain ?? '').replace(/(\w+) in ([^,]+?)\.\.([^,]+),/g, '$1, $2, $3,');
  const canonical = {
    system,
    notation: notations[0]!,
    ...(options.layer === undefined ? {} : { layer: options.layer }),
  };
  const meant = readAnswer(plain, canonical);
  if (meant.kind === 'read' && same(flat(reading), flat(meant), system)) return { kind: 'as meant' };
  const own = readAnswer(plain, { ...canonical, letters: options.letters ?? {} });
  if (own.kind === 'read' && same(flat(reading), flat(own), system)) return { kind: 'as meant' };
  if (meant.kind === 'unreadable') return { kind: 'plain unread', why: `${meant.column}: ${meant.message}` };
  return { kind: 'otherwise', why: `${texts(reading)}\n    ${texts(meant)}` };
}

export const texts = (reading: Reading): string =>
  reading.kind === 'unreadable'
    ? reading.message
    : reading.statements.map((s) => s.sides.map((side) => syntaxText(side.syntax)).join(' = ')).join(' ; ') +
      (reading.shapeProblem === null ? '' : `   {${reading.shapeProblem.message}}`);

const flat = (reading: Reading): readonly ReadSide[] =>
  reading.kind === 'unreadable' ? [] : reading.statements.flatMap((s) => s.sides);

/** Whether the sides are the same in order; sides that repeat the one before count once, and a left side may be left out. */
function same(left: readonly ReadSide[], right: readonly ReadSide[], system: System): boolean {
  const alike = (a: ReadSide, b: ReadSide): boolean => sameSide(a, b, system);
  const once = (sides: readonly ReadSide[]): ReadSide[] =>
    sides.filter((s, i) => i === 0 || !alike(sides[i - 1]!, s));
  const [a, b] = [once(left), once(right)];
  if (a.length === b.length && a.every((s, i) => alike(s, b[i]!))) return true;
  return a.length === 1 && b.length === 2 && alike(a[0]!, b[1]!);
}

const sameSide = (a: ReadSide, b: ReadSide, system: System): boolean =>
  surface(a.syntax) === surface(b.syntax) || sameValue(a.of, b.of, system);

/** Whether two readings are the same in comparison form, entries compared where one is whole and one an entry. */
export function sameValue(
  a: Expr | Tensor | null | undefined,
  b: Expr | Tensor | null | undefined,
  system: System,
): boolean {
  const parts = named(system);
  if (a == null || b == null) return false;
  if (JSON.stringify(shown(a, parts)) === JSON.stringify(shown(b, parts))) return true;
  try {
    const at = isTensor(a) && !isTensor(b) ? ENTRIES : SLOTS;
    const [x, y] = [component(a, system, parts, at), component(b, system, parts, at)];
    return x !== null && y !== null && sameInComparison(x, y, system.given);
  } catch (error) {
    if (error instanceof UserError || error instanceof RangeError) return false;
    throw error;
  }
}

/** The surface form without brackets that say nothing. */
function surface(s: Syntax): string {
  const flat = (x: Syntax): Syntax => {
    if (x.kind === 'group') return flat(x.of);
    const y = mapSyntax(x, flat);
    if (y.kind !== 'product') return y;
    const parts = y.parts.flatMap((p) =>
      p.of.kind === 'product'
        ? p.of.parts.map((q, i) => ({ ...q, operator: turned(p.operator, i === 0 ? '*' : q.operator) }))
        : [p],
    );
    return { ...y, parts };
  };
  return syntaxText(flat(s));
}
const turned = (outer: string, inner: string): string => (outer !== '/' ? inner : inner === '/' ? '*' : '/');

const shown = (x: Expr | Tensor, parts: PartMap): unknown =>
  JSON.parse(
    JSON.stringify(isTensor(x) ? parts.tensor(x) : parts.expr(x), (_, v) =>
      typeof v === 'bigint' ? String(v) : v,
    ),
  );

/** dC/dz and delta are one thing, and so are the two derivatives by the loss's own argument. */
function named(system: System): PartMap {
  const error = (name: string): string | null => {
    const found = errorOf(system, name);
    return found !== null && system.tensors.get(found)?.scale === undefined ? found : null;
  };
  const parts: PartMap = {
    expr: (e) => {
      if (e.kind === 'head') return parts.expr(adjoint(e.by));
      if (e.kind === 'adjoint') {
        const delta = error(e.by.of.name);
        if (delta !== null) return { ...e.by, of: { ...e.by.of, name: delta } };
      }
      if (
        e.kind === 'partial' &&
        e.of.kind === 'call' &&
        e.of.args.length === 1 &&
        JSON.stringify(e.of.args[0], key) === JSON.stringify(e.by, key)
      )
        return call(head(e.of.fn.name, e.of.fn.order + 1, e.of.fn.stage), e.by);
      if (e.kind === 'partial')
        return call(head(`d ${comparisonKey(parts.expr(lowerAll(e.of, system)))}`), e.by);
      return mapParts(e, parts);
    },
    tensor: (t) => {
      if (t.kind === 'derivative' && t.what !== 'jacobian') {
        const delta = error(t.by.name);
        return delta === null ? { ...t, what: 'adjoint', head: null } : { ...t.by, name: delta };
      }
      return mapTensorParts(t, parts);
    },
    affine: (a) => a,
  };
  return parts;
}
const key = (_: string, v: unknown): unknown => (typeof v === 'bigint' ? String(v) : v);

/** How many free slots it has, whether or not its shapes go together. */
function orderOf(t: Tensor, system: System): number {
  const most = (args: readonly Tensor[]): number => Math.max(...args.map((x) => orderOf(x, system)));
  switch (t.kind) {
    case 'symbol':
      return system.tensors.get(t.name)?.size.length ?? 0;
    case 'derivative':
      return (t.of === null ? 0 : orderOf(t.of, system)) + orderOf(t.by, system);
    case 'product':
      return orderOf(t.args.at(-1)!, system);
    case 'hadamard':
    case 'tensorSum':
      return most(t.args);
    case 'transpose':
    case 'scale':
    case 'map':
    case 'stageSum':
      return orderOf(t.of, system);
    case 'tensorPower':
      return orderOf(t.base, system);
    case 'dot':
    case 'trace':
      return 0;
    case 'outer':
    case 'diag':
    case 'identity':
      return 2;
    default:
      return 1;
  }
}

function component(
  x: Expr | Tensor,
  system: System,
  parts: PartMap,
  at: readonly Affine[] = SLOTS,
): Expr | null {
  if (!isTensor(x)) return parts.expr(lowerAll(x, system));
  return mul(parts.expr(lowerEntry(x, at.slice(0, orderOf(x, system)), system)));
}
/** Where a whole tensor is meant entry by entry. */
const ENTRIES = ['j', 'k'].map((name) => index(name));
const SLOTS = ['slot0', 'slot1', 'slot2', 'slot3'].map((name) => index(name));
