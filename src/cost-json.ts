// A measured cost as the documented JSON: schema/cost.json.

import type { CostReport, CostWay } from './cost.ts';
import { type NetworkJson, networkJson } from './network-json.ts';
import { version } from './version.ts';

export interface CostJson extends Omit<CostReport, 'network'> {
  readonly version: string;
  readonly network: NetworkJson;
  readonly ways: readonly CostWay[];
}

export function costJson({ network, ...report }: CostReport): CostJson {
  return { version, network: networkJson(network), ...report };
}
