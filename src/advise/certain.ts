/** What must be there. @throws a 'BUG: …' error when it is not */
export function certain<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('BUG: the grid has no setting that works');
  return value;
}
