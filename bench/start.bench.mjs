// U1: what the command line's start costs over that of Node.

import { inTurns, processOf, ratio, report } from './measure.mjs';

const times = await inTurns(
  {
    node: () => processOf('-e', '0'),
    help: () => processOf('dist/cli.js', '--help'),
    markdown: () =>
      processOf('dist/cli.js', 'derive', 'general', '--document', 'derivation', '--format', 'md'),
    html: () => processOf('dist/cli.js', 'derive', 'general', '--document', 'derivation', '--format', 'html'),
  },
  15,
);
report('U1', 'help, against `node -e 0`', ratio(times.help, times.node), 'x', 2);
report('U1', 'a Markdown derivation, against `node -e 0`', ratio(times.markdown, times.node), 'x', 2);
report('U1', 'an HTML derivation, against `node -e 0`', ratio(times.html, times.node), 'x', 2.5);
