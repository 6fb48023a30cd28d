// The teacher's page: what needs a person first, then the answers question by question, grouped by equal reading, and the slips as a chart.

import type { Block, DocumentText, TableBlock } from './document/blocks.ts';
import { countBars } from './document/count-bars.ts';
import { readingFormulas, reasonPhrase, slipPhrase, unreadableText } from './document/feedback.ts';
import type { Printing } from './document/formulas.ts';
import type { Course } from './grade-class.ts';
import { documentOf } from './grade-feedback.ts';
import { type Group, type Outcome, verdictOf } from './grade-outcome.ts';
import { rightRows } from './grade-template.ts';
import type { ReportWords } from './lang/grade-words.ts';
import { code, type Formula, listed, type Phrase, say, wordsOf } from './lang/phrase.ts';
import { version } from './version.ts';

const paragraph = (parts: Phrase): Block => ({ kind: 'paragraph', parts });
const heading = (level: 2 | 3, id: string, parts: Phrase): Block => ({ kind: 'heading', level, id, parts });

export function reportDocument(outcome: Outcome, course: Course): DocumentText {
  const words = course.feedback.language.grade.report;
  const title = words.title(course.title);
  const answers = outcome.students.flatMap((s) => s.answers).filter((a) => a.answer.kind === 'text').length;
  return documentOf(course, wordsOf(title), [
    { kind: 'heading', level: 1, id: 'report', parts: title },
    paragraph(words.made(outcome.students.length, answers, version)),
    ...personSection(outcome, course),
    heading(2, 'overview', words.overview),
    overviewTable(outcome, course),
    ...slipsSection(outcome, words),
    ...course.questions.flatMap(({ id }) => [
      heading(2, `answers-${id}`, words.groups(id)),
      ...rightBlocks(id, course),
      groupsTable(
        outcome.groups.filter((g) => g.question === id && g.verdict !== 'none'),
        course,
      ),
    ]),
    ...problemsSection(outcome, course),
  ]);
}

/** Open groups: what a person has to decide, undecided ones first. */
function personSection({ groups }: Outcome, course: Course): Block[] {
  const words = course.feedback.language.grade.report;
  const open = groups.filter((g) => g.needsPerson && g.score === null);
  if (open.length === 0) return [heading(2, 'person', words.person), paragraph(words.personNone)];
  return [heading(2, 'person', words.person), paragraph(words.personHow), groupsTable(open, course)];
}

const VERDICTS = [
  'correct',
  'special-case',
  'unfinished',
  'convention',
  'incorrect',
  'unreadable',
  'undecided',
  'none',
] as const;

function overviewTable({ students }: Outcome, { questions, feedback }: Course): TableBlock {
  const words = feedback.language.grade.report;
  const used = VERDICTS.filter((v) => students.some((s) => s.answers.some((a) => verdictOf(a.answer) === v)));
  const rows = questions.map(({ id, points }): Phrase[] => {
    const own = students.flatMap((s) => s.answers.filter((a) => a.question === id));
    return [
      say`${id}`,
      say`${points}`,
      ...used.map((v): Phrase => say`${own.filter((a) => verdictOf(a.answer) === v).length}`),
    ];
  });
  return {
    kind: 'table',
    head: [words.heads.question, words.heads.points, ...used.map((v) => say`${words.verdict[v]}`)],
    rows,
    align: ['left', 'right', ...used.map((): 'right' => 'right')],
  };
}

function slipsSection({ students }: Outcome, words: ReportWords): Block[] {
  const counts = new Map<string, number>();
  for (const s of students)
    for (const { answer } of s.answers)
      if (answer.kind === 'text')
        for (const slip of answer.checked.slips) counts.set(slip.code, (counts.get(slip.code) ?? 0) + 1);
  const bars = [...counts]
    .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
    .map(([slip, count]) => ({ name: words.slipName(slip), count }));
  const [most] = bars;
  if (most === undefined) return [heading(2, 'slips', words.slips), paragraph(words.slipsNone)];
  const described = {
    title: wordsOf(words.slips),
    description: words.slipsDescription(most.name, most.count),
  };
  return [
    heading(2, 'slips', words.slips),
    {
      kind: 'figure',
      id: 'figure-slips',
      figure: countBars('figure-slips', bars, words.slipsAxis, described),
      caption: words.slips,
    },
  ];
}

/** The right answer, above those that were given. */
function rightBlocks(id: string, { questions, feedback, each }: Course): Block[] {
  if (each !== null) return [];
  const question = questions.find((q) => q.id === id)?.of('');
  if (question === undefined) return [];
  const rows = rightRows(question, printing(question.system, { feedback }));
  const { heads } = feedback.language.grade.report;
  return rows.length === 0
    ? []
    : [
        paragraph(say`${heads.asked}${feedback.language.format.colon}`),
        { kind: 'display', id: null, rows, tag: null },
      ];
}

function groupsTable(groups: readonly Group[], course: Course): TableBlock {
  const words = course.feedback.language.grade.report;
  const { heads } = words;
  return {
    kind: 'table',
    head: [heads.group, heads.reading, heads.count, heads.verdict, heads.why, heads.score, heads.students],
    rows: groups.map((g) => groupRow(g, course, words)),
    align: ['left', 'left', 'right', 'left', 'left', 'right', 'left'],
  };
}

const SHOWN_STUDENTS = 5;

function groupRow(g: Group, course: Course, words: ReportWords): Phrase[] {
  const ids = g.students.slice(0, SHOWN_STUDENTS).map((id) => say`${id}`);
  const more = g.students.length > ids.length ? [words.more(g.students.length - ids.length)] : [];
  return [
    [code(g.id)],
    readingOf(g, course),
    say`${g.students.length}`,
    say`${words.verdict[g.verdict]}`,
    whyOf(g, course),
    g.score === null ? say`` : say`${String(g.score)} / ${String(g.points)}`,
    listed([...ids, ...more], ', ', ', '),
  ];
}

const LONGEST = 300;

/** The reading as formulas; for what couldn't be read, the text itself. */
function readingOf({ answer }: Group, course: Course): Phrase {
  if (answer.kind === 'none') return course.feedback.language.grade.noAnswer[answer.why];
  const { reading } = answer.checked;
  if (reading === null) return [code(answer.text.replace(/\s+/g, ' ').slice(0, LONGEST))];
  const formulas: Formula[] = readingFormulas(reading, printing(answer.question.system, course));
  return listed(formulas, '; ', '; ');
}

const printing = (system: Printing['system'], { feedback }: Pick<Course, 'feedback'>): Printing => ({
  notation: feedback.notation,
  system,
});

/** The slips, or else the reasons, as the student with two hints reads them. */
function whyOf({ answer }: Group, course: Course): Phrase {
  if (answer.kind === 'none') return say``;
  const { checked, question } = answer;
  const o = { ...course.feedback, hints: 2 } as const;
  const p = printing(question.system, course);
  const slips = checked.slips.map((s) => slipPhrase(s, p, o));
  const reasons = checked.reasons.map((r) => reasonPhrase(r, p, o.language));
  const unread =
    checked.unreadable === null
      ? []
      : [
          say`${checked.unreadable.line}:${checked.unreadable.column}: ${unreadableText(checked.unreadable, o.language).message}`,
        ];
  return listed([...slips, ...reasons, ...unread], ' ', ' ');
}

function problemsSection({ problems }: Outcome, { feedback }: Course): Block[] {
  const { report, problem } = feedback.language.grade;
  return [
    heading(2, 'problems', report.problems),
    problems.length === 0
      ? paragraph(report.problemsNone)
      : { kind: 'list', ordered: false, items: problems.map(problem) },
  ];
}
