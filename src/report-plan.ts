import { basename, resolve } from 'node:path';
import { at } from './base/column.ts';
import type { Report } from './base/diagnostic.ts';
import { benchOfOther } from './benchmark/diagnostics.ts';
import { parseBenches } from './benchmark/parse-bench-history.ts';
import { labelPaths } from './io/labels.ts';
import { readPage } from './io/read-page.ts';
import { noteInput, refuseOverwriting } from './io/read-places.ts';
import { readTextFile } from './io/read-text.ts';
import { writeFileAtomically } from './io/write-output.ts';
import { usage } from './options/usage-error.ts';
import { readPlan } from './plan/read-plan.ts';
import { joinReport } from './report/join-report.ts';
import { makeReportBench } from './report/make-report-bench.ts';
import { makeReportData, type LabelledPlan } from './report/make-report-data.ts';
import type { ReportBench } from './report/report-bench.ts';

/** What is asked of `debplan report`. */
export interface ReportRequest {
  /** At least one plan file, none twice; `-` is standard input. */
  readonly paths: readonly string[];
  /** The HTML file; `-`: stdout; missing: `report.html`. */
  readonly output?: string | undefined;
  /** What `debplan bench` has measured: its history, or its JSON. */
  readonly bench?: string | undefined;
}

const EXAMPLE = 'debplan report plan.json -o report.html';

/**
 * The answer of `debplan report`: writes the report.
 * @param report gets notes only
 * @returns what goes to stdout: the report itself, or the path of the file that was written
 * @throws UserError for requests that can't be met, plans that can't be used, and files that can't be written
 */
export async function answerReport(
  { paths, output = 'report.html', bench }: ReportRequest,
  report: Report,
): Promise<string> {
  if (paths.length === 0) throw usage('no plan is named', EXAMPLE);
  if (output === '') throw usage('-o needs the name of a file', EXAMPLE);
  refuseDoubles(paths, bench);
  for (const path of bench === undefined ? paths : [...paths, bench]) noteInput(path);
  refuseOverwriting('-o', output);
  const measured = bench === undefined ? null : await readBench(bench, paths, report);
  const html = joinReport(makeReportData(await readPlans(paths), measured), await readPage());
  if (output === '-') return html;
  await writeFileAtomically(output, html);
  return `${output}\n`;
}

/** @throws UserError for a file in which no bench can be read */
async function readBench(path: string, plans: readonly string[], report: Report): Promise<ReportBench> {
  const { name, text } = await readTextFile(path);
  const benches = parseBenches(text, name, () => undefined);
  if (benches.length === 0)
    throw usage(
      text.trim() === '' ? `--bench ${name} is empty` : `--bench ${name} has no bench that is whole`,
      'debplan bench plan.json --history bench.jsonl',
    );
  const names = plans.map((plan) => (plan === '-' ? 'standard input' : basename(plan)));
  const shown = makeReportBench(name, benches, names);
  if (!names.includes(shown.subject.name)) report(benchOfOther(name, shown.subject.name, names));
  return shown;
}

/** One after the other: of large ones a single text is in memory. */
async function readPlans(paths: readonly string[]): Promise<readonly LabelledPlan[]> {
  const files = paths.filter((path) => path !== '-');
  const labels = labelPaths(files.map((path) => resolve(path)));
  const plans: LabelledPlan[] = [];
  for (const path of paths) {
    const { name, sha256, text } = await readTextFile(path);
    const label = path === '-' ? name : at(labels, files.indexOf(path));
    plans.push({ label, sha256, plan: readPlan(text, label) });
  }
  return plans;
}

/** A plan shown twice would look like two, and standard input can be read once. */
function refuseDoubles(paths: readonly string[], bench: string | undefined): void {
  const seen = new Set<string>();
  for (const path of paths) {
    const place = path === '-' ? path : resolve(path);
    if (seen.has(place)) throw usage(`${path} is named twice`, 'leave one out');
    seen.add(place);
  }
  if (bench === '-' && seen.has('-'))
    throw usage('plan and bench both on standard input', 'name a file for one of them');
}
