import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, extname, join, relative } from 'node:path';
import { type Project, readInstance, type Report } from '../../src/internal.ts';

/** A standard instance and which set it belongs to. */
export interface Instance {
  readonly set: string;
  readonly name: string;
  readonly project: Project;
}

/** Best known bounds of the makespan of one instance. */
export interface KnownBounds {
  readonly lower: number;
  readonly upper: number;
}

/** Bounds by set and instance. */
export type BoundsTable = ReadonlyMap<string, ReadonlyMap<string, KnownBounds>>;

/** All `.sm`, `.mm` and `.rcp` files below a folder, by path. What can't be read is reported and left out. */
export function readInstances(folder: string, report: Report): readonly Instance[] {
  if (!existsSync(folder)) {
    report(noFolder(folder));
    return [];
  }
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(?:sm|mm|rcp)$/i.test(path))
    .sort()
    .flatMap((path) => {
      const file = join(folder, path);
      const project = readInstance(readFileSync(file, 'utf8'), relative(folder, file), report);
      return project === undefined ? [] : [{ ...nameOf(file, project), project }];
    });
}

/**
 * `j301_1.sm` with 30 tasks is of set j30, `j203_2.mm` of mm-j20: PSPLIB's names begin with the number of tasks. Other files are
 * of the set that their folder names.
 */
function nameOf(file: string, project: Project): Pick<Instance, 'set' | 'name'> {
  const suffix = extname(file);
  const name = basename(file, suffix);
  const prefix = `j${project.taskCount}`;
  if (!name.startsWith(prefix)) return { set: basename(dirname(file)), name };
  return { set: suffix.toLowerCase() === '.mm' ? `mm-${prefix}` : prefix, name };
}

/** A table with a heading that names the columns set, instance, LB and UB. */
export function readBounds(file: string): BoundsTable {
  const [heading = '', ...lines] = readFileSync(file, 'utf8').split(/\r?\n/);
  const columns = heading.split('\t');
  const [set, instance, lower, upper] = ['set', 'instance', 'LB', 'UB'].map((name) => columns.indexOf(name));
  if (set === undefined || instance === undefined || lower === undefined || upper === undefined)
    throw new Error('BUG: four columns were looked up');
  if (Math.min(set, instance, lower, upper) < 0)
    throw new Error(`${file}: the heading must name the columns set, instance, LB and UB, parted by tabs`);
  const table = new Map<string, Map<string, KnownBounds>>();
  lines.forEach((line, index) => {
    if (line.trim() === '') return;
    const cells = line.split('\t');
    const bounds = { lower: Number(cells[lower]), upper: Number(cells[upper]) };
    if (!(bounds.lower > 0 && bounds.upper >= bounds.lower))
      throw new Error(`${file}:${index + 2}: LB and UB must be whole numbers above 0, LB no larger than UB`);
    const rows = table.get(cells[set] ?? '') ?? new Map<string, KnownBounds>();
    rows.set(cells[instance] ?? '', bounds);
    table.set(cells[set] ?? '', rows);
  });
  return table;
}

function noFolder(folder: string): Parameters<Report>[0] {
  const message = `there is no folder '${folder}'`;
  return { code: 'no-input', severity: 'error', message, hint: 'give a folder of .sm, .mm or .rcp files' };
}
