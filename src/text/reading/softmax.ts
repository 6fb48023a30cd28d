// softmax(z): what the network calls it, where its output is one; else exponentials over their sum, whatever the network is.

import type { TensorDecl } from '../../expr/system.ts';
import type { Span } from '../read-error.ts';
import type { NameSyntax, Syntax } from '../syntax.ts';
import type { Letters } from './letters.ts';
import { MISSING } from './names.ts';

/** The softmax of a layer's weighted inputs, all of them or one entry; z without a layer is the last. Null for anything else. */
export function softmaxOf(letters: Letters, of: Syntax | undefined, span: Span): Syntax | null {
  const z = of === undefined ? null : bare(of);
  const decl = letters.scope.tensors.get('z');
  if (z?.kind !== 'name' || z.name !== 'z' || decl?.stage.length !== 1) return null;
  const [stages, ...slots] = z.brackets;
  const [stage] = stages ?? [];
  if (stage === undefined || slots.length > 1) return null;
  const open = stage.kind === 'name' && stage.name === MISSING;
  const L: Syntax = { kind: 'name', name: 'L', brackets: [], span };
  if (letters.softmax && (open || (stage.kind === 'name' && stage.name === 'L')))
    return { ...z, name: 'a', brackets: [[open ? L : stage], ...slots], span };
  return quotient({ ...z, brackets: [[open ? L : stage], ...slots] }, decl, letters, span);
}

const bare = (s: Syntax): Syntax => (s.kind === 'group' ? bare(s.of) : s);

/** exp(z)/sum(exp(z)); of a batch, each sample's own sum. */
function quotient(z: NameSyntax, decl: TensorDecl, letters: Letters, span: Span): Syntax | null {
  const along = decl.size.findIndex((s) => s.key !== letters.sample);
  const whole = call('exp', z, span);
  const [stage = [], slots] = z.brackets;
  if (slots !== undefined) {
    const own = new Set(slots.map((s) => (s.kind === 'name' ? s.name : '')));
    const name = ['k', 'q', 'r'].find((n) => !own.has(n)) ?? 'p';
    const index: Syntax = { kind: 'name', name, brackets: [], span };
    const other = call('exp', { ...z, brackets: [stage, slots.with(along, index)] }, span);
    return over('/', whole, { ...other, name: 'sum', args: [index, other] }, span);
  }
  if (decl.size.length === 1) return over('/', whole, call('sum', whole, span), span);
  const size = sizeOf(decl, along, stage, span);
  if (size === null) return null;
  const ones = call('ones', size, span);
  const all = product([ones, { kind: 'transpose', of: ones, span }], span);
  return over('./', whole, product(along === 0 ? [all, whole] : [whole, all], span), span);
}

const call = (name: string, of: Syntax, span: Span): Syntax & { kind: 'call' } => ({
  kind: 'call',
  name,
  stage: null,
  primes: 0,
  args: [of],
  span,
});

const product = (of: readonly Syntax[], span: Span): Syntax => ({
  kind: 'group',
  of: { kind: 'product', parts: of.map((part) => ({ operator: '*', span, of: part })), span },
  span,
});

function over(operator: '/' | './', top: Syntax, bottom: Syntax, span: Span): Syntax {
  const parts = [
    { operator: operator === '/' ? '*' : '.*', span, of: top },
    { operator, span, of: bottom },
  ];
  return { kind: 'group', of: { kind: operator === '/' ? 'product' : 'hadamard', parts, span }, span };
}

/** n[l] of a tensor's slot, at the layer that it has here; null for a size made of others. */
function sizeOf(decl: TensorDecl, slot: number, stage: readonly Syntax[], span: Span): Syntax | null {
  const [only, more] = decl.size[slot]?.terms ?? [];
  if (only === undefined || more !== undefined || only.coefficient !== 1) return null;
  const { name, at } = only.symbol;
  return { kind: 'name', name, brackets: at.length === 0 ? [] : [stage], span };
}
