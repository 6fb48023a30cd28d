// A class whose students have questions of their own: a folder of checking files, as `chainrule exercise` writes them.

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from './expr/error.ts';
import { type Course, courseOf } from './grade-class.ts';
import { rosterOf } from './roster.ts';

/** Reads every checking file of a folder. The class is who has one; their questions have the same ids and points. */
export async function courseOfSheets(folder: string): Promise<Course> {
  const courses = new Map<string, Course>();
  for (const file of readdirSync(folder).sort()) {
    if (!/\.ya?ml$/i.test(file)) continue;
    const path = join(folder, file);
    const course = await courseOf(path);
    const { student } = course.assignment;
    if (student === null) throw new UserError(`${path}: there is no "student" in this checking file`);
    if (courses.has(student)) throw new UserError(`${path}: ${student} has another checking file`);
    courses.set(student, course);
  }
  const [first] = courses.values();
  if (first === undefined) throw new UserError(`${folder} holds no checking files (.yaml)`);
  const shape = shapeOf(first);
  for (const [student, course] of courses)
    if (shapeOf(course) !== shape)
      throw new UserError(`${folder}: the questions of ${student} have other ids or points`);
  const students = [...courses.keys()].map((id) => ({ id, name: null, email: null }));
  return { ...first, roster: rosterOf(students), each: (student) => courses.get(student) ?? null };
}

const shapeOf = ({ questions }: Course): string => questions.map((q) => `${q.id} ${q.points}`).join(', ');
