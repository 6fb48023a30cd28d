// A graded class as pages: the teacher's report in one file that needs nothing else; feedback pages that share one folder of styles.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Block } from './document/blocks.ts';
import { fill } from './document/eta.ts';
import { fontsOf, offlineCss } from './formats/fonts.ts';
import type { PageParts, Typeset } from './formats/format.ts';
import { blocksHtml } from './formats/html-blocks.ts';
import { escapeHtml, type HtmlPen, phraseHtml } from './formats/html-pen.ts';
import { sharedStyles } from './formats/html-styles.ts';
import { TypesetError } from './formats/typeset.ts';
import type { Course } from './grade-class.ts';
import type { FeedbackMaker } from './grade-feedback.ts';
import type { Outcome } from './grade-outcome.ts';
import { reportDocument } from './grade-report.ts';
import { pageParts } from './page-parts.ts';
import { templatesFolder } from './templates.ts';

/** What a student wrote may be too long or too deep to typeset: dots stand for it, and the page goes on. */
const patient =
  (typeset: Typeset): Typeset =>
  (latex, display) => {
    try {
      return typeset(latex, display);
    } catch (error) {
      if (!(error instanceof TypesetError)) throw error;
      return typeset('\\ldots', display);
    }
  };

async function patientParts(): Promise<PageParts> {
  const parts = await pageParts();
  return { ...parts, typeset: patient(parts.typeset) };
}

/** The report as one file: styles and fonts inside, no script, nothing from anywhere else. */
export async function reportPage(outcome: Outcome, course: Course): Promise<string> {
  const { typeset, css, katexCss, font, fontLicence } = await patientParts();
  const { title, lang, blocks, words } = reportDocument(outcome, course);
  const pen: HtmlPen = { typeset, words, lang };
  const [first, second, ...rest] = blocks;
  const head = blocksHtml(
    [first, second].flatMap((b) => b ?? []),
    pen,
  );
  const { body, css: styles } = sharedStyles(`${head}\n${contents(rest, pen)}\n${blocksHtml(rest, pen)}`);
  return fill(exerciseTemplate('report.html'), {
    title: escapeHtml(title),
    lang,
    css,
    katexCss: offlineCss(katexCss, fontsOf(body), font) + styles,
    fontLicence: fontLicence.replaceAll('--', '- -'),
    body,
  });
}

/** Links to the sections, in a row below the title. */
function contents(blocks: readonly Block[], pen: HtmlPen): string {
  const links = blocks.flatMap((b) =>
    b.kind === 'heading' ? [`<li><a href="#${escapeHtml(b.id)}">${phraseHtml(b.parts, pen)}</a></li>`] : [],
  );
  return `<ul class="toc">${links.join('')}</ul>`;
}

const exerciseTemplate = (name: string): string =>
  readFileSync(join(templatesFolder(), 'exercises', name), 'utf8');

/** Pages `feedback/<id>.html`, and `assets/` with what they all use. */
export async function feedbackPages(
  outcome: Outcome,
  make: FeedbackMaker,
  names: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<string, string | Uint8Array>> {
  const parts = await patientParts();
  const shell = exerciseTemplate('feedback.html');
  const files = new Map<string, string | Uint8Array>();
  for (const s of outcome.students) {
    const { title, lang, blocks, words } = make(s);
    const body = blocksHtml(blocks, { typeset: parts.typeset, words, lang });
    files.set(
      `feedback/${names.get(s.student) ?? ''}.html`,
      fill(shell, { title: escapeHtml(title), lang, body }),
    );
  }
  for (const [path, content] of assets(parts)) files.set(`assets/${path}`, content);
  return files;
}

/** Style sheets, KaTeX's fonts as whole files, and their licence. */
function assets({
  css,
  katexCss,
  font,
  fontLicence,
}: PageParts): readonly (readonly [string, string | Uint8Array])[] {
  const own = katexCss.replace(/src:(url\(fonts\/[\w-]+\.woff2\) format\("woff2"\))[^}]*/g, 'src:$1');
  const fonts = [...new Set([...own.matchAll(/fonts\/([\w-]+\.woff2)/g)].map((m) => m[1] ?? ''))].sort();
  return [
    ['page.css', css],
    ['katex.css', own],
    ['fonts/OFL-1.1.txt', fontLicence],
    ...fonts.map((file): [string, Uint8Array] => [`fonts/${file}`, Buffer.from(font(file), 'base64')]),
  ];
}
