import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const BLOCK = /(<!-- output: npm start -->\n```\n)([\s\S]*?)(```\n<!-- end -->)/;

it('shows in the README what the first command prints', async () => {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  const manifest = readFileSync(join(root, 'package.json'), 'utf8');
  const command = /"start": "node (.+)"/.exec(manifest)?.[1] ?? '';
  const folder = mkdtempSync(join(tmpdir(), 'debplan-readme-'));
  try {
    const args = command.replace('example/plan.json', join(folder, 'plan.json')).split(' ');
    const { status, stdout } = spawnSync(process.execPath, args, {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, NO_COLOR: '1', COLUMNS: '100' },
    });
    expect(status).toBe(0);
    const updated = readme.replace(
      BLOCK,
      (_, begin: string, _old: string, end: string) => begin + stdout + end,
    );
    await expect(updated).toMatchFileSnapshot(join(root, 'README.md'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
