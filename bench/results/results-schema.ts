import { z } from 'zod';

/** The id in a file of results. */
export const RESULTS_SCHEMA = 'debplan/bench-results@2';

/** One case, timed in this process by tinybench: wall clock, ms a run. */
const CaseResult = z.object({
  suite: z.string(),
  case: z.string(),
  /** How many sources the archive has. */
  size: z.string(),
  /** The library that did it; missing: debplan. */
  peer: z.string().optional(),
  samples: z.number().int(),
  medianMs: z.number(),
  minMs: z.number(),
  maxMs: z.number(),
  /** Median of each group of runs, in the order of time: `medianMs` is theirs. */
  groupsMs: z.array(z.number()),
});

/** One program, timed as a whole process, start included. */
const ProgramResult = z.object({
  question: z.string(),
  size: z.string(),
  program: z.string(),
  isOwn: z.boolean(),
  /** User and system time of all its threads: of the run with the least. */
  cpuS: z.number(),
  /** Of the run with the most; missing: it ran once. */
  mostCpuS: z.number().optional(),
  wallS: z.number(),
  /** Largest resident set; missing: not measured. */
  peakMib: z.number().optional(),
  runs: z.number().int(),
  /** Where the figures come from, if not from this run. */
  from: z.string().optional(),
});

const Skipped = z.object({ what: z.string(), why: z.string() });

export const resultsSchema = z.object({
  schema: z.literal(RESULTS_SCHEMA),
  /** ISO 8601, UTC. */
  date: z.string(),
  machine: z.object({ processor: z.string(), cores: z.number(), memoryGib: z.number(), system: z.string() }),
  /** Processes that wanted to run over cores, at the beginning or the end, whichever was more: the load average of a minute. */
  loadPerCore: z.number(),
  /** Whether it was run with `--quick`. */
  isQuick: z.boolean(),
  /** Of Node, debplan and the peers that were there, by name. */
  versions: z.record(z.string(), z.string()),
  cases: z.array(CaseResult),
  programs: z.array(ProgramResult),
  skipped: z.array(Skipped),
});

export type BenchResults = z.infer<typeof resultsSchema>;
export type CaseResult = z.infer<typeof CaseResult>;
export type ProgramResult = z.infer<typeof ProgramResult>;
export type Skipped = z.infer<typeof Skipped>;
