/** A text as Graphviz reads it: inside quotes it knows two escapes that matter, the quote and the backslash. */
export function quoteDot(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
}
