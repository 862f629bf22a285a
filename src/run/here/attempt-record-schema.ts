import { z } from 'zod';

/** What a later process must know of an attempt to go on with it, or to tidy up behind it: `attempt.json` in its folder. */
export interface AttemptRecord {
  /** ms since 1970. */
  readonly startedMs: number;
  /** The kernel's id of the time since the machine was started: all but `place` is gone with it. */
  readonly bootId: string;
  /** Where it builds. */
  readonly place: {
    readonly kind: 'mount' | 'namespace' | 'shared' | 'disk';
    readonly path: string;
  };
  /** Its control group. */
  readonly group: {
    readonly rooms: readonly {
      readonly folder: string;
      readonly home: string;
      readonly version: 1 | 2;
      readonly counts: 'memory' | 'cpu' | 'both';
    }[];
  };
}

const room = z.strictObject({
  folder: z.string(),
  home: z.string(),
  version: z.union([z.literal(1), z.literal(2)]),
  counts: z.enum(['memory', 'cpu', 'both']),
});

const schema: z.ZodType<AttemptRecord> = z.strictObject({
  startedMs: z.int(),
  bootId: z.string(),
  place: z.strictObject({ kind: z.enum(['mount', 'namespace', 'shared', 'disk']), path: z.string() }),
  group: z.strictObject({ rooms: z.array(room) }),
});

/** @returns undefined for what is no such record: a file cut short by a crash, before anything was begun */
export function parseAttemptRecord(text: string): AttemptRecord | undefined {
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined; // no JSON
  }
}
