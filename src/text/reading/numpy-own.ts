// What code keeps in objects and dictionaries: `self.output`, `params["W" + str(l)]`, `layers[l+1].W`, `act.derivative(z)`.

import { noHint } from '../complaint.ts';
import type { Span } from '../read-error.ts';
import type { Syntax } from '../syntax.ts';
import { writtenOut } from './activations.ts';
import { codeFunction, codeName } from './code-names.ts';
import { putIn } from './numpy-held.ts';
import { argumentsOf } from './numpy-names.ts';
import { type Code, close, fail, is, peek, spanSince } from './numpy-parts.ts';
import { atLayer, indexOf } from './numpy-subscript.ts';
import type { CodeToken } from './numpy-tokens.ts';

/** `self.output` of a layer or a neuron is its own, where the question says which that is. */
export function hereOf(p: Code, { text, offset, length }: CodeToken): Syntax | null {
  const { layer, scope } = p.letters;
  const stages = scope.tensors.get('a')?.stage.length;
  const span: Span = { offset, length };
  if (!/^(?:outputs?|out)$/.test(text) || layer === null || stages !== 1) return null;
  return { kind: 'name', name: 'a', brackets: [[layer]], span };
}

/** `cache['A']`, `grads['dW2']`, `params["W" + str(l + 1)]`, `params[f"W{l}"]` */
export function keyed(p: Code, container: CodeToken, from: number): Syntax {
  const open = peek(p);
  p.at++;
  const key = peek(p);
  p.at++;
  const [, word = key.text, inside = ''] = /^(\w+)\{([^{}]+)\}$/.exec(key.text) ?? [];
  let index: Syntax | null = inside === '' ? null : formatted(p, inside, key);
  if (is(p, '+')) {
    p.at++;
    const call = peek(p);
    if (!/^(?:str|repr)$/.test(call.text) || !is(p, '(', 1))
      return fail(p, call, { code: 'expected', what: 'string-of-layer' }, { text: 'str(l)' });
    p.at += 2;
    index = indexOf(p);
    close(p, ')', call);
  }
  close(p, ']', open);
  const span = spanSince(p, from);
  const held = p.held.get(word);
  if (index === null && held !== undefined) return putIn(p, word, held, span);
  const of = codeName(p.names, word, span);
  if (of === null)
    return fail(
      p,
      key,
      { code: 'unknown', as: 'quantity', name: word, hint: noHint },
      { keyOf: container.text },
      'name',
    );
  return index === null ? of : atLayer(p, of, index, span);
}

/** The index that an f-string puts in: l, l+1. */
function formatted(p: Code, text: string, at: CodeToken): Syntax | null {
  const [, name = '', sign = '', count = ''] =
    /^\s*([a-zA-Z]|\d+)\s*(?:([-+])\s*(\d+))?\s*$/.exec(text) ?? [];
  const span: Span = { offset: at.offset, length: at.length };
  if (name === '') return fail(p, at, { code: 'index-in-braces' }, 'index-before');
  const first: Syntax = /\d/.test(name)
    ? { kind: 'number', text: name, span }
    : { kind: 'name', name, brackets: [], span };
  if (sign === '') return first;
  const parts = [
    { operator: '+', span, of: first },
    { operator: sign, span, of: { kind: 'number', text: count, span } as const },
  ];
  return { kind: 'sum', parts, span };
}

/** `layers[l+1].W`, `next_layer.delta`, `layer.z` */
export function ofLayer(p: Code, t: CodeToken, from: number): Syntax | null {
  const start = p.at;
  const near = /^(prev|previous|next)?_?layer$/.exec(t.text);
  const listed = /^(?:layers?|network|net)$/.test(t.text) && is(p, '[');
  if (!listed && (near === null || !is(p, '.'))) return null;
  if (listed) {
    let at = start;
    while (p.tokens[at]?.text !== ']' && p.tokens[at]?.kind !== 'end') at++;
    if (p.tokens[at + 1]?.text !== '.' || p.tokens[at + 2]?.kind !== 'name') return null;
    p.at++;
  }
  const index = listed ? indexOf(p) : null;
  if (listed) close(p, ']', t);
  const name = peek(p, 1);
  const hint = near?.[1] === undefined ? '' : `_${near[1].slice(0, 4)}`;
  const of = /^(?:outputs?|out)$/.test(name.text)
    ? codeName(p.names, `a${hint}`, name)
    : codeName(p.names, `${name.text}${hint}`, name);
  if (of === null) {
    p.at = start;
    return null;
  }
  p.at += 2;
  return index === null ? of : atLayer(p, of, index, spanSince(p, from));
}

const DERIVATIVES = /^(?:derivative|deriv|gradient|grad|prime|backward|df|d|derivate)$/;

/** `activation.derivative(z)`, `act[l].prime(z)` */
export function method(p: Code, t: CodeToken, from: number): Syntax | null {
  const f = is(p, '.') ? codeFunction(p.names, t.text) : null;
  if (f === null || !DERIVATIVES.test(peek(p, 1).text) || !is(p, '(', 2)) return null;
  p.at += 2;
  const { list } = argumentsOf(p);
  const args = list.slice(0, 1);
  const call = {
    kind: 'call',
    name: f.name,
    stage: null,
    primes: 1,
    args,
    span: spanSince(p, from),
  } as const;
  return writtenOut(p.letters, f.word, call);
}
