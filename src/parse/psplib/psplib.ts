import type { Report } from '../../base/diagnostic.ts';
import { checkInstance } from './check.ts';
import { unknownInstanceFormat } from './diagnostics.ts';
import type { PsplibInstance } from './instance.ts';
import { parsePatterson } from './patterson.ts';
import { parseSections } from './sections.ts';

/**
 * Reads a standard instance: `.sm` and `.mm` of PSPLIB, `.rcp` in the format of Patterson.
 * @param file its name, whose suffix tells the format
 * @param report takes what is wrong: one error at least where nothing is returned
 * @see Kolisch & Sprecher 1996 on PSPLIB
 */
export function parsePsplib(text: string, file: string, report: Report): PsplibInstance | undefined {
  const suffix = /\.(sm|mm|rcp)$/i.exec(file)?.[1]?.toLowerCase();
  if (suffix === undefined) {
    report(unknownInstanceFormat(file));
    return undefined;
  }
  const read = suffix === 'rcp' ? parsePatterson(text, file, report) : parseSections(text, file, report);
  if (read === undefined || !checkInstance(read, file, report)) return undefined;
  return read.instance;
}
