// `chainrule cost`: passes and products of a gradient, by differences and by backpropagation, as a table or as JSON.

import { buildOptions, type DeriveFlags } from './cli-derive.ts';
import { type CostReport, type CostWay, costReport } from './cost.ts';
import { costJson } from './cost-json.ts';
import { writeOutput } from './files.ts';
import { networkNamed } from './network-input.ts';

export interface CostFlags extends Pick<DeriveFlags, 'activation' | 'output' | 'loss' | 'seed' | 'out'> {
  readonly format?: 'table' | 'json';
  /** Run every pass of the differences, however long it takes. */
  readonly everyPass?: boolean;
}

export async function costCommand(name: string, flags: CostFlags): Promise<void> {
  const report = costReport(await networkNamed(name, buildOptions(flags)), flags.everyPass === true);
  const json =
    flags.format === 'json' || (flags.format === undefined && flags.out?.endsWith('.json') === true);
  const text = json ? `${JSON.stringify(costJson(report), null, 2)}\n` : costTable(report);
  if (flags.out === undefined || flags.out === '-') process.stdout.write(text);
  else writeOutput(flags.out, text);
}

const grouped = (n: number): string => n.toLocaleString('en-US');
const MANY = 1000;

/** The table that `chainrule cost` prints. */
export function costTable(r: CostReport): string {
  const head = ['gradient by', 'forward passes', 'backward passes', 'products added up'];
  const rows = r.ways.map((w) => [
    wayName(w, r),
    grouped(w.forwardPasses),
    grouped(w.backwardPasses),
    grouped(w.products),
  ]);
  const widths = head.map((h, i) => Math.max(h.length, ...rows.map((row) => row[i]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((c, i) => (i === 0 ? c.padEnd(widths[i] ?? 0) : c.padStart(widths[i] ?? 0)))
      .join('  ')
      .trimEnd();
  const all = r.ways.find((w) => w.way === 'forward-difference' && w.by === 'all');
  const passes = all?.forwardPasses ?? 0;
  return [
    r.network.title,
    `${grouped(r.parameters)} parameters${r.weights === null ? '' : `, ${grouped(r.weights)} of them weights`}; ${r.samples === 1 ? 'one sample' : `${grouped(r.samples)} samples`} a pass`,
    '',
    line(head),
    ...rows.map(line),
    '',
    measured(all),
    `forward differences add up ${ratioText(r.ratio)} times as many products as backpropagation`,
    ...(r.samples > 1
      ? []
      : [
          `for ${grouped(MANY)} samples: ${grouped(MANY * passes)} passes by forward differences, ${grouped(2 * MANY)} by backpropagation`,
        ]),
    '',
  ].join('\n');
}

function wayName(w: CostWay, r: CostReport): string {
  const by =
    w.by === 'weights' ? 'weights only' : r.weights === null ? 'all parameters' : 'weights and biases';
  return `${w.way.replace('-', ' ')}, ${by}`;
}

/** What was run, and what follows from it. */
function measured(all: CostWay | undefined): string {
  if (all === undefined) return '';
  return all.passesRun === all.forwardPasses
    ? `all ${grouped(all.passesRun)} forward passes of the forward difference were run and counted`
    : `${grouped(all.passesRun)} of ${grouped(all.forwardPasses)} forward passes of the forward difference were run and counted; the rest follows by multiplication`;
}

const ratioText = (ratio: number): string =>
  ratio < 100 ? String(Number(ratio.toPrecision(2))) : grouped(Number(ratio.toPrecision(3)));
