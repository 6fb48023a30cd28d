// `--notation` on the command line and in the library: a name or a file, letters and conventions together.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import * as chainrule from '../../src/index.ts';
import { emptyFolder, chainrule as run } from './run.ts';

const schema = (name: string) =>
  new Ajv({ strict: false, allowUnionTypes: true }).compile(
    JSON.parse(readFileSync(new URL(`../../schema/${name}.json`, import.meta.url), 'utf8')),
  );

describe('on the command line', () => {
  test("a document in Ng's notation counts layers from 0 and leaves 1/m to the gradients", () => {
    const { out, code } = run(['derive', '2-3-2', '--notation', 'ng', '--target', 'bp4']);
    expect(code).toBe(0);
    const text = out.replace(/\s+/g, ' ');
    expect(text).toContain('Layers are counted from 0');
    expect(text).toContain('dW^[l] = (1/m) dZ^[l] A^{[l−1]T}');
    expect(out.replace(/\s+/g, ' ')).toContain(
      'Wⱼₖ^[l] is the weight from neuron k of layer l−1 to neuron j',
    );
  });

  test('JSON says the conventions, and is what its schema says', () => {
    const json = JSON.parse(
      run(['derive', '2-3-2', '--notation', 'zhou', '--format', 'json', '--no-numbers']).out,
    );
    const valid = schema('derive');
    expect(valid(json) || valid.errors).toBe(true);
    expect(json.notation).toBe('zhou');
    expect(json.conventions).toMatchObject({ weights: 'in-out', firstLayer: 0, sign: '-' });
    const own = JSON.parse(
      run(['derive', 'rnn', '--notation', 'ng', '--format', 'json', '--no-numbers']).out,
    );
    expect(own.conventions).toBeNull();
  });

  test('evaluation follows: the numbers of the file, filed and turned', () => {
    const json = JSON.parse(run(['evaluate', '2-3-2', '--notation', 'cs231n', '--format', 'json']).out);
    const valid = schema('evaluate');
    expect(valid(json) || valid.errors).toBe(true);
    const at = (list: { name: string; values: unknown }[], name: string): unknown =>
      list.find((t) => t.name === name)?.values;
    expect(at(json.given, 'w[1]')).toEqual([
      [0.4, 0.3, -0.5],
      [-0.6, 0.8, 0.2],
    ]);
    expect(at(json.given, 'x')).toEqual([[0.5, -1]]);
    expect(json.check.dual.error).toBeLessThan(1e-12);
  });

  test('a file of your own', () => {
    const cwd = emptyFolder();
    writeFileSync(
      join(cwd, 'ours.yaml'),
      'name: ours\nletters: {w: "\\\\Theta"}\nconventions: {weights: in-out}\n',
    );
    const { out, code } = run(['derive', 'general', '--notation', 'ours.yaml', '--target', 'bp2'], { cwd });
    expect(code).toBe(0);
    expect(out).toContain('δˡ = (Θˡ⁺¹ δˡ⁺¹) ⊙ σ′(zˡ)');
  });

  test.each([
    ["a name that there isn't", 'nielson', 'unknown notation "nielson"; did you mean "nielsen"?\n'],
    ["a file that there isn't", 'none.yaml', 'there is no file none.yaml\n'],
    [
      'a file with a slip',
      'bad.yaml',
      'bad.yaml:1:16: letters.w holds \\input; only letters, accents, fonts and signs may stand there\n',
    ],
  ])('%s', (_what, name, err) => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, 'bad.yaml'), "letters: {  w: '\\input{x}'}\n");
    expect(run(['derive', '2-3-2', '--notation', name], { cwd })).toEqual({ out: '', err, code: 2 });
    expect(run(['evaluate', '2-3-2', '--notation', name], { cwd })).toEqual({ out: '', err, code: 2 });
  });

  test('the list says which conventions they have', () => {
    expect(run(['list', 'notations']).out).toContain('(weight-layer=start, mean=gradient)');
  });
});

test('in the library a notation is an object, and its conventions go to the network', () => {
  const notation = chainrule.notation({ content: { 'based-on': 'ufldl', letters: { C: 'Q' } } });
  const network = chainrule.network({ name: '2-3-2' }, { conventions: notation.conventions });
  const [bp4] = chainrule.toJson(chainrule.derive(network, { targets: ['bp4'] }), { notation }).results;
  expect(bp4?.cases[0]?.statement.matrix?.latex).toBe('\\nabla_{W^{(l)}} Q = \\delta^{(l+1)}\\,(a^{(l)})^T');
  expect(() => chainrule.notation({ name: 'ngg' })).toThrow('unknown notation "ngg"; did you mean "ng"?');
  expect(() => chainrule.notation({ text: 'gradient: x', fileName: 'n.yaml' })).toThrow('n.yaml:1:11: ');
});
