import type { PlaceholderName } from './placeholders.ts';

/** A shell command with places for a task's values, as `--builder-command` gives it. */
export interface CommandTemplate {
  /** Pieces in their order: shell text as it was typed, and placeholders, whose values get quoted for where they stand. */
  readonly pieces: readonly TemplatePiece[];
}

export type TemplatePiece =
  | { readonly kind: 'shell'; readonly text: string }
  /** `isQuoted`: it stands between double quotes, which are closed and opened again around the value. */
  | { readonly kind: 'placeholder'; readonly name: PlaceholderName; readonly isQuoted: boolean };
