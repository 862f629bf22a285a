import { formatRecord } from './history/format-record.ts';
import type { BuildRecord } from './history/record.ts';
import { appendLines } from './io/append-lines.ts';

/**
 * Adds records to a history file, a line each, in one write; makes the file where it is missing. Nothing that stands there is
 * read or changed, so a build that is known already gets a second line, which every reader joins with the first.
 * @throws UserError when the file can't be written; what it held is still there
 */
export async function appendHistory(path: string, records: readonly BuildRecord[]): Promise<void> {
  await appendLines(path, records.map(formatRecord));
}
