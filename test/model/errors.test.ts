// What is wrong with a network file is one sentence with its place: `net.yaml:3:20: ...`.

import { describe, expect, test } from 'vitest';
import { UserError } from '../../src/expr/error.ts';
import { loadFormulaParser } from '../../src/mathjs-formula.ts';
import { readNetworkFile } from '../../src/model/network.ts';
import type { BuildOptions } from '../../src/model/spec.ts';

const parseFormula = await loadFormulaParser();

/** The sentence that reading a file ends in. */
function sentenceOf(text: string, options: BuildOptions = {}): string {
  try {
    readNetworkFile(text, 'net.yaml', { parseFormula, ...options });
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
  return 'no error';
}

const table = (cases: readonly (readonly [what: string, text: string, sentence: string])[]): void => {
  test.each(cases)('%s', (_what, text, sentence) => {
    expect(sentenceOf(text)).toBe(sentence);
  });
};

describe('keys and values', () => {
  table([
    [
      'an unknown key',
      'layers: [2, 3]\nactivatoin: tanh\n',
      'net.yaml:2:1: unknown key "activatoin"; did you mean "activation"?',
    ],
    [
      'an unknown key of a batch',
      'layers: [2, 3]\nbatch: {sise: 4}\n',
      'net.yaml:2:9: unknown key "sise"; did you mean "size"?',
    ],
    [
      'an unknown activation',
      'title: x\nlayers: [2, 3]\nactivation: sigmod\n',
      'net.yaml:3:13: unknown activation "sigmod"; did you mean "sigmoid"?',
    ],
    [
      'an unknown activation in a list',
      'layers: [2, 3, 1]\nactivation: [tanh, sigmod]\n',
      'net.yaml:2:20: unknown activation "sigmod"; did you mean "sigmoid"?',
    ],
    [
      'an unknown loss',
      'layers: [2, 3]\nloss: "msee"\n',
      'net.yaml:2:7: unknown loss "msee"; did you mean "mse"?',
    ],
    [
      'a width of 0',
      'layers: [2, 0, 1]\n',
      'net.yaml:1:13: layers[1] must be a width: a whole number of at least 1, not 0',
    ],
    [
      'a width that is no number',
      'layers: [2, three]\n',
      'net.yaml:1:13: layers[1] must be a width: a whole number of at least 1, not the text "three"',
    ],
    [
      'a fractional width',
      'layers: [2, 2.5]\n',
      'net.yaml:1:13: layers[1] must be a width: a whole number of at least 1, not 2.5',
    ],
    ['one layer only', 'layers: [2]\n', 'net.yaml:1:9: layers must be at least two widths, the input first'],
    [
      'a seed below 0',
      'layers: [2, 2]\nvalues: {seed: -1}\n',
      'net.yaml:2:16: values.seed must be a seed: a whole number from 0 to 1000000, not -1',
    ],
    [
      'a list for the whole file',
      '- 1\n- 2\n',
      'net.yaml:1:1: a network file must be a map with keys such as layers, activation, loss, not a list',
    ],
    ['a negative l2', 'layers: [2, 2]\nl2: -1\n', 'net.yaml:2:5: l2 must be positive, not -1'],
    [
      'a symbol that is taken',
      'layers: [2, 2]\nl2: delta\n',
      'net.yaml:2:5: "delta" is taken: it is a name of the network\'s own; choose another symbol',
    ],
    [
      'samples as something else',
      'layers: [2, 2]\nbatch: {samples: column}\n',
      'net.yaml:2:18: unknown samples "column"; did you mean "columns"?',
    ],
    [
      'layers and equations at once',
      'layers: [2, 2]\nequations: []\n',
      'net.yaml:1:1: "layers" and "equations" exclude each other: give the layers or the equations',
    ],
  ]);
});

describe('YAML', () => {
  table([
    [
      'what is no YAML',
      'layers: [2, 3\nloss: mse\n',
      'net.yaml:2:1: Flow sequence in block collection must be sufficiently indented and end with a ]',
    ],
    ['a key given twice', 'layers: [2, 2]\nloss: mse\nloss: sse\n', 'net.yaml:3:1: Map keys must be unique'],
    [
      'a key given twice in a map of very many',
      `layers: [2, 2]\nvalues:\n${Array.from({ length: 60_000 }, (_, i) => `  k${i}: 1\n`).join('')}  k7: 2\n`,
      'net.yaml:60003:3: Map keys must be unique',
    ],
    [
      'two documents',
      'layers: [2, 2]\n---\nlayers: [2, 2]\n',
      'net.yaml:2:1: Source contains multiple documents; please use YAML.parseAllDocuments()',
    ],
    ['a bomb of aliases', bomb(), 'net.yaml:1:1: too many aliases; write the values out'],
    ['brackets without end', `layers: ${'['.repeat(5000)}`, 'net.yaml:1:1: the file is nested too deeply'],
    ['an alias of nothing', 'layers: *a\n', 'net.yaml:1:1: there is no anchor &a for the alias *a'],
  ]);

  test('a file that is too large', () => {
    expect(sentenceOf(`title: ${'x'.repeat(4_000_000)}`)).toBe(
      'net.yaml:1:1: the file has 4000007 characters; at most 4000000 are read',
    );
  });
});

/** Nine levels of ten aliases each. */
function bomb(): string {
  const levels = Array.from(
    { length: 9 },
    (_, i) => `a${i + 1}: &a${i + 1} [${Array(10).fill(`*a${i}`).join(', ')}]`,
  );
  return `a0: &a0 1\n${levels.join('\n')}\n`;
}

describe('numbers', () => {
  const given = (values: string): string => `layers: [2, 3, 2]\nvalues:\n${values}\n`;
  table([
    [
      'a matrix the wrong way round',
      given('  w: {2: [[1, 2, 3], [4, 5, 6]]}'),
      'net.yaml:3:10: w[2] is 2 x 3, but layers [2, 3, 2] want 3 x 2 (out x in); is it transposed?',
    ],
    [
      'a matrix of another shape',
      given('  w: {2: [[1, 2], [4, 5]]}'),
      'net.yaml:3:10: w[2] is 2 x 2, but layers [2, 3, 2] want 3 x 2 (out x in)',
    ],
    [
      'a vector too short',
      given('  b: {2: [1, 2], 3: [1, 2]}'),
      'net.yaml:3:10: b[2] has 2 numbers, but layers [2, 3, 2] want 3 numbers',
    ],
    [
      'a ragged matrix',
      given('  w: {2: [[1, 2], [3], [4, 5]]}'),
      'net.yaml:3:10: row 2 of w[2] has 1 number, but the first row has 2',
    ],
    [
      'a missing layer',
      given('  b: {2: [1, 2, 3]}'),
      'net.yaml:3:6: b[3] is missing; give it, or leave out b to have it drawn',
    ],
    [
      'a layer that is not there',
      given('  b: {2: [1, 2, 3], 4: [1, 2]}'),
      'net.yaml:3:21: there is no b[4]; there is b[2], b[3]',
    ],
    [
      'no layers where there are some',
      given('  w: [[1, 2]]'),
      'net.yaml:3:6: w needs its numbers by stage: {2: ..., 3: ...}',
    ],
    [
      'layers where there are none',
      given('  x: {1: [1, 2]}'),
      'net.yaml:3:6: x has no stages; give its numbers alone',
    ],
    [
      'a tensor that is not there',
      given('  u: [1, 2]'),
      'net.yaml:3:3: values are given for "u", which is no input or parameter; there is x, y, w, b',
    ],
    ['NaN', given('  x: [.nan, 1]'), 'net.yaml:3:7: values.x[0] is NaN; numbers must be finite'],
    ['infinity', given('  x: [1, -.inf]'), 'net.yaml:3:10: values.x[1] is -Infinity; numbers must be finite'],
    [
      'a text among numbers',
      given('  x: [1, two]'),
      'net.yaml:3:10: values.x[1] must be a number or a list of numbers, not the text "two"',
    ],
    ['numbers without widths', 'values: {seed: 1}\n', 'net.yaml:1:1: values need layers: give the widths'],
    [
      'a y outside the loss',
      'layers: [2, 2]\nloss: bce\nvalues: {y: [2, 0]}\n',
      'net.yaml:3:13: y has the entry 2, but this loss wants entries from 0 to 1',
    ],
    [
      'a y that does not add up',
      'layers: [2, 2]\noutput: softmax\nvalues: {y: [1, 1]}\n',
      'net.yaml:3:13: the entries of y add up to 2, but the cross-entropy wants 1',
    ],
    [
      'a million weights with numbers',
      'layers: [1000, 1000, 2]\n',
      'net.yaml:1:9: layers [1000, 1000, 2] ask for 1004004 numbers, and at most 800000 are worked out; make it smaller, or derive without numbers (--no-numbers)',
    ],
  ]);

  test('a million weights without numbers are no matter', () => {
    expect(sentenceOf('layers: [1000, 1000, 2]\n', { numbers: false })).toBe('no error');
  });

  test('what is not given is drawn', () => {
    expect(sentenceOf(given('  x: [1, 2]'))).toBe('no error');
  });
});

describe('what goes together', () => {
  table([
    [
      'a list of activations too short',
      'layers: [2, 3, 1]\nactivation: [tanh]\n',
      'net.yaml:2:13: activation has 1 entry, but layers [2, 3, 1] have 2 after the input',
    ],
    [
      'softmax in the middle',
      'layers: [2, 3, 1]\nactivation: [softmax, tanh]\n',
      "net.yaml:2:14: softmax can only be the last layer's activation",
    ],
    [
      'softmax for all',
      'layers: [2, 3, 1]\nactivation: softmax\n',
      "net.yaml:2:13: softmax can only be the last layer's activation; write it as output: softmax",
    ],
    [
      'output beside a list',
      'layers: [2, 3, 1]\nactivation: [tanh, tanh]\noutput: tanh\n',
      'net.yaml:3:9: output goes with one activation for all; the list names the last one already',
    ],
    [
      'a loss outside its domain',
      'layers: [2, 3]\nactivation: relu\nloss: bce\n',
      'net.yaml:3:7: loss "bce" needs 0 < a < 1, but "relu" gives a >= 0; make sigmoid the output',
    ],
    [
      'a list without layers',
      'activation: [tanh]\n',
      'net.yaml:1:13: a list of activations needs layers; give the widths, or one activation for all',
    ],
  ]);
});

describe('formulas of an activation', () => {
  const formula = (text: string): string => `layers: [2, 3]\nactivation: ${JSON.stringify(text)}\n`;
  table([
    [
      'one that does not parse',
      formula('z/(1+abs(z)'),
      'net.yaml:2:25: activation "z/(1+abs(z)": parenthesis ) expected',
    ],
    [
      'another name',
      formula('z*q'),
      'net.yaml:2:16: activation "z*q": unknown name "q"; the formula is one of z',
    ],
    [
      'an unknown function',
      formula('tann(z)'),
      'net.yaml:2:14: activation "tann(z)": unknown function "tann"; did you mean "tan"?',
    ],
    [
      'an assignment',
      formula('z = 3'),
      'net.yaml:2:14: activation "z = 3": "z = 3" can\'t stand in a formula of z',
    ],
    [
      'a function definition',
      formula('f(x) = x + z'),
      'net.yaml:2:14: activation "f(x) = x + z": "f(x) = x + z" can\'t stand in a formula of z',
    ],
    [
      'two statements',
      formula('z; import("x")'),
      'net.yaml:2:13: activation "z; import("x")": ";" can\'t stand in a formula',
    ],
    [
      'a comment',
      formula('z # nothing'),
      'net.yaml:2:16: activation "z # nothing": "#" can\'t stand in a formula',
    ],
    [
      'a string',
      formula('concat("a", z)'),
      'net.yaml:2:13: activation "concat("a", z)": a quotation mark can\'t stand in a formula',
    ],
    [
      'a property',
      formula('z.constructor'),
      'net.yaml:2:14: activation "z.constructor": "z.constructor" can\'t stand in a formula of z',
    ],
    [
      'a prototype',
      formula('__proto__(z)'),
      'net.yaml:2:14: activation "__proto__(z)": unknown function "__proto__"; there is exp, log, sqrt, sin, cos, tan, sinh, cosh, tanh, atan, erf, abs, sign, max, min, sigmoid, relu, elu, softplus, silu, gelu, identity',
    ],
    [
      'a function of mathjs itself',
      formula('eval(z)'),
      'net.yaml:2:14: activation "eval(z)": unknown function "eval"; there is exp, log, sqrt, sin, cos, tan, sinh, cosh, tanh, atan, erf, abs, sign, max, min, sigmoid, relu, elu, softplus, silu, gelu, identity',
    ],
    ['a range', formula('1:z'), 'net.yaml:2:14: activation "1:z": "1:z" can\'t stand in a formula of z'],
    [
      'a matrix',
      formula('[z, z]'),
      'net.yaml:2:14: activation "[z, z]": "[z, z]" can\'t stand in a formula of z',
    ],
    [
      'an object',
      formula('{a: z}'),
      'net.yaml:2:13: activation "{a: z}": "{"a": z}" can\'t stand in a formula of z',
    ],
    [
      'a unit',
      formula('z * 3 cm'),
      'net.yaml:2:20: activation "z * 3 cm": unknown name "cm"; the formula is one of z',
    ],
    [
      'a huge number',
      formula('1e999999*z'),
      'net.yaml:2:14: activation "1e999999*z": a number out of range: 1e+999999',
    ],
    [
      'a deep nest',
      formula(`${'('.repeat(200)}z${')'.repeat(200)}`),
      'net.yaml:2:14: activation "((((((((((((((((((((((((...": the formula is nested deeper than 60 levels',
    ],
    [
      'a long one',
      formula(`z${'+z'.repeat(400)}`),
      'net.yaml:2:514: activation "z+z+z+z+z+z+z+z+z+z+z+z+...": the formula is longer than 500 characters',
    ],
    ['an empty one', formula(' '), 'net.yaml:2:14: activation "": there is no formula'],
    ['a division by nothing', formula('z/'), 'net.yaml:2:16: activation "z/": unexpected end of expression'],
    [
      'a fraction of zero',
      formula('z/0'),
      'net.yaml:2:13: activation "z/0": the formula has no finite value for any z tried',
    ],
  ]);
});

describe('formulas of a loss', () => {
  const formula = (text: string): string => `layers: [2, 3]\nloss: ${JSON.stringify(text)}\n`;
  table([
    [
      'a loss left open',
      formula('sum(j, (a[j]-y[j])^2'),
      'net.yaml:2:28: loss "sum(j, (a[j]-y[j])^2": expected ")" for the "(" of column 4, found the end',
    ],
    [
      'a name that is no output',
      formula('sum(j, q[j])'),
      'net.yaml:2:15: loss "sum(j, q[j])": unknown name "q"',
    ],
    ['a free index', formula('a[j]'), 'net.yaml:2:10: loss "a[j]": unknown index "j": no sum binds it here'],
    ['an index that is a number', formula('a[1]'), 'no error'],
  ]);
});

const equations = (rest: { tensors?: string; equations?: string[]; loss?: string; more?: string }): string =>
  [
    'tensors:',
    rest.tensors ??
      '  x: {size: [n], kind: input}\n  w: {stage: [l], size: [n, n], kind: parameter}\n  z: {stage: [l], size: [n]}\n  a: {stage: [l], size: [n]}',
    'equations:',
    ...(
      rest.equations ?? [
        'a[1][j] = x[j]',
        'z[l][j] = sum(k, w[l][j,k]*a[l-1][k]) for 2 <= l <= L',
        'a[l][j] = sigma(z[l][j]) for 2 <= l <= L',
      ]
    ).map((e) => `  - "${e}"`),
    'functions: [sigma]',
    `loss: "${rest.loss ?? 'C(a[L])'}"`,
    'assume: ["L >= 2"]',
    rest.more ?? '',
  ].join('\n');

describe('equations', () => {
  const only = (...list: string[]): string => equations({ equations: list });
  const first = 'a[1][j] = x[j]';
  const second = 'z[l][j] = sum(k, w[l][j,k]*a[l-1][k]) for 2 <= l <= L';
  const third = 'a[l][j] = sigma(z[l][j]) for 2 <= l <= L';
  table([
    ['nothing wrong', equations({}), 'no error'],
    [
      'an equation left open',
      only(first, second, 'a[l][j] = sigma(z[l][j] for 2 <= l <= L'),
      'net.yaml:9:30: expected ")" for the "(" of column 16, found "for"',
    ],
    [
      'an unknown tensor',
      only(first, 'z[l][j] = sum(k, v[l][j,k]*a[l-1][k]) for 2 <= l <= L', third),
      'net.yaml:8:23: unknown name "v"',
    ],
    [
      'a function nobody declared',
      only(first, second, 'a[l][j] = sigmo(z[l][j]) for 2 <= l <= L'),
      'net.yaml:9:16: unknown function "sigmo"; did you mean "sigma"?',
    ],
    [
      'a variable that nothing defines',
      only(first, second),
      'net.yaml:8:5: no equation defines a[L-1], which z[L] uses',
    ],
    [
      'a stage that nothing defines',
      only(second, third),
      'net.yaml:7:5: no equation defines a[1], which z[2] uses',
    ],
    [
      'two definitions',
      only(first, second, third, 'a[2][j] = x[j]'),
      'net.yaml:10:5: a[2][j] and a[l][j] define some entries twice (equations 3 and 4); make their ranges disjoint',
    ],
    [
      'a loop',
      only(first, 'z[l][j] = sum(k, w[l][j,k]*a[l][k]) for 2 <= l <= L', third),
      'net.yaml:9:5: the equations run in a loop: a[l] -> z[l] -> a[l]; in a loop a stage must move one way, as in h[t-1]',
    ],
    [
      'a quantity that is its own',
      only(first, 'z[l][j] = z[l][j] for 2 <= l <= L', third),
      'net.yaml:8:5: the equations run in a loop: z[l][j] -> z[l][j]; in a loop a stage must move one way, as in h[t-1]',
    ],
    [
      'a free index on the right',
      only(first, 'z[l][j] = w[l][j,k]*a[l-1][k] for 2 <= l <= L', third),
      'net.yaml:8:23: unknown index "k": no sum binds it here',
    ],
    [
      'an equation of an input',
      only(first, second, third, 'x[j] = 1'),
      'net.yaml:10:5: x is declared an input, but an equation defines it',
    ],
    [
      'a derivative',
      only(first, second, 'a[l][j] = dC/dz[l][j] for 2 <= l <= L'),
      "net.yaml:9:5: a derivative can't stand in a forward equation",
    ],
    [
      'too many slots',
      only(first, 'z[l][j] = sum(k, w[l][j,k]*a[l-1][k,j]) for 2 <= l <= L', third),
      'net.yaml:8:33: a has 1 slot, not 2 slots: a[l][j]',
    ],
  ]);

  table([
    [
      'sizes that differ',
      equations({
        tensors: '  x: {size: [n], kind: input}\n  w: {size: [m, p], kind: parameter}\n  z: {size: [m]}',
        equations: ['z[j] = sum(k, w[j,k]*x[k])'],
        loss: 'C(z)',
      }),
      'net.yaml:6:17: k stands in slots of different sizes, p and n; write sum(k, lo, hi, ...)',
    ],
    [
      'an index in slots of two sizes',
      equations({
        tensors: '  x: {size: [n], kind: input}\n  z: {size: [m]}',
        equations: ['z[j] = 2*x[j]'],
        loss: 'C(z)',
      }),
      'net.yaml:5:5: in the equation of z[j], j stands in two slots: slot 1 of z has size m, slot 1 of x has size n',
    ],
    [
      'an index that leaves its slot',
      equations({
        tensors: '  x: {size: [n], kind: input}\n  z: {size: [n]}',
        equations: ['z[j] = x[j+1]'],
        loss: 'C(z)',
      }),
      'net.yaml:5:5: in the equation of z[j], j+1 may leave its slot: slot 1 of x has size n',
    ],
    [
      'a size that is none',
      equations({ tensors: '  x: {size: ["n^2"], kind: input}' }),
      'net.yaml:2:14: "n^2" is no size; write n, n[l-1] or 3',
    ],
    [
      'an error of nothing',
      equations({ tensors: '  x: {size: [n], kind: input}\n  e: {size: [n], kind: error}' }),
      'net.yaml:3:6: an error needs "of", the tensor whose error it is: {kind: error, of: z}',
    ],
    [
      'a reserved name',
      equations({ tensors: '  sum: {size: [n], kind: input}' }),
      'net.yaml:2:3: "sum" can\'t be a name here: it has a meaning of its own',
    ],
    [
      'a loss without an end',
      equations({ loss: '1/2*(' }),
      'net.yaml:11:13: expected an operand after "(", found the end',
    ],
    [
      'a loss of an unknown tensor',
      equations({ loss: 'C(q[L])' }),
      'net.yaml:11:10: unknown tensor "q"; there is x, w, z, a, C',
    ],
    [
      'sizes that are missing',
      equations({ more: 'sizes: {n: 3}' }),
      'net.yaml:13:1: for numbers, sizes must give L too',
    ],
    [
      'numbers for an unknown function',
      equations({ more: 'sizes: {n: 3, L: 3}' }),
      'net.yaml:10:1: for numbers, sigma must be known: give it an activation or a formula',
    ],
    [
      'a million stages',
      equations({ more: 'sizes: {n: 1, L: 900000}' })
        .replace('[sigma]', '{sigma: tanh}')
        .replace('C(a[L])', 'sum(j, a[L][j])'),
      'net.yaml:13:18: L counts stages and is 900000; at most 1000 are taken',
    ],
    [
      'a size of 0',
      equations({ more: 'sizes: {n: 0, L: 3}' }),
      'net.yaml:13:12: sizes.n must be a whole number of at least 1, not 0',
    ],
    [
      'no equations',
      'tensors: {}\nloss: "1"\n',
      'net.yaml:1:1: a network of equations needs "equations": a list such as ["a[1][j] = x[j]"]',
    ],
    [
      'no loss',
      'tensors: {}\nequations: []\n',
      'net.yaml:1:1: a network of equations needs "loss": a formula, or "C(a[L])" for an unknown one',
    ],
  ]);
});
