// The plugin for markdown-it and pages written to break it: nothing is thrown, nothing gets out of its element.

import fc from 'fast-check';
import katex from 'katex';
import { describe, expect, test } from 'vitest';
import { bare, hosts, rendered, withPlugin } from './hosts-markdown-it.ts';

/** What no page may hold, where markdown-it itself lets no HTML through. */
const RAW = /<(script|img|iframe|style|svg|object)|\son\w+=|javascript:/i;

const EVIL = '<script>alert(1)</script><img src=x onerror=alert(1)>';

describe('HTML in what an author writes comes out as text', () => {
  test.each([
    ['a body', `\`\`\`chainrule\ntarget: "${EVIL}"\n\`\`\`\n`],
    ['a line', `\`\`\`chainrule ${EVIL}\n\`\`\`\n`],
    ['a key', `\`\`\`chainrule\n"${EVIL}": 1\n\`\`\`\n`],
    ['YAML that is none', `\`\`\`chainrule\n${EVIL}: [\n\`\`\`\n`],
    ['an id', `\`\`\`chainrule bp1 id="x\\" onclick=alert(1)"\n\`\`\`\n`],
    ['an id of a scheme', '```chainrule bp1 id=javascript:alert(1)\n```\n'],
    ['a container', `:::chainrule bp1 ${EVIL}\n${EVIL}\n:::\n`],
    ['a container that is never closed', `:::chainrule ${EVIL}\n`],
    ['a role', `{bp}\`${EVIL}\``],
    ['a formula', `$${EVIL}$ and $$${EVIL}$$`],
    ['a formula of its own', `$$\n${EVIL}\n$$ {#eq-x}\n`],
    ['a head', `---\nchainrule:\n  network: "${EVIL}"\n---\n{bp}\`bp1\`\n`],
    ['a head with wrong keys', `---\nchainrule:\n  "${EVIL}": 1\n---\n`],
    ['a network', `\`\`\`chainrule\ntarget: bp1\nnetwork: {layers: [2, 1], activation: "${EVIL}"}\n\`\`\`\n`],
    [
      'a network’s title',
      `\`\`\`chainrule\nshow: network\nnetwork: {title: "${EVIL}", layers: [2, 1]}\n\`\`\`\n`,
    ],
    ['a link in KaTeX', '$\\href{javascript:alert(1)}{x}$ $\\htmlId{x}{y}$ $\\includegraphics{x}$'],
  ])('%s', (_, text) => {
    for (const md of [withPlugin(), withPlugin({ katex })]) {
      const { html } = rendered(text, md);
      const shown = html.replace(/<annotation[^>]*>[\s\S]*?<\/annotation>/g, '').replace(/>[^<]*/g, '>');
      expect(shown).not.toMatch(RAW);
    }
  });

  test('a notation’s letters, too', () => {
    const notation = '{letters: {delta: "</span><script>"}}';
    const { html } = rendered(`\`\`\`chainrule\ntarget: bp1\nnotation: ${notation}\n\`\`\`\n`);
    expect(html).not.toContain('<script');
  });
});

describe('names of a prototype are names like any other', () => {
  test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])('%s', (name) => {
    const text = [
      `\`\`\`chainrule\n${name}: {network: x}\n\`\`\`\n`,
      `\`\`\`chainrule bp1 ${name}=1 network=${name}\n\`\`\`\n`,
      `{bp}\`${name}\` {bp}\`bp1.${name}\` [](#${name}) @eq-${name}\n`,
      `$$ x $$ {#${name.replace(/^_+/, 'x')}}\n`,
    ].join('\n');
    const { html, diagnostics } = rendered(`---\nchainrule: {${name}: 1}\n---\n${text}`);
    expect(diagnostics.length).toBeGreaterThanOrEqual(5);
    expect(html).not.toContain('a fault of chainrule');
    expect(Object.keys({})).toEqual([]);
  });
});

describe('long pages end', () => {
  test.each([
    ['containers in each other', ':::chainrule\n'.repeat(10_000)],
    [
      'containers by more colons',
      Array.from({ length: 300 }, (_, i) => `${':'.repeat(303 - i)}chainrule`).join('\n'),
    ],
    ['an unclosed fence', `\`\`\`chainrule\n${'a: 1\n'.repeat(10_000)}`],
    ['unclosed formulas', '$$ a\n'.repeat(10_000)],
    ['dollars', '$5 '.repeat(50_000)],
    ['double dollars', '$$ '.repeat(20_000)],
    ['dollars glued', '$a'.repeat(20_001)],
    ['roles that never end', '{bp}`x '.repeat(10_000)],
    ['references', '@eq-x '.repeat(2000)],
    ['quotations', `${'> '.repeat(400)}:::chainrule bp1\n`],
    ['a deep formula', `$${'{'.repeat(5000)}x${'}'.repeat(5000)}$`],
    ['a long formula', `$${'x+'.repeat(20_000)}x$`],
    ['aliases of YAML', '```chainrule\na: &a [1,1]\nb: &b [*a,*a,*a]\nc: [*b,*b,*b]\n```\n'],
  ])('%s', (_, text) => {
    const { html } = rendered(text, withPlugin({ katex }));
    expect(html).not.toContain('a fault of chainrule');
  });
});

describe('whatever is written', () => {
  const bits = [
    '```chainrule',
    '```',
    '~~~',
    ':::chainrule',
    ':::',
    '::::',
    '{bp}`',
    '`',
    'bp1',
    'bp2.rhs',
    'delta[2][1]',
    ' network=2-3-2',
    '---',
    'chainrule:',
    '$',
    '$$',
    '{#eq-a}',
    '(eq-a)',
    '@eq-a',
    '[](#eq-a)',
    '\n',
    '\n\n',
    '> ',
    '- ',
    '  ',
    '    ',
    '| a | b |',
    '|---|---|',
    '\\',
    '<b>',
    '&amp;',
    '{{',
    '误差',
    '\u0000',
    '\r\n',
    ':form: matrix',
    'target: bp1',
  ] as const;
  const page = fc
    .array(fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...bits) }, fc.string({ maxLength: 4 })), {
      maxLength: 40,
    })
    .map((all) => all.join(''));

  test('no version throws, and every complaint has its place', () => {
    const [first, second, third] = hosts.map(([, make]) => withPlugin({}, make));
    fc.assert(
      fc.property(page, (text) => {
        const results = [first!, second!, third!].map((md) => rendered(text, md));
        const lines = text.split(/\r\n|\n/).length;
        for (const { html, diagnostics } of results) {
          expect(html).not.toContain('a fault of chainrule');
          expect(html).not.toMatch(RAW);
          for (const d of diagnostics) {
            expect(d.line).toBeGreaterThanOrEqual(1);
            expect(d.line).toBeLessThanOrEqual(lines + 1);
            expect(d.column).toBeGreaterThanOrEqual(1);
          }
        }
      }),
      { numRuns: 300, seed: 7 },
    );
  });

  test('without anything of ours it is what it was', () => {
    const plain = page.filter((text) => !/chainrule|\{bp\}|\$|eq-/.test(text));
    fc.assert(
      fc.property(plain, (text) => {
        expect(rendered(text)).toEqual({ html: bare(text), diagnostics: [] });
      }),
      { numRuns: 300, seed: 11 },
    );
  });

  test('an env of any kind will do', () => {
    const md = withPlugin();
    for (const env of [undefined, Object.freeze({}), Object.create(null)])
      expect(md.render('{bp}`bp1.lhs` {bp}`oops`', env)).toContain('chainrule-error');
  });
});
