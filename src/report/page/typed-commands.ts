/** A word as one types it in a shell: plain where nothing in it means anything there. */
export function quoteWord(word: string): string {
  return /^[\w@%+=:,./~^-]+$/.test(word) && !/^[-~=]/.test(word)
    ? word
    : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** What shows the relations behind a wait; PATH stands for what the plan was made from. */
export function typeWhy(unit: string, need: string): string {
  return `debplan why ${quoteWord(unit)} ${quoteWord(need)} PATH…`;
}

/** What shows where a source's estimate comes from. */
export function typeExplain(source: string): string {
  return `debplan explain ${quoteWord(source)} PATH…`;
}
