import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/base/diagnostic.ts';
import { formatKeptOptions, parseKeptOptions } from '../../src/options/kept-options-schema.ts';
import {
  changedOptions,
  mergeKept,
  optionsToKeep,
  type KeptOptions,
} from '../../src/options/kept-options.ts';
import { resolveRunOptions, type RawRunOptions } from '../../src/options/run-options.ts';
import { runOptions } from '../../cli/run-options.ts';

const CALL = { resume: true, retryFailed: false };
const absolute = (path: string): string => (path.startsWith('/') ? path : `/here/${path}`);

function keep(raw: Partial<RawRunOptions>): KeptOptions {
  return optionsToKeep({ ...CALL, ...raw }, absolute);
}

function codeOf(text: string): string {
  try {
    parseKeptOptions(text, 'options.json');
  } catch (error) {
    if (error instanceof UserError) return error.diagnostics.map(({ code }) => code).join();
    throw error;
  }
  return 'it is taken';
}

describe('the options that a work folder keeps', () => {
  it('are all but those of one call: an option that is added must be decided about', () => {
    const call = ['work', 'resume', 'retry-failed', 'cancel', 'dry-run', 'json', 'quiet'];
    const all = Object.keys(runOptions).map((name) =>
      name.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase()),
    );
    const texts = Object.fromEntries(all.map((name) => [name, name]));
    const once = call.map((name) => name.replaceAll(/-([a-z])/g, (_, a: string) => a.toUpperCase()));
    // whatever is not of one call comes back, here with values of no meaning
    const kept = Object.keys(optionsToKeep({ ...CALL, ...without(texts) }, absolute));
    expect(kept.sort()).toEqual(all.filter((name) => !once.includes(name)).sort());
  });

  it('come back from their file as they were', () => {
    const kept = keep({ with: 'sbuild', suite: 'trixie', chroot: ['amd64=c.tar'], slurmOption: ['--x=1'] });
    expect(parseKeptOptions(formatKeptOptions(kept), 'options.json')).toEqual(kept);
  });

  it('name places that are the same wherever the run is gone on with', () => {
    expect(
      keep({
        ...{ sources: ['.', '/abs'], chroot: ['arm64=./a.tar', 'name'], ramDir: 'ram' },
        ...{ history: 'h.jsonl', events: 'e.jsonl' },
      }),
    ).toEqual({
      ...{ sources: ['/here/.', '/abs'], chroot: ['arm64=/here/./a.tar', 'name'], ramDir: '/here/ram' },
      ...{ history: '/here/h.jsonl', events: '/here/e.jsonl' },
    });
  });

  it('give way to what is typed, and to what contradicts it', () => {
    const sbuild = keep({ suite: 'trixie', chroot: ['/c.tar'], with: 'sbuild', user: 'ann', retries: '3' });
    expect(mergeKept(keep({ builderCommand: 'make' }), sbuild)).toEqual({
      ...{ suite: 'trixie', builderCommand: 'make', user: 'ann', retries: '3' },
    });
    expect(mergeKept(keep({ with: 'sbuild' }), keep({ builderCommand: 'make' }))).toEqual({ with: 'sbuild' });
    const cluster = keep({ on: 'slurm', slurmWindow: '4', builders: ['a'] });
    expect(mergeKept(keep({ on: 'here', arch: ['arm64'] }), cluster)).toEqual({
      on: 'here',
      arch: ['arm64'],
    });
    expect(mergeKept(keep({ ramDisk: false }), keep({ ramDir: '/dev/shm' }))).toEqual({ ramDisk: false });
  });

  it('make a bare --resume the run that was begun', () => {
    const kept = keep({ suite: 'trixie', builderCommand: 'make {dsc}', timeout: '6h', ramDisk: false });
    const options = resolveRunOptions({ ...CALL, ...mergeKept(keep({}), kept) }, {}, true);
    expect(options).toMatchObject({ suite: 'trixie', timeoutMs: 21_600_000, usesRamDisks: false });
    expect(options.backend.name).toBe('command');
  });

  it('say which of those that decide what is built have changed', () => {
    const kept = keep({ suite: 'trixie', chroot: ['/c.tar'], retries: '2' });
    expect(changedOptions(keep({ suite: 'sid', chroot: ['/c.tar'], retries: '3' }), kept)).toEqual([
      '--suite',
    ]);
    expect(changedOptions(keep({ builderCommand: 'x' }), kept)).toEqual(['--builder-command']);
  });

  it.each([
    ['{', 'no JSON'],
    ['{"schema":"debplan/run-options@2","options":{}}', 'another schema'],
    ['{"schema":"debplan/run-options@1","options":{"suite":1}}', 'no text'],
    ['{"schema":"debplan/run-options@1","options":{"keep":"some"}}', 'a word that is none'],
    ['{"schema":"debplan/run-options@1","options":{"resume":true}}', 'what is never kept'],
    ['null', 'nothing'],
  ])('are refused as %s: %s', (text) => {
    expect(codeOf(text)).toBe('bad-run-options');
  });
});

function without(texts: Readonly<Record<string, string>>): object {
  return Object.fromEntries(
    Object.entries(texts).map(([name, text]) => [name, ['sources', 'chroot'].includes(name) ? [text] : text]),
  );
}
