// The JSON contracts: what the command line prints is what the schemas say, reads back, and is typeset.

import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import katex from 'katex';
import { describe, expect, test } from 'vitest';
import type { DeriveJson, StepJson } from '../../src/derive-json.ts';
import type { EvaluateJson } from '../../src/evaluate-json.ts';
import * as chainrule from '../../src/index.ts';
import { deriveTargets } from '../../src/results/derivation.ts';
import { evaluateNetwork } from '../../src/results/evaluation.ts';
import { readStatement } from '../../src/text/read.ts';
import { chainrule as run } from './run.ts';

const schema = (name: string) =>
  new Ajv({ strict: false }).compile(
    JSON.parse(readFileSync(new URL(`../../schema/${name}.json`, import.meta.url), 'utf8')),
  );
const isDerivation = schema('derive');
const isEvaluation = schema('evaluate');

const parseFormula = await chainrule.loadFormulaParser();
const names = ['2-3-2', 'mixed', 'softmax', 'batch', 'residual', 'rnn', 'convolution', 'tied'];

async function example(name: string): Promise<chainrule.Network> {
  const found = await chainrule.exampleNetwork(name, { parseFormula });
  if (found === null) throw new Error(`no example ${name}`);
  return found;
}

/** Every step of some steps, nested ones too. */
const allSteps = (steps: readonly StepJson[]): StepJson[] =>
  steps.flatMap((s) => [s, ...allSteps(s.from ?? []), ...allSteps(s.lemma?.steps ?? [])]);

const stepsIn = (json: DeriveJson): StepJson[] =>
  json.results.flatMap((r) =>
    r.cases.flatMap((c) =>
      allSteps([
        ...c.steps,
        ...c.matrixSteps,
        ...(c.special?.steps ?? []),
        ...(c.special?.matrixSteps ?? []),
      ]),
    ),
  );

describe.each(names)('%s as JSON', async (name) => {
  const network = await example(name);
  const derived = deriveTargets(network);
  const json = chainrule.toJson(derived);

  test('is what schema/derive.json says', () => {
    expect(isDerivation(JSON.parse(JSON.stringify(json))) || isDerivation.errors).toBe(true);
  });

  test('every text reads back in the system of the network', () => {
    const { system } = network;
    for (const { text } of stepsIn(json)) readStatement(text, system);
    for (const { cases } of json.results) {
      for (const { statement } of cases) {
        readStatement(statement.component.text, system);
        if (statement.matrix !== null) readStatement(statement.matrix.text, system);
      }
    }
  });

  test('every LaTeX is typeset by a strict KaTeX', () => {
    const formulas = new Set(stepsIn(json).map((s) => s.latex));
    for (const latex of formulas)
      expect(katex.renderToString(latex, { strict: 'error', throwOnError: true, trust: false })).not.toBe('');
    expect(formulas.size).toBeGreaterThan(5);
  });

  test('no step says nothing: its text differs from the one before, its sentence is not empty', () => {
    for (const { cases } of json.results) {
      for (const c of cases) {
        const texts = c.steps.map((s) => s.text);
        for (const [i, text] of texts.entries()) if (i > 0) expect(text).not.toBe(texts[i - 1]);
        for (const step of allSteps(c.steps)) expect(step.explanation).toMatch(/\S/);
      }
    }
  });

  test('numbers beside the lines agree with dual numbers', () => {
    const values = json.results.flatMap((r) => r.cases.flatMap((c) => c.steps.flatMap((s) => s.value ?? [])));
    expect(values.length).toBeGreaterThan(0);
    for (const { error, oracle } of values)
      if (error !== undefined) expect(error).toBeLessThan(1e-12 * Math.max(1, Math.abs(oracle ?? 0)));
  });

  test('its evaluation is what schema/evaluate.json says, and right', () => {
    const evaluation = evaluateNetwork(network);
    const plain = JSON.parse(JSON.stringify(chainrule.toEvaluateJson(evaluation)));
    expect(isEvaluation(plain) || isEvaluation.errors).toBe(true);
    expect(evaluation.check.dual.error).toBeLessThan(1e-12);
    expect(evaluation.check.differences.error).toBeLessThan(1e-6);
  });
});

describe('on the command line', () => {
  test('derive --format json and -o name.json are the same contract', () => {
    const { out, err, code } = run(['derive', 'general', '--format', 'json']);
    const json: DeriveJson = JSON.parse(out);
    expect({ err, code, version: json.version }).toEqual({ err: '', code: 0, version: chainrule.version });
    expect(json.results.map((r) => r.id)).toEqual(['bp1', 'bp2', 'bp3', 'bp4']);
    expect(json.results.map((r) => r.cases[0]?.condition?.text ?? null)).toEqual([
      'l = L',
      'l < L',
      null,
      null,
    ]);
    expect(json.assumptions.map((a) => a.text)).toEqual(['2 <= L']);
  });

  test('the loss is given as the tree of the engine', () => {
    const json: DeriveJson = JSON.parse(run(['derive', '2-3-2', '--no-numbers', '--format', 'json']).out);
    expect(json.loss.text).toBe('1/2*sum(j, (y[j] - a[L][j])^2)');
    expect(json.loss.tree).toMatchObject({
      kind: 'mul',
      args: [
        { kind: 'number', value: '1/2' },
        { kind: 'sum', index: 'j', body: { kind: 'power', exponent: { kind: 'number', value: '2' } } },
      ],
    });
    expect(JSON.stringify(json)).not.toContain('"value":{"entry"');
  });

  test('evaluate --format json has the numbers of the documentation', () => {
    const json: EvaluateJson = JSON.parse(run(['evaluate', '2-3-2', '--format', 'json']).out);
    expect(json.loss).toBeCloseTo(0.174292, 6);
    const delta = Object.fromEntries(json.errors.map((e) => [e.name, e.values]));
    expect(delta['delta[3]']).toEqual([expect.closeTo(-0.0728899, 7), expect.closeTo(0.122379, 6)]);
    expect(delta['delta[2]']).toEqual([
      expect.closeTo(-0.0180299, 7),
      expect.closeTo(0.0215192, 7),
      expect.closeTo(-0.00297551, 8),
    ]);
    const [w2] = json.gradients;
    expect(w2).toMatchObject({ name: 'dC/dw[2]', shape: [3, 2] });
    expect(w2?.values).toMatchObject([[expect.closeTo(-0.00901496, 8), expect.any(Number)], {}, {}]);
  });
});
