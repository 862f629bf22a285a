import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { at } from '../../src/base/column.ts';
import { parseTemplate } from '../../src/emit/command/parse-template.ts';
import type { EmitOptions } from '../../src/emit/emitter.ts';
import { csv } from '../../src/emit/formats/csv.ts';
import { json } from '../../src/emit/formats/json.ts';
import { orderSchema } from '../../src/emit/formats/order-schema.ts';
import { text } from '../../src/emit/formats/text.ts';
import { PAYLOAD_PLAN } from './payload-plan.ts';
import { PAYLOADS } from './payloads.ts';
import { readCsv } from './read-csv.ts';
import { emptyPlan, planTask } from './small-plan.ts';

const OPTIONS: EmitOptions = { builderCommand: parseTemplate('build {dsc}'), suite: 'trixie' };

describe('text', () => {
  it('carries every name through read and printf of a shell', () => {
    const [file] = text.emit(PAYLOAD_PLAN, OPTIONS);
    const script = `while read -r id builder mode; do printf '%b\\0%b\\0%s\\0' "$id" "$builder" "$mode"; done`;
    const { stdout, status } = spawnSync('/bin/sh', ['-c', script], {
      input: file?.content ?? '',
      encoding: 'utf8',
    });
    expect(status).toBe(0);
    const expected = PAYLOADS.flatMap((name, index) => [name, name, index % 3 === 2 ? 'disk' : 'ram']);
    expect(stdout.split('\0').slice(0, -1)).toEqual(expected);
  });
});

describe('csv', () => {
  const [file] = csv.emit(PAYLOAD_PLAN, OPTIONS);
  const [header = [], ...rows] = readCsv(file?.content ?? '');
  const column = (name: string): readonly string[] => rows.map((row) => at(row, header.indexOf(name)));
  /** Without the apostrophe that keeps a spreadsheet from computing. */
  const unguarded = (cells: readonly string[]): readonly string[] =>
    cells.map((cell) => cell.replace(/^'(?=[=+\-@\t\r])/, ''));

  it('gives every name back in each column that has it', () => {
    for (const name of [
      'id',
      'source',
      'version',
      'arch',
      'profiles',
      'stage',
      'layer',
      'build_type',
      'builder',
    ])
      expect(unguarded(column(name)), name).toEqual(PAYLOADS);
    expect(unguarded(column('needs'))).toEqual(['', ...PAYLOADS.slice(0, -1)]);
    for (const row of rows) expect(row).toHaveLength(header.length);
  });

  it('lets no cell begin as a formula would', () => {
    for (const cell of rows.flat()) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
  });

  it('tells times in milliseconds and as a clock does, and who waits for how many', () => {
    expect(column('start').slice(0, 3)).toEqual(['0:00:00', '0:00:01', '0:00:02']);
    expect(column('end_ms').slice(0, 3)).toEqual(['1000', '2000', '3000']);
    expect(column('waited_for').slice(0, 2)).toEqual(['start', 'need']);
    expect(new Set(column('dependent_count').slice(0, -1))).toEqual(new Set(['1']));
    const long = planTask({ id: 'a', source: 'a', version: '1', startMs: 93_784_499, durationMs: 1000 });
    const plan = emptyPlan([{ target: { arch: 'amd64', kind: 'any', profiles: [] }, tasks: [long] }]);
    expect(at(readCsv(csv.emit(plan, OPTIONS)[0]?.content ?? ''), 1)).toContain('26:03:04');
  });
});

describe('json', () => {
  const documentOf = (plan: typeof PAYLOAD_PLAN) =>
    orderSchema.parse(JSON.parse(json.emit(plan, OPTIONS)[0]?.content ?? ''));

  it('is what its schema says, with every name as it is', () => {
    const { builds, makespanMs } = documentOf(PAYLOAD_PLAN);
    expect(makespanMs).toBe(PAYLOAD_PLAN.makespanMs);
    expect(builds.map(({ id }) => id)).toEqual(PAYLOADS);
    for (const { id, ...build } of builds) {
      const named = { source: id, version: id, arch: id, buildArch: id, stage: id, layer: id, buildType: id };
      expect(build).toMatchObject({ ...named, profiles: [id], builder: id });
    }
  });

  it('leaves out needs that follow from others, and says null where the plan says nothing', () => {
    const task = (id: string, startMs: number, needs: readonly string[]) =>
      planTask({ id, source: id, version: '1', startMs, needs });
    const tasks = [task('a', 0, []), task('b', 1000, ['a']), task('c', 2000, ['a', 'b'])];
    const target = { arch: 'arm64', kind: 'any', profiles: ['nodoc'] } as const;
    const { builds } = documentOf(emptyPlan([{ target, tasks }]));
    expect(builds.map(({ needs }) => needs)).toEqual([[], ['a'], ['b']]);
    expect(builds[0]).toMatchObject({ layer: null, buildType: null, chroot: null, profiles: ['nodoc'] });
  });
});
