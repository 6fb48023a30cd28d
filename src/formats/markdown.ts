// A document as the text of a Markdown file.

import { withFront } from '../document/front.ts';
import { UserError } from '../expr/error.ts';
import type { Format } from './format.ts';
import { blocksFor } from './fragment.ts';
import { markdownTargets, targets } from './targets.ts';

export const markdown: Format = {
  name: 'md',
  extension: 'md',
  render(document, options) {
    const name = options.target ?? 'github';
    const target = targets.find((t) => t.name === name && t.writer === 'markdown');
    if (target === undefined)
      throw new UserError(`unknown Markdown target "${name}"; known are ${markdownTargets.join(', ')}`);
    const { figure } = options;
    return `${blocksFor(target, withFront(document), document.words, { figure })}\n`;
  },
};
