// The doors of this floor: a spec, a file's text or a name such as 2-3-2 -> a checked network.

import { UserError } from '../expr/error.ts';
import { equationsNetwork } from './equations-network.ts';
import { layersNetwork } from './layers-network.ts';
import { readSpec } from './read-spec.ts';
import type { BuildOptions, Network, NetworkSpec, SpecOverrides, SpecSource } from './spec.ts';
import { NO_FILE, readSpecFile } from './spec-file.ts';

/**
 * Builds a network from the keys of a network file as a plain object (`{layers: [2, 3, 2], loss: 'mse'}`; `{}` is the
 * general network). Throws a `UserError` whose sentence names what is wrong; `source` adds its place.
 */
export function buildNetwork(
  content: unknown,
  options: BuildOptions = {},
  source: SpecSource = NO_FILE,
): Network {
  const spec = readSpec(content, source);
  const changed = override(spec, options, source);
  const places = overridden(options, source);
  return changed.kind === 'layers'
    ? layersNetwork(changed, options, places)
    : equationsNetwork(changed, options, places);
}

/** Builds a network from the text of a YAML or JSON file. Errors are `file:line:column: message`. */
export function readNetworkFile(text: string, fileName: string, options: BuildOptions = {}): Network {
  const { content, source } = readSpecFile(text, fileName);
  return buildNetwork(content ?? {}, options, source);
}

/** The network that a name stands for: widths such as `784-30-10`, or `general`; null for any other name. */
export function networkFromName(name: string, options: BuildOptions = {}): Network | null {
  if (name === 'general') return buildNetwork({}, options);
  if (!/^\d{1,7}(-\d{1,7})+$/.test(name)) return null;
  return buildNetwork({ layers: name.split('-').map(Number) }, options);
}

const OVERRIDES = ['activation', 'output', 'loss'] as const;

function override(spec: NetworkSpec, options: SpecOverrides, source: SpecSource): NetworkSpec {
  const asked = OVERRIDES.find((key) => options[key] !== undefined);
  if (asked === undefined) return spec;
  if (spec.kind === 'equations') {
    throw source.error(
      [],
      `${asked} can't be chosen for a network given by its equations; change its functions and loss`,
    );
  }
  const { activation = spec.activation, output = spec.output, loss = spec.loss } = options;
  return { ...spec, activation, output, loss };
}

/** What the caller chose has no place in the file. */
const overridden = (options: SpecOverrides, source: SpecSource): SpecSource => ({
  error: (path, message, at) =>
    OVERRIDES.some((key) => key === path[0] && options[key] !== undefined)
      ? new UserError(message)
      : source.error(path, message, at),
});
