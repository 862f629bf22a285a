/**
 * Priorities as a plan holds them: integers ≥ 0. They stay as they are where they are that; else each becomes its rank, the lowest
 * 1, equal ones alike: who dispatches looks at their order alone.
 * @param priority no NaN; may be infinite, as the number of paths in a large graph is
 * @returns one cell a task
 */
export function planPriority(priority: Float64Array): Float64Array {
  if (priority.every((value) => Number.isSafeInteger(value) && value >= 0)) return priority;
  const rankOf = new Map<number, number>();
  for (const value of Float64Array.from(priority).sort()) {
    if (!rankOf.has(value)) rankOf.set(value, rankOf.size + 1);
  }
  return priority.map((value) => rankOf.get(value) ?? 0);
}
