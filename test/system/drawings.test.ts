import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parseTemplate } from '../../src/emit/command/parse-template.ts';
import { svg } from '../../src/emit/drawings/svg.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { requireBuild } from '../cli/run-cli.ts';
import { largePlan } from '../emit/drawings/large-plan.ts';
import { PAYLOAD_PLAN } from '../emit/payload-plan.ts';
import { planExample } from '../platform/example.ts';

const CHROMIUM = '/usr/bin/chromium';
const folder = mkdtempSync(join(tmpdir(), 'debplan-drawings-'));
const options = { builderCommand: parseTemplate('build {dsc}'), suite: 'trixie' };

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function draw(name: string, plan: Plan): string {
  const path = join(folder, `${name}.svg`);
  writeFileSync(path, svg.emit(plan, options)[0]?.content ?? '');
  return path;
}

/** Whether a program is there; where it isn't, its tests are skipped and say so. */
function has(program: string, flag: string): boolean {
  return spawnSync(program, [flag]).status === 0;
}

const rooms = [
  ['the platform', async () => (await planExample()).plan],
  ['any text', async () => Promise.resolve(PAYLOAD_PLAN)],
  ['34,000 builds', async () => Promise.resolve(largePlan(34_000, 2, 32))],
] as const;

describe.skipIf(!has('rsvg-convert', '--version'))('rsvg-convert', () => {
  it.each(rooms)('draws the picture of %s', async (name, plan) => {
    const path = draw(name.replaceAll(' ', '-'), await plan());
    const { status, stdout, stderr } = spawnSync('rsvg-convert', [path], { maxBuffer: 1 << 26 });
    expect({ status, stderr: stderr.toString() }).toEqual({ status: 0, stderr: '' });
    expect(stdout.subarray(1, 4).toString()).toBe('PNG');
    expect(stdout.readUInt32BE(16)).toBe(1200);
  });
});

/** Where a text or a bar lies, in pixels. */
const Box = z.object({
  words: z.string(),
  ...{ left: z.number(), right: z.number(), top: z.number(), bottom: z.number() },
});
type Box = z.infer<typeof Box>;

/** Runs in the page: every text, and those in bars with their bars. */
const MEASURE = `(() => {
  const boxOf = (element) => {
    const { left, right, top, bottom } = element.getBoundingClientRect();
    return { words: element.textContent, left, right, top, bottom };
  };
  const named = [...document.querySelectorAll('g > title ~ text')];
  return {
    labels: named.map((text) => ({ text: boxOf(text), bar: boxOf(text.parentElement.querySelector('rect')) })),
    texts: [...document.querySelectorAll('text')].map(boxOf),
  };
})()`;

const Measured = z.object({ labels: z.array(z.object({ text: Box, bar: Box })), texts: z.array(Box) });

describe.skipIf(!existsSync(CHROMIUM))('Chromium', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] });
  });
  afterAll(async () => {
    await browser.close();
  });

  async function open(path: string, colorScheme: 'light' | 'dark'): Promise<Page> {
    const context = await browser.newContext({ colorScheme, viewport: { width: 1280, height: 900 } });
    const page = await context.newPage();
    await page.goto(pathToFileURL(path).href);
    return page;
  }

  it('shows it light or dark as the system is', async () => {
    const path = draw('scheme', (await planExample()).plan);
    const paperOf = async (scheme: 'light' | 'dark'): Promise<string> =>
      z
        .string()
        .parse(
          await (
            await open(path, scheme)
          ).evaluate("getComputedStyle(document.querySelector('.gantt-paper')).fill"),
        );
    expect([await paperOf('light'), await paperOf('dark')]).toEqual([
      'rgb(255, 255, 255)',
      'rgb(21, 24, 28)',
    ]);
  });

  it.each(rooms)(
    'finds every name of %s inside its bar, and no two texts on one spot',
    async (name, plan) => {
      const page = await open(draw(name.replaceAll(' ', '-'), await plan()), 'light');
      const { labels, texts } = Measured.parse(await page.evaluate(MEASURE));
      for (const { text, bar } of labels) {
        expect(text.right, text.words).toBeLessThanOrEqual(bar.right);
        expect(text.left, text.words).toBeGreaterThanOrEqual(bar.left);
      }
      for (const text of texts) expect(text.right, text.words).toBeLessThanOrEqual(1200 + 8);
      const crossing = texts.flatMap((a, index) =>
        texts
          .slice(index + 1)
          .filter((b) => crosses(a, b))
          .map((b) => `${a.words} | ${b.words}`),
      );
      expect(crossing).toEqual([]);
    },
  );
});

/** Whether two texts share more than the air around them. */
function crosses(a: Box, b: Box): boolean {
  const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  return across > 1 && down > 5;
}

describe.skipIf(!has('script', '--version'))('on a terminal', () => {
  /** Runs debplan as script(1) shows it: stdout and stderr are one terminal. */
  function onTerminal(args: string, env: Readonly<Record<string, string>> = {}): string {
    const command = `stty cols 90 rows 30; ${process.execPath} ${requireBuild()} ${args}`;
    const tree = new URL('../../fixtures/platform/', import.meta.url).pathname;
    const { status, stdout } = spawnSync('script', ['-qec', command, '/dev/null'], {
      cwd: tree,
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8', TERM: 'xterm', ...env },
    });
    expect(status).toBe(0);
    return stdout.replaceAll('\r\n', '\n');
  }

  const builders =
    '--arch amd64,arm64 --builder arch=amd64,slots=4,ram-disk=32GiB --builder arch=arm64,slots=4,ram-disk=32GiB';
  const plan = `plan tree --layers base,runtime,apps --packages amd64.Packages --packages arm64.Packages ${builders} --partial -o /dev/null`;

  it('says what takes so long, each step in one line, and leaves nothing of it there', () => {
    const text = onTerminal(plan);
    const steps = [...text.matchAll(/\r([a-z][a-z ]+?) (?:[█░]+ )?(?:\d[^\r\n]*|…)\u001b\[K/g)].map(
      ([, step]) => step,
    );
    expect([...new Set(steps)]).toEqual([
      'looking for packages',
      'reading',
      'resolving dependencies',
      'resolving dependencies and opening cycles',
      'estimating times and sizes',
      'bounding what is possible',
      'scheduling',
      'checking the plan',
    ]);
    expect(text).toMatch(/\r\u001b\[K\u001b\[31merror:/);
    expect(text.slice(text.lastIndexOf('\u001b[K'))).toMatch(/\n.*113 builds on 2 builders/);
  });

  it.each([
    ['in CI', plan, { CI: 'true' }],
    ['with --quiet', `${plan} --quiet`, {}],
    ['on a dumb one', plan, { TERM: 'dumb' }],
  ])('says nothing of progress %s', (_, args, env) => {
    expect(onTerminal(args, env)).not.toContain('\u001b[K');
  });

  it('draws the plan as wide and as high as it is', () => {
    const text = onTerminal(`${plan} --gantt --quiet`, { NO_COLOR: '1' });
    const lines = text.slice(text.indexOf('113 builds')).trimEnd().split('\n');
    expect(lines.length).toBeLessThanOrEqual(30);
    const widths = lines.slice(4).map((line) => line.length);
    expect(Math.max(...widths)).toBeLessThan(90);
    expect(Math.max(...widths)).toBeGreaterThan(80);
    expect(text).toMatch(/critical chain {2}\S*mooring-store▒+/);
    expect(text).not.toContain('\u001b[3');
  });
});
