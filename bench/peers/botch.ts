import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { z } from 'zod';
import type { ProgramResult, Skipped } from '../results/results-schema.ts';

/** What botch took once, and what debplan takes for the same: kept outside of the repository, because botch needs a quarter of an hour. */
export const KeptBotch = z.object({
  version: z.string(),
  date: z.string(),
  runs: z.array(
    z.object({
      program: z.string(),
      isOwn: z.boolean(),
      cpuS: z.number(),
      wallS: z.number(),
      peakMib: z.number().optional(),
    }),
  ),
});

/** Where `npm run bench:botch` keeps it. */
export function botchFile(): string {
  const folder = process.env['DEBPLAN_SYSTEM_DIR'] ?? join(tmpdir(), 'debplan-system');
  return join(folder, 'botch', 'bench.json');
}

/** botch's own way for a feedback arc set on the self-contained part of an archive, as it was measured once. */
export function readBotch(): readonly ProgramResult[] | Skipped {
  const path = botchFile();
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return { what: 'botch', why: 'not measured yet; npm run bench:botch, once, fifteen minutes' };
  }
  const kept = KeptBotch.parse(JSON.parse(text));
  return kept.runs.map(({ peakMib, ...run }) => ({
    question: 'cycles',
    size: run.isOwn ? 'all sources' : 'the self-contained part',
    ...run,
    ...(peakMib === undefined ? {} : { peakMib }),
    runs: 1,
    from: `${run.isOwn ? '' : `botch ${kept.version}, `}measured on ${kept.date}`,
  }));
}
