// `chainrule evaluate`: forward values, errors, gradients and their check, as a table or as JSON.

import { buildOptions, type DeriveFlags } from './cli-derive.ts';
import { evaluateJson } from './evaluate-json.ts';
import { evaluationTable } from './evaluation-table.ts';
import { writeOutput } from './files.ts';
import { networkNamed } from './network-input.ts';
import { evaluateNetwork } from './results/evaluation.ts';

export interface EvaluateFlags
  extends Pick<DeriveFlags, 'activation' | 'output' | 'loss' | 'seed' | 'notation' | 'out' | 'digits'> {
  readonly format?: 'table' | 'json';
}

export async function evaluateCommand(name: string, flags: EvaluateFlags): Promise<void> {
  const evaluation = evaluateNetwork(await networkNamed(name, buildOptions(flags)));
  const json =
    flags.format === 'json' || (flags.format === undefined && flags.out?.endsWith('.json') === true);
  const text = json
    ? `${JSON.stringify(evaluateJson(evaluation), null, 2)}\n`
    : evaluationTable(evaluation, flags.digits ?? 4);
  if (flags.out === undefined || flags.out === '-') process.stdout.write(text);
  else writeOutput(flags.out, text);
}
