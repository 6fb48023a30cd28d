// An order in which equations can be worked out: groups that hang on one another in a circle stay together, as z and a do.

/** For each item the items it needs. */
export type Needs = ReadonlyMap<number, ReadonlySet<number>>;

/** Groups of items, each after what it needs; what needs one another is one group. Items come in order wherever they may. */
export function groupsInOrder(count: number, needs: Needs): number[][] {
  const all = Array.from({ length: count }, (_, i) => i);
  const reach = all.map((i) => reachable(i, needs));
  const groups: number[][] = [];
  for (const i of all) {
    const group = groups.find(
      ([first]) => first !== undefined && reach[i]?.has(first) && reach[first]?.has(i),
    );
    if (group === undefined) groups.push([i]);
    else group.push(i);
  }
  return inOrder(groups, (group, other) =>
    group.some((i) => other.some((j) => needs.get(i)?.has(j) === true)),
  );
}

function reachable(from: number, needs: Needs): Set<number> {
  const found = new Set<number>();
  const open = [from];
  for (let i = open.pop(); i !== undefined; i = open.pop()) {
    for (const j of needs.get(i) ?? []) {
      if (found.has(j)) continue;
      found.add(j);
      open.push(j);
    }
  }
  return found;
}

/** The items, each after those that it uses; the first one that may come does. Ends early where they hang in a circle. */
export function inOrder<T>(items: readonly T[], uses: (item: T, other: T) => boolean): T[] {
  const done: T[] = [];
  let waiting = [...items];
  for (;;) {
    const next = waiting.find((item) => waiting.every((other) => other === item || !uses(item, other)));
    if (next === undefined) return done;
    done.push(next);
    waiting = waiting.filter((item) => item !== next);
  }
}
