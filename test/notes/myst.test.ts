// The plugin for MyST: a book built by mystmd itself (a site's template is a folder here, so that nothing is fetched), and called
// as mystmd calls it.

import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import plugin from '../../src/myst.ts';
import type { MystFile } from '../../src/notes/hosts/myst.ts';
import type { MystNode } from '../../src/notes/hosts/myst-ast.ts';
import { emptyFolder } from '../doors/run.ts';
import { guidePage } from './guide-pages.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const course = readFileSync(join(root, 'test/fixtures/notes/course.md'), 'utf8');

const PAGES = {
  'index.md': `# A page

\`\`\`{chainrule}
:show: none
:network: 2-3-2
:numbers: 0
\`\`\`

See [](#eq-bp2), {eq}\`eq-bp2\` and [there](#eq-bp1). So {bp}\`bp2.lhs\`, {bp}\`a[1][1]\`; {bp}\`bp2.rhss\`.

\`\`\`{chainrule} bp2
:form: matrix
\`\`\`

:::{chainrule}
target: bp1
show: statement
:::

\`\`\`{chainrule}
:show: card
\`\`\`

\`\`\`{chainrule}
:show: network
:heading:
\`\`\`

\`\`\`{chainrule}
:show: figure
:figure: network
\`\`\`

\`\`\`{chainrule} bp3
:form: matri
\`\`\`

\`\`\`{math}
:label: eq-own
x = 1
\`\`\`
`,
  'chapters/beside.md': '---\nchainrule:\n  network: ../small.yaml\n---\n\n# Beside\n\n{bp}`a[1][1]`\n',
  'guide.md': guidePage('```{chainrule}'),
  'course.md': course,
  'plain.md': course.replace(/\{bp\}`[^`]*`/g, '$x$'),
};

/** A page's tree as mystmd hands it to a site, without what no two builds have alike. */
function treeOf(site: string, slug: string): MystNode {
  const { mdast } = JSON.parse(readFileSync(join(site, `content/${slug}.json`), 'utf8')) as {
    mdast: unknown;
  };
  return JSON.parse(
    JSON.stringify(mdast, (key, v: unknown) => (/^(key|position|html)$/.test(key) ? undefined : v)),
  );
}

const all = (tree: MystNode, type: string): MystNode[] => [
  ...(tree.type === type ? [tree] : []),
  ...(tree.children ?? []).flatMap((child) => all(child, type)),
];
const words = (node: MystNode): string => node.value ?? (node.children ?? []).map(words).join('');

describe('a book of mystmd', () => {
  const folder = mkdtempSync(join(tmpdir(), 'chainrule-myst-'));
  const site = join(folder, '_build/site');
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  let log = '';

  beforeAll(() => {
    mkdirSync(join(folder, 'template'));
    mkdirSync(join(folder, 'chapters'));
    writeFileSync(
      join(folder, 'template/template.yml'),
      'jtex: v1\nmyst: v1\nkind: site\ntitle: none\nbuild: {install: "true", start: "true"}\n',
    );
    // The plugin is one file, whole wherever it stands.
    const config = `version: 1\nproject: {plugins: [${join(root, 'dist/myst.mjs')}]}\nsite: {template: template}\n`;
    writeFileSync(join(folder, 'myst.yml'), config);
    copyFileSync(join(root, 'test/fixtures/notes/small.yaml'), join(folder, 'small.yaml'));
    for (const [name, text] of Object.entries(PAGES)) writeFileSync(join(folder, name), text);
    const myst = join(root, 'node_modules/mystmd/dist/myst.cjs');
    // Where nobody listens: mystmd would ask for its newest version.
    const nowhere = 'http://127.0.0.1:9/';
    const { stdout, stderr } = spawnSync(process.execPath, [myst, 'build', '--site'], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, NO_COLOR: '1', npm_config_registry: nowhere, API_URL: nowhere },
    });
    log = stdout + stderr;
  }, 120_000);

  test('loads the plugin and says what is wrong, where', () => {
    expect(log).toContain('1 directive, 1 role');
    const told = log.split('\n').filter((line) => line.includes('⛔'));
    expect(told.map((line) => line.replace(/^.*?⛔\S* /u, ''))).toEqual([
      'index.md:35 unknown form "matri"; did you mean "matrix"?',
      'index.md:9:86 bp2 has no part "rhss"; did you mean "rhs"?',
    ]);
  });

  test('numbers equations by their names, and its own from 1', () => {
    const numbered = all(treeOf(site, 'index'), 'math').filter((m) => m.enumerated !== false);
    expect(numbered.map((m) => [m.label, m.enumerator, m.html_id])).toEqual([
      ['eq-bp2', 'BP2', 'eq-bp2'],
      ['eq-bp1', 'BP1', 'eq-bp1'],
      ['eq-own', '1', 'eq-own'],
    ]);
    expect(numbered[0]?.value).toBe(
      "\\delta^l = \\bigl((w^{l+1})^{\\mathsf T}\\,\\delta^{l+1}\\bigr) \\odot \\sigma'(z^l)",
    );
  });

  test('fills references', () => {
    const references = all(treeOf(site, 'index'), 'crossReference');
    expect(references.map((r) => [r.identifier, words(r), r.resolved])).toEqual([
      ['eq-bp2', '(BP2)', true],
      ['eq-bp2', '(BP2)', true],
      ['eq-bp1', 'there', true],
    ]);
  });

  test('builds the page of the guide', () => {
    const tree = treeOf(site, 'guide');
    expect(all(tree, 'crossReference').map(words)).toEqual(['(BP2)']);
    expect(all(tree, 'math').map((m) => m.label)).toEqual(['eq-bp2']);
    expect(all(tree, 'inlineMath')).toHaveLength(1);
  });

  test('sets every formula, and has tables, a card and a picture', () => {
    const text = readFileSync(join(site, 'content/index.json'), 'utf8');
    expect(text).toContain('katex');
    expect(text).not.toContain('katex-error');
    expect(log).not.toMatch(/KaTeX|LaTeX/);
    const tree = treeOf(site, 'index');
    expect(
      all(tree, 'tableRow')
        .slice(0, 4)
        .map((r) => (r.children ?? []).map(words)),
    ).toEqual([
      ['layer', 'neurons', 'activation function'],
      ['1', '2', ''],
      ['2', '3', 'sigmoid'],
      ['3', '2', 'sigmoid'],
    ]);
    expect(all(tree, 'admonition').map((a) => [a.kind, words(a.children?.[0] ?? a)])).toEqual([
      ['note', 'The equations of backpropagation'],
      ['error', 'chainrule'],
    ]);
    const [image] = all(tree, 'image');
    expect(String(image?.alt)).toContain('columns of circles');
    expect(String(image?.url)).toMatch(/\.svg$/);
  });

  test('has networks beside its pages, named in their heads', () => {
    // mystmd makes words of a formula that is a bare number.
    expect(words(treeOf(site, 'beside'))).toMatch(/-?0\.\d+$/);
  });

  test('passes a long page through, everything else unchanged', () => {
    const shape = (slug: string): string =>
      JSON.stringify(treeOf(site, slug))
        .replace(/\{"type":"text","value":"0\.002394"\}/g, '{"type":"inlineMath","value":"x"}')
        .replace(/"type":"inlineMath","value":"[^"]*"/g, '"type":"inlineMath"');
    expect(shape('course')).toBe(shape('plain'));
    expect(all(treeOf(site, 'course'), 'inlineMath').filter((m) => m.value === 'x')).toEqual([]);
  });
});

describe('called as mystmd calls it', () => {
  const [directive] = plugin.directives;
  const [role] = plugin.roles;
  interface Told {
    readonly file: MystFile;
    readonly messages: { reason: string; fatal?: boolean | null | undefined }[];
  }
  function page(): Told {
    const messages: Told['messages'] = [];
    const message = (reason: string) => {
      const made: Told['messages'][number] = { reason };
      messages.push(made);
      return made;
    };
    return { file: { path: join(root, 'test/fixtures/notes/page.md'), data: {}, message }, messages };
  }
  const node = { position: { start: { line: 7, column: 1 } } };

  test('a directive’s options are the attributes', () => {
    expect(Object.keys(directive?.options ?? {})).toEqual(
      expect.arrayContaining(['target', 'show', 'network', 'form']),
    );
  });

  test('what holds for a page is kept in its file, not between pages', () => {
    const [one, other] = [page(), page()];
    directive?.run({ node, body: 'show: none\nnetwork: small.yaml' }, one.file);
    expect(role?.run({ node, body: 'a[1][1]' }, one.file)[0]?.type).toBe('inlineMath');
    expect(role?.run({ node, body: 'a[1][1]' }, other.file)[0]?.type).toBe('strong');
    expect(one.messages).toEqual([]);
    expect(other.messages).toMatchObject([{ fatal: true }]);
  });

  test('a head that is wrong is told at once and shown once', () => {
    const folder = emptyFolder();
    writeFileSync(join(folder, 'page.md'), '---\nchainrule: {notatoin: ng}\n---\n');
    const { file, messages } = page();
    const wrong = { ...file, path: join(folder, 'page.md'), cwd: folder };
    expect(role?.run({ node, body: 'bp1.lhs' }, wrong)).toMatchObject([{ type: 'inlineMath' }]);
    expect(messages).toMatchObject([
      { reason: 'unknown key "notatoin"; did you mean "notation"?', fatal: true },
    ]);
    const kinds = () => directive?.run({ node, body: 'show: none' }, wrong).map((n) => n.type);
    expect([kinds(), kinds()]).toEqual([['admonition'], []]);
    expect(messages).toHaveLength(1);
  });

  test.each([
    ['an option twice', { arg: 'bp2', body: 'target: bp1' }, '"target" is given twice'],
    [
      'a file outside',
      { arg: 'bp2', options: { network: '../../../../../etc/passwd' } },
      'lies outside the folder',
    ],
    [
      'a formula of one’s own',
      { arg: 'bp1', options: { network: '2-3-2', activation: 'z/(1+abs(z))' } },
      'fill the page with chainrule embed',
    ],
    ['a deep body', { body: `network: ${'['.repeat(3000)}${']'.repeat(3000)}` }, ''],
    ['a long argument', { arg: 'x '.repeat(10_000) }, 'longer than'],
    ['a name of the language’s own', { options: { constructor: '1' } }, 'constructor'],
  ])('%s is an error in the page', (_, call, sentence) => {
    const { file, messages } = page();
    const made = directive?.run({ node, ...call }, file);
    expect(made).toMatchObject([{ type: 'admonition', kind: 'error' }]);
    expect(messages[0]?.reason).toContain(sentence);
  });
});
