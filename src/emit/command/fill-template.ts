import type { CommandTemplate, TemplatePiece } from './parse-template.ts';
import type { PlaceholderName, PlaceholderValue } from './placeholders.ts';
import { quoteShell } from './quote-shell.ts';

/**
 * The command for one task as text of POSIX sh, each value quoted for where it stands. It may have several lines; put it on
 * lines of its own, since it may end in a comment.
 */
export function fillTemplate(
  { pieces }: CommandTemplate,
  values: ReadonlyMap<PlaceholderName, PlaceholderValue>,
): string {
  return pieces.map((piece) => (piece.kind === 'shell' ? piece.text : fill(piece, values))).join('');
}

function fill(
  { name, isQuoted, isTwice }: Extract<TemplatePiece, { readonly kind: 'placeholder' }>,
  values: ReadonlyMap<PlaceholderName, PlaceholderValue>,
): string {
  const value = values.get(name) ?? '';
  const words = typeof value === 'string' ? [value] : value;
  const quoted = words.map((word) => (isTwice ? quoteShell(quoteShell(word)) : quoteShell(word))).join(' ');
  return isQuoted ? `"${quoted}"` : quoted;
}
