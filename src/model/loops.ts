// Loops among the equations: allowed only where a stage moves one way, which is what makes them computable in order.

import { type Affine, shift } from '../expr/affine.ts';
import { atMost, type Condition, decide, inconsistent } from '../expr/condition.ts';
import { matchEquation, type System } from '../expr/system.ts';
import { type Examined, mentionText, type SystemProblem, symbolText } from './mentions.ts';

/** The equation `from` uses an entry that the equation `to` defines. */
interface Use {
  readonly from: number;
  readonly to: number;
  readonly text: string;
  /** How the stages compare, letter by letter: what the user's stage is, and that of the entry it uses. */
  readonly stages: ReadonlyMap<string, readonly [Affine, Affine]>;
  readonly where: readonly Condition[];
}

/** The first loop in which no stage moves one way. */
export function loopProblem(system: System, examined: readonly Examined[]): SystemProblem | null {
  const uses = examined.flatMap((x) => usesOf(system, x, examined));
  const loop = badLoop(uses, lettersOf(system));
  const [start] = loop ?? [];
  if (loop === null || start === undefined) return null;
  const names = [...loop.map((u) => u.text), loop[0]?.text ?? ''];
  const message = `the equations run in a loop: ${names.join(' -> ')}; in a loop a stage must move one way, as in h[t-1]`;
  return { message, equation: start.to };
}

const lettersOf = (system: System): string[] => [
  ...new Set([...system.tensors.values()].flatMap((t) => t.stage)),
];

function usesOf(system: System, x: Examined, examined: readonly Examined[]): Use[] {
  return x.mentions.flatMap((mention) =>
    examined.flatMap((other) => {
      const match = matchEquation(other.eq, mention.entry);
      if (match === null || inconsistent([...mention.where, ...match.where])) return [];
      const mine = system.tensors.get(x.eq.lhs.of.name)?.stage ?? [];
      const theirs = system.tensors.get(mention.entry.of.name)?.stage ?? [];
      const stages = new Map<string, readonly [Affine, Affine]>();
      for (const [i, letter] of mine.entries()) {
        const own = x.eq.lhs.of.stage[i];
        const used = mention.entry.of.stage[theirs.indexOf(letter)];
        if (own !== undefined && used !== undefined) stages.set(letter, [own, used]);
      }
      const text = sameTensor(x, mention) ? mentionText(mention) : symbolText(mention.entry.of);
      return [{ from: x.at, to: other.at, text, stages, where: [...mention.where, ...match.where] }];
    }),
  );
}

const sameTensor = (x: Examined, mention: Examined['mentions'][number]): boolean =>
  x.eq.lhs.of.name === mention.entry.of.name;

/** A loop of uses that no order of the stages allows; null when there is none. */
function badLoop(uses: readonly Use[], letters: readonly string[]): readonly Use[] | null {
  for (const group of loops(uses)) {
    const inner = uses.filter((u) => group.has(u.from) && group.has(u.to));
    const bad = unordered(inner, letters);
    if (bad !== null) return bad;
  }
  return null;
}

/** Looks for a stage that never moves back within these uses; the uses where it stands still must be in order themselves. */
function unordered(uses: readonly Use[], letters: readonly string[]): readonly Use[] | null {
  for (const letter of letters) {
    for (const way of [1, -1]) {
      if (!uses.every((u) => moves(u, letter, way, 0))) continue;
      const still = uses.filter((u) => !moves(u, letter, way, 1));
      if (still.length < uses.length) return badLoop(still, letters);
    }
  }
  return shortest(uses);
}

/** Whether the entry used lies at least `by` steps before (way 1) or after (way -1) the one defined. */
function moves(u: Use, letter: string, way: number, by: number): boolean {
  const stages = u.stages.get(letter);
  if (stages === undefined) return false;
  const [own, used] = way === 1 ? stages : [stages[1], stages[0]];
  return decide(atMost(shift(used, by), own), u.where) === true;
}

/** The sets of equations that use one another in a circle. */
function loops(uses: readonly Use[]): ReadonlySet<number>[] {
  const reach = (start: number): Set<number> => {
    const seen = new Set<number>();
    const waiting = [start];
    for (let here = waiting.pop(); here !== undefined; here = waiting.pop()) {
      for (const u of uses) {
        if (u.from !== here || seen.has(u.to)) continue;
        seen.add(u.to);
        waiting.push(u.to);
      }
    }
    return seen;
  };
  const reached = new Map([...new Set(uses.map((u) => u.from))].map((at) => [at, reach(at)] as const));
  const groups = new Map<string, ReadonlySet<number>>();
  for (const [at, seen] of reached) {
    if (!seen.has(at)) continue;
    const group = new Set([...seen].filter((other) => reached.get(other)?.has(at)).sort((a, b) => a - b));
    groups.set([...group].join(), group);
  }
  return [...groups.values()];
}

/** A circle of uses with as few steps as possible. */
function shortest(uses: readonly Use[]): readonly Use[] {
  let best: readonly Use[] = uses;
  for (const first of uses) {
    const paths: Use[][] = [[first]];
    const seen = new Set([first.to]);
    for (let path = paths.shift(); path !== undefined; path = paths.shift()) {
      const last = path.at(-1);
      if (last === undefined || (best !== uses && path.length >= best.length)) break;
      if (last.to === first.from) {
        best = path;
        break;
      }
      for (const u of uses) {
        if (u.from !== last.to || seen.has(u.to)) continue;
        seen.add(u.to);
        paths.push([...path, u]);
      }
    }
  }
  return best;
}
