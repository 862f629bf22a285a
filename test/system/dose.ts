import { execFile, execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import { z } from 'zod';

/** What `dose-builddebcheck` is asked. */
export interface DoseRequest {
  /** `--deb-native-arch=amd64` and the like. */
  readonly options: readonly string[];
  /** Paths. Of two stanzas with one name, version and architecture dose3 takes the one of the later file. */
  readonly packages: readonly string[];
  readonly sources: string;
}

/** What dose3 found out. */
export interface DoseReport {
  /** How many sources it checked: those for the host architecture, and all with an arch:all half. */
  readonly checked: number;
  /** `source version`, sorted. */
  readonly unbuildable: readonly string[];
}

const run = promisify(execFile);
const PROGRAM = 'dose-builddebcheck';
const MAX_REPORT_BYTES = 2 ** 28;
const SOME_ARE_BROKEN = 1;

const Report = z.object({
  report: z
    .array(z.object({ package: z.string(), version: z.string() }))
    .or(z.literal('').transform(() => []))
    .nullish(),
  'source-packages': z.coerce.number(),
});

/**
 * Runs dose3, or takes its answer from `DEBPLAN_SYSTEM_DIR/dose-cache`: one file for each dose3 version, options and
 * content of the lists. A whole archive takes it a minute and a half and 1 GiB.
 */
export async function askDoseOnce(request: DoseRequest): Promise<DoseReport> {
  const folder = join(process.env['DEBPLAN_SYSTEM_DIR'] ?? '', 'dose-cache');
  const cached = join(folder, `${hashRequest(request)}.yaml`);
  if (!existsSync(cached)) {
    mkdirSync(folder, { recursive: true });
    const partial = `${cached}.${process.pid}`;
    writeFileSync(partial, await runDose(request));
    renameSync(partial, cached);
  }
  return parseDoseReport(readFileSync(cached, 'utf8'));
}

/** Runs dose3 on small lists: 25 ms. */
export async function askDose(request: DoseRequest): Promise<DoseReport> {
  return parseDoseReport(await runDose(request));
}

/** Reads dose3's YAML. All scalars stay text: `1.10` is a version. */
function parseDoseReport(yaml: string): DoseReport {
  const { report, 'source-packages': checked } = Report.parse(parse(yaml, { schema: 'failsafe' }));
  const unbuildable = (report ?? []).map((entry) => `${entry.package} ${entry.version}`);
  return { checked, unbuildable: unbuildable.sort() };
}

async function runDose({ options, packages, sources }: DoseRequest): Promise<string> {
  const args = ['--explain', '--failures', ...options, ...packages, sources];
  // Without --deb-profiles dose3 takes the profiles of the environment.
  const env = { ...process.env, DEB_BUILD_PROFILES: undefined };
  try {
    const { stdout } = await run(PROGRAM, args, { env, maxBuffer: MAX_REPORT_BYTES });
    return stdout;
  } catch (error) {
    const failure = Failure.safeParse(error).data;
    if (failure?.code === SOME_ARE_BROKEN) return failure.stdout;
    throw error;
  }
}

const Failure = z.object({ code: z.number(), stdout: z.string() });

function hashRequest({ options, packages, sources }: DoseRequest): string {
  const version = execFileSync('dpkg-query', ['-W', '-f', '${Version}', PROGRAM], { encoding: 'utf8' });
  const hash = createHash('sha256').update([version, ...options].join('\n'));
  for (const path of [...packages, sources]) {
    const content = readFileSync(path);
    hash.update(`\n${content.length}\n`).update(content);
  }
  return hash.digest('hex');
}
