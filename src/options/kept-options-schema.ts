import * as z from 'zod';
import { UserError } from '../base/diagnostic.ts';
import { readJson } from '../base/read-json.ts';
import { stableJson } from '../base/stable-json.ts';
import { badRunOptions } from '../run/diagnostics.ts';
import { RUN_OPTIONS_SCHEMA, type KeptOptions } from './kept-options.ts';

const text = z.string().min(1).optional();
const list = z.array(z.string().min(1)).optional();
const flag = z.boolean().optional();

/** Texts alone: what they mean is looked at as if they had been typed. */
const options = z.strictObject({
  with: z.enum(['sbuild', 'command']).optional(),
  ...{ builderCommand: text, suite: text, sources: list, fetch: z.literal('apt').optional(), chroot: list },
  chrootMode: z.enum(['unshare', 'schroot']).optional(),
  ...{ buildOptions: list, user: text, builders: list, arch: list, emulate: flag, timeout: text },
  ...{ idleTimeout: text, retries: text, transient: list, maxLog: text, ramDir: text, ramDisk: flag },
  isolate: flag,
  keep: z.enum(['none', 'failed', 'all']).optional(),
  ...{ history: text, events: text, on: z.enum(['here', 'slurm']).optional() },
  ...{ slurmPartition: list, slurmConstraint: list, slurmRam: text, slurmDiskLicense: text },
  ...{ slurmOption: list, slurmWindow: text, slurmPoll: text, slurmRamDir: text, slurmDiskDir: text },
} satisfies Record<keyof KeptOptions, z.ZodType>);

const schema: z.ZodType<{ readonly options: KeptOptions }> = z.strictObject({
  schema: z.literal(RUN_OPTIONS_SCHEMA),
  options,
});

/** The options of a run as the file that keeps them. Equal options, equal bytes. */
export function formatKeptOptions(kept: KeptOptions): string {
  return stableJson({ schema: RUN_OPTIONS_SCHEMA, options: kept });
}

/** @param file what to call it in messages @throws UserError for what no run has written */
export function parseKeptOptions(text: string, file: string): KeptOptions {
  const read = readJson(text, schema, 'it');
  if (read.kind === 'value') return read.value.options;
  throw new UserError([badRunOptions(file, read.problem, read.place)]);
}
