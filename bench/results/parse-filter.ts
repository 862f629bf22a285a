/** Whether a case is wanted, by `SUITE/SIZE/CASE` or `SUITE/SIZE/CASE, PEER`. */
export type Filter = (name: string) => boolean;

/**
 * Reads `--filter`: a text that has to occur, whatever its case, or `/a regular expression/`.
 * @throws Error when the expression is none
 */
export function parseFilter(text: string | undefined): Filter {
  if (text === undefined) return () => true;
  const [, expression] = /^\/(.*)\/$/s.exec(text) ?? [];
  if (expression !== undefined) {
    const pattern = new RegExp(expression, 'iu');
    return (name) => pattern.test(name);
  }
  const wanted = text.toLowerCase();
  return (name) => name.toLowerCase().includes(wanted);
}

/** What a filter looks at. */
export function caseName(suite: string, size: string, name: string, peer?: string): string {
  return `${suite}/${size}/${name}${peer === undefined ? '' : `, ${peer}`}`;
}
