/** One stanza as its line and `lower-case name → value`. */
export interface SlowStanza {
  readonly line: number;
  readonly fields: ReadonlyMap<string, string>;
}

/** The slow twin of `readStanzas`, without OpenPGP: split into lines, each judged by a regular expression. Bad lines are skipped. */
export function readStanzasSlowly(text: string): readonly SlowStanza[] {
  const lines = (text.includes('\n') ? text : text.replaceAll('\r', '\n')).replace(/^\uFEFF/, '').split('\n');
  const stanzas: { line: number; fields: Map<string, string[]> }[] = [];
  let stanza: { line: number; fields: Map<string, string[]> } | undefined;
  let field: string[] | undefined;
  lines.forEach((line, index) => {
    const head = /^([^\0- :\u007f-\uffff#-][^\0- :\u007f-\uffff]*)[ \t]*:(.*)$/s.exec(line);
    if (/^[ \t\r]*$/.test(line)) {
      stanza = undefined;
      field = undefined;
    } else if (line.startsWith('#') || (/^[ \t]/.test(line) && field !== undefined)) {
      field?.push(line);
    } else if (head?.[1] === undefined) {
      field = undefined;
    } else {
      if (stanza === undefined) stanzas.push((stanza = { line: index + 1, fields: new Map() }));
      const key = head[1].toLowerCase();
      field = [head[2] ?? ''];
      if (!stanza.fields.has(key)) stanza.fields.set(key, field);
    }
  });
  return stanzas.map(({ line, fields }) => ({
    line,
    fields: new Map([...fields].map(([key, value]) => [key, trimmed(value)])),
  }));
}

/** Without blanks around it, comment lines after the last line and empty or comment lines before the first. */
function trimmed(lines: readonly string[]): string {
  const isComment = (line: string, index: number): boolean => index > 0 && line.startsWith('#');
  const hasText = lines.map((line, index) => !isComment(line, index) && /[^\0- ]/.test(line));
  const first = hasText.indexOf(true);
  if (first === -1) return '';
  return lines
    .slice(first, hasText.lastIndexOf(true) + 1)
    .join('\n')
    .replace(/^[\0- ]+|[\0- ]+$/g, '');
}
