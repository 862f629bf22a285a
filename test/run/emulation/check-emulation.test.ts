import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkEmulation } from '../../../src/run/emulation/check-emulation.ts';

/** As Debian 12's qemu-user-static registers it. */
const ARM64 = [
  ...['enabled', 'interpreter /usr/libexec/qemu-binfmt/aarch64-binfmt-P', 'flags: PF', 'offset 0'],
  ...['magic 7f454c460201010000000000000000000200b700', 'mask ffffffffffffff00fffffffffffffffffeffffff', ''],
].join('\n');
const QEMU = { name: 'qemu', arch: 'arm64', host: 'amd64' };

describe('emulation', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'debplan-binfmt-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('is no concern of machines that build their own programs', async () => {
    const own = [
      { name: 'x86', arch: 'amd64' },
      { name: 'old', arch: 'i386' },
    ];
    expect(await checkEmulation(own, 'amd64', folder)).toEqual([]);
  });

  it('is ready where the kernel has an emulator that works in chroots', async () => {
    register(ARM64);
    expect(await checkEmulation([QEMU], 'amd64', folder)).toEqual([]);
  });

  it.each([
    ['binfmt_misc is not mounted', undefined, 'mount -t binfmt_misc binfmt_misc'],
    ['has nothing for them', '', 'apt-get install qemu-user-static binfmt-support'],
    ['has nothing for them', ARM64.replace('b700', 'f300'), 'apt-get install'],
    ['has nothing for them', ARM64.replace('7f454c460201', '7f454c460101'), 'apt-get install'],
    ['has nothing for them', ARM64.replace('offset 0', 'offset 4'), 'apt-get install'],
    ['is switched off', ARM64.replace('enabled', 'disabled'), 'update-binfmts --enable'],
    ['lacks the flag F', ARM64.replace('PF', 'P'), 'apt-get install qemu-user-static'],
  ])('says what to type when %s', async (message, entry, hint) => {
    if (entry !== undefined) register(entry);
    const [found, ...others] = await checkEmulation([QEMU], 'amd64', folder);
    expect(others).toEqual([]);
    expect(found).toMatchObject({ code: 'no-emulator', severity: 'error' });
    expect(found?.message).toContain(message);
    expect(found?.hint).toContain(hint);
  });

  it('warns where the plan takes the builder for another machine than it is', async () => {
    register(ARM64);
    expect(await checkEmulation([{ name: 'arm', arch: 'arm64' }], 'amd64', folder)).toMatchObject([
      { code: 'native-durations', severity: 'warning' },
    ]);
    expect(await checkEmulation([{ ...QEMU, host: 'ppc64el' }], 'amd64', folder)).toMatchObject([
      { code: 'other-host', severity: 'warning' },
    ]);
  });

  function register(entry: string): void {
    for (const name of ['register', 'status']) writeFileSync(join(folder, name), '');
    if (entry !== '') writeFileSync(join(folder, 'qemu'), entry);
  }
});
