import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { isPlanFile } from '../../src/io/is-plan-file.ts';
import { makeTree } from './temp-tree.ts';

describe('what is taken for a plan', () => {
  it.each([
    ['plan', '{"schema":"debplan/plan@1"}', true],
    ['bare', '\uFEFF\n  {', true],
    ['Sources', 'Package: hello\n', false],
    ['plan.json', 'Package: hello\n', false],
    ['empty', '', false],
  ])('%s with %j: %s', async (name, content, expected) => {
    expect(await isPlanFile(`${makeTree({ [name]: content })}/${name}`)).toBe(expected);
  });

  it.each([
    ['plan.json.gz', true],
    ['plan.json.unpacked', true],
    ['Sources.gz', false],
    ['json.gz', false],
  ])('is of what is compressed what is called so: %s: %s', async (name, expected) => {
    const folder = makeTree({ [name]: gzipSync('{"schema":"debplan/plan@1"}') });
    expect(await isPlanFile(`${folder}/${name}`)).toBe(expected);
  });

  it('is standard input, no folder, and of what is not there what is called so', async () => {
    const folder = makeTree();
    expect(await isPlanFile('-')).toBe(true);
    expect(await isPlanFile(folder)).toBe(false);
    expect(await isPlanFile(`${folder}/gone.json`)).toBe(true);
    expect(await isPlanFile(`${folder}/gone.json.xz`)).toBe(true);
    expect(await isPlanFile(`${folder}/gone`)).toBe(false);
  });
});
