/**
 * Returns the groups of names that need each other, directly or through others, and names that need themselves. Takes
 * linear time (Tarjan's algorithm, without recursion: an index may contain a chain of any length).
 *
 * @param needs what each name needs; other names need nothing
 * @returns each group in the order of its chain of needs
 */
export function circlesIn(needs: ReadonlyMap<string, readonly string[]>): readonly (readonly string[])[] {
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open: string[] = [];
  const isOpen = new Set<string>();
  const circles: string[][] = [];

  for (const start of needs.keys()) {
    if (order.has(start)) continue;
    const path: { readonly name: string; next: number }[] = [];
    const enter = (name: string) => {
      order.set(name, order.size);
      lowest.set(name, order.size - 1);
      open.push(name);
      isOpen.add(name);
      path.push({ name, next: 0 });
    };
    enter(start);
    for (let at = path.at(-1); at; at = path.at(-1)) {
      const { name } = at;
      const needed = needs.get(name)?.[at.next++];
      if (needed !== undefined) {
        if (!order.has(needed)) enter(needed);
        else if (isOpen.has(needed)) lower(name, order.get(needed) as number);
        continue;
      }
      path.pop();
      const above = path.at(-1);
      if (above) lower(above.name, lowest.get(name) as number);
      if (lowest.get(name) === order.get(name)) close(name);
    }
  }
  return circles;

  function lower(name: string, to: number): void {
    lowest.set(name, Math.min(lowest.get(name) as number, to));
  }

  function close(name: string): void {
    const group = open.splice(open.lastIndexOf(name));
    for (const one of group) isOpen.delete(one);
    if (group.length > 1 || needs.get(name)?.includes(name)) circles.push(group);
  }
}
