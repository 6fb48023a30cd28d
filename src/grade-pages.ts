// A graded class as pages: the teacher's report in one file that needs nothing else; feedback pages that share one folder of styles.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fill } from './document/eta.ts';
import type { PageParts, Typeset } from './formats/format.ts';
import { html } from './formats/html.ts';
import { blocksHtml } from './formats/html-blocks.ts';
import { escapeHtml } from './formats/html-pen.ts';
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

export async function reportPage(outcome: Outcome, course: Course): Promise<string> {
  return html.render(reportDocument(outcome, course), { page: await patientParts() });
}

/** Pages `feedback/<id>.html`, and `assets/` with what they all use. */
export async function feedbackPages(
  outcome: Outcome,
  make: FeedbackMaker,
  names: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<string, string | Uint8Array>> {
  const parts = await patientParts();
  const shell = readFileSync(join(templatesFolder(), 'exercises', 'feedback.html'), 'utf8');
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
