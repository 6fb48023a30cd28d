// The sections of the course, by name: what each offers its template.

import type { SectionName } from '../purposes.ts';
import type { SectionScope } from '../section.ts';
import { algorithmSection } from './algorithm.ts';
import { differencesSection } from './differences.ts';
import { equationsSection } from './equations.ts';
import { errorSection } from './error.ts';
import { feedforwardSection } from './feedforward.ts';
import { lossSection } from './loss.ts';
import { networkSection } from './network.ts';
import { toolsSection } from './tools.ts';

export const courseSections: Readonly<Record<SectionName, SectionScope>> = {
  network: networkSection,
  feedforward: feedforwardSection,
  loss: lossSection,
  error: errorSection,
  tools: toolsSection,
  equations: equationsSection,
  algorithm: algorithmSection,
  differences: differencesSection,
};
