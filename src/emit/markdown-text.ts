import { showControls } from './visible-controls.ts';

/**
 * A name or text of the user's in Markdown, as code: there GitHub and GitLab look for no persons, issues, labels, formulas
 * or links. Ordinary ones stand between backticks; others are written in HTML with every letter that means something as a number.
 */
export function markdownCode(text: string): string {
  if (text === '') return '';
  const shown = showControls(text);
  if (ORDINARY.test(shown)) return `\`${shown}\``;
  return `<code>${shown.replaceAll(/[^A-Za-z0-9]/gu, (found) => `&#${String(found.codePointAt(0))};`)}</code>`;
}

/** Printable ASCII and arrows but for backticks, bars and backslashes; blanks inside alone, as code loses the others. */
const ORDINARY = /^(?![^]* {2})[!-[\]-_a-{}~→](?:[ !-[\]-_a-{}~→…]*[!-[\]-_a-{}~→…])?$/;

/** A table of GitHub's kind. @param cells Markdown without line ends; names through `markdownCode` */
export function markdownTable(
  head: readonly string[],
  alignRight: readonly boolean[],
  cells: readonly (readonly string[])[],
): string {
  const rule = head.map((_, column) => (alignRight[column] === true ? '--:' : '---'));
  return [head, rule, ...cells].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

/** Something long that is folded until somebody wants it. @param title plain words */
export function markdownFold(title: string, content: string): string {
  return `<details><summary>${title}</summary>\n\n${content}\n\n</details>`;
}
