import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at } from '../../src/base/column.ts';
import type { Plan, PlanTask } from '../../src/plan/plan.ts';
import { makePayloadPlan, PAYLOAD_PLAN } from '../emit/payload-plan.ts';
import { emptyPlan, planTask } from '../emit/small-plan.ts';
import { generatePlan } from '../support/generated-plan.ts';
import { auditPage } from './audit-page.ts';
import { isBrowserInstalled, ReportBrowser, type OpenReport } from './report-browser.ts';

const PLAN = generatePlan(2000);
const TASKS = PLAN.targets.flatMap(({ tasks }) => tasks);

const SAYS_SOMETHING = /\S/;

describe.skipIf(!isBrowserInstalled())('the report in Chromium', () => {
  const browser = new ReportBrowser();
  let path = '';
  /** Every report that a test opens; each must be free of troubles at the end. */
  const opened: OpenReport[] = [];

  async function open(
    file: string,
    ...rest: Parameters<ReportBrowser['open']> extends [string, ...infer Rest] ? Rest : never
  ): Promise<Page> {
    const report = await browser.open(file, ...rest);
    opened.push(report);
    return report.page;
  }

  beforeAll(async () => {
    path = await browser.write(PLAN);
  });

  afterAll(async () => {
    await browser.close();
  });

  it('says first how long it takes, on what, and what keeps it from being shorter', async () => {
    const page = await open(path);
    expect(await page.title()).toContain('plan.json');
    const summary = await page.locator('#summary').innerText();
    expect(summary).toMatch(/^(?:\d+d )?\d+h/m);
    expect(summary).toContain('2,000 builds on 3 builders');
    expect(summary).toContain('What binds');
    expect(summary).toContain('the chain');
    const box = await page.locator('#summary').boundingBox();
    expect((box?.y ?? 800) + (box?.height ?? 0)).toBeLessThan(800);
  });

  it('tells of a build that is clicked: why it starts then, what it needs, what its estimate is from', async () => {
    const plan = threeBuilds();
    const page = await open(await browser.write(plan));
    await hoverOver(page, 'middle');
    await page.mouse.down();
    await page.mouse.up();
    const unit = page.locator('#unit');
    expect(await unit.locator('#unit-title').innerText()).toContain('middle');
    const told = await unit.innerText();
    expect(told).toContain('Needs 1');
    expect(told).toContain('Waited for by 1');
    expect(await unit.locator('#unit-start').innerText()).toContain('first');
    expect(await unit.locator('#unit-needs').innerText()).toContain('first');
    expect(await unit.locator('#unit-waiting').innerText()).toContain('last');
    await unit.locator('#unit-waiting button').click();
    expect(await unit.locator('#unit-title').innerText()).toContain('last');
    await unit.locator('#unit-close').click();
    expect(await unit.isVisible()).toBe(false);
  });

  it('finds builds by a part of their name, with keys alone', async () => {
    const page = await open(path);
    await page.keyboard.press('/');
    await page.keyboard.type('pkg-00042');
    const hits = page.locator('#search-hits [role=option]');
    expect(await hits.count()).toBe(2);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    expect(await page.locator('#unit-title').innerText()).toMatch(/pkg-00042.*arm64/);
    await page.keyboard.press('Control+a');
    await page.keyboard.type('lost-a');
    expect(await hits.first().innerText()).toContain('left out');
    await page.keyboard.press('Control+a');
    await page.keyboard.type('no such build');
    expect(await page.locator('#search-hits').innerText()).toContain('No build found');
  });

  it.each([
    { width: 1280, height: 800 },
    { width: 390, height: 844 },
  ])(
    'brings the reader to the build that is chosen among those found, at $width pixels',
    async (viewport) => {
      const page = await open(path, { viewport });
      await page.evaluate('scrollTo(0, document.body.scrollHeight)');
      await page.keyboard.press('/');
      await page.keyboard.type('pkg-00420');
      await page.keyboard.press('Enter');
      // so close that the build, which is zoomed in on, is all that its row shows
      for (let times = 0; times < 24; times++) await page.locator('#zoom-in').dispatchEvent('click');
      const sheet = viewport.width < 500 ? await page.locator('#unit').boundingBox() : null;
      await findInWindow(page, 'pkg-00420', sheet?.y ?? viewport.height);
    },
  );

  it('shows the builds that pass the filters, and all again', async () => {
    const page = await open(path);
    const table = page.locator('#builds-count');
    expect(await table.innerText()).toBe('2,000 builds');
    const arm = page.locator('[data-chip="arch=arm64"]');
    await arm.click();
    expect(await arm.getAttribute('aria-pressed')).toBe('true');
    expect(await page.locator('#match-count').innerText()).toBe('1,000 of 2,000 builds match');
    await page.locator('[data-chip="mode=on disk"]').click();
    const both = TASKS.filter(({ id, mode }) => id.endsWith('/arm64') && mode === 'disk').length;
    expect(both).toBeGreaterThan(0);
    expect(await table.innerText()).toBe(`${String(both)} of 2,000 builds`);
    await page.locator('#clear-filters').click();
    expect(await table.innerText()).toBe('2,000 builds');
  });

  it('can be walked through with the keyboard alone', async () => {
    const page = await open(path);
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe('Skip to the timeline');
    await page.keyboard.press('Enter');
    for (let tabs = 0; tabs < 60 && (await focusedId(page)) !== 'gantt'; tabs++)
      await page.keyboard.press('Tab');
    expect(await focusedId(page)).toBe('gantt');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    const option = page.locator('#gantt [role=option][aria-selected=true]');
    expect(await option.innerText()).toMatch(SAYS_SOMETHING);
    expect(await page.locator('#live').innerText()).toBe(await option.innerText());
    await page.keyboard.press('Enter');
    expect(await page.locator('#unit-title').innerText()).toMatch(/^pkg-/);
    await page.keyboard.press('Escape');
    expect(await page.locator('#unit').isVisible()).toBe(false);
  });

  it('keeps what is shown in its address', async () => {
    const { id, source } = at(TASKS, 700);
    const page = await open(path, {}, `unit=${encodeURIComponent(id)}&arch=amd64`);
    expect(await page.locator('#unit-title').innerText()).toContain(source);
    expect(await page.locator('#match-count').innerText()).toBe('1,000 of 2,000 builds match');
    await page.locator('#unit-close').click();
    expect(new URL(page.url()).hash).toBe('#arch=amd64');
  });

  it.each(['light', 'dark'] as const)('can be read by all in the %s theme', async (colorScheme) => {
    const page = await open(path, { colorScheme }, `unit=${encodeURIComponent(at(TASKS, 900).id)}`);
    expect(await auditPage(page)).toEqual([]);
    const background = Number(await page.evaluate(BRIGHTNESS));
    expect(background > 0.5).toBe(colorScheme === 'light');
    await page.screenshot({ path: join(browser.folder, `${colorScheme}.png`) });
  });

  it('fits a narrow screen without scrolling sideways', async () => {
    const page = await open(path, { viewport: { width: 390, height: 844 } });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
    expect(await auditPage(page)).toEqual([]);
  });

  it('is printed on a few pages', async () => {
    const page = await open(path);
    const pdf = join(browser.folder, 'report.pdf');
    await page.pdf({ path: pdf, format: 'A4', landscape: true });
    const pages = readFileSync(pdf, 'latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;
    expect(pages).toBeGreaterThan(1);
    expect(pages).toBeLessThan(80);
    expect(await page.locator('#builds-count').innerText()).toBe('2,000 builds');
  });

  it('shows two plans side by side, and what differs', async () => {
    const page = await open(await browser.write(generatePlan(60), generatePlan(80)));
    const comparison = await page.locator('#comparison').innerText();
    expect(comparison).toContain('a/plan.json');
    expect(comparison).toContain('b/plan.json');
    expect(await auditPage(page)).toEqual([]);
  });

  it('stays usable with 35,000 builds: only what is in sight exists', async () => {
    const large = await browser.write(generatePlan(35_000));
    expect(statSync(large).size).toBeLessThan(15e6);
    const page = await open(large);
    expect(await page.locator('#summary').innerText()).toContain('35,000 builds');
    await page.keyboard.press('/');
    await page.keyboard.type('pkg-17000');
    await page.keyboard.press('Enter');
    expect(await page.locator('#unit-title').innerText()).toContain('pkg-17000');
    await page.locator('[data-chip="arch=arm64"]').click();
    expect(await page.locator('#builds-count').innerText()).toBe('17,500 of 35,000 builds');
    await page.evaluate("document.querySelector('.builds-scroll').scrollTop = 1e9");
    await page.locator('#builds-table [aria-rowindex="17501"]').waitFor();
    expect(Number(await page.evaluate("document.querySelectorAll('*').length"))).toBeLessThan(12_000);
  });

  it('takes every text of a plan for a text', async () => {
    const plans = [PAYLOAD_PLAN, makePayloadPlan(HOSTILE)];
    const page = await open(await browser.write(...plans));
    const units = plans.flatMap(({ targets }, index) =>
      targets.flatMap(({ tasks }) =>
        tasks.map(({ id, source }) => ({ address: addressOf(index, id), source })),
      ),
    );
    const titles: unknown = await page.evaluate(visit(units.map(({ address }) => address)));
    expect(titles).toEqual(units.map(({ source }): unknown => expect.stringContaining(source)));
    expect(
      await page.locator('img, iframe, object, embed, [onerror], [onclick], a[href^="javascript"]').count(),
    ).toBe(0);
    expect(await page.evaluate('globalThis.isTaken')).toBeUndefined();
  });

  it('has asked nothing of any network, and left no word in the console', () => {
    expect(opened.length).toBeGreaterThan(10);
    expect(opened.flatMap(({ troubles }) => troubles)).toEqual([]);
  });
});

/** What would do something, were it markup or a script. */
const HOSTILE = [
  '<img src=x onerror="isTaken=1">',
  '<script>isTaken=1</script>',
  '</script><script>isTaken=1</script>',
  '"><svg onload=isTaken=1>',
  'javascript:isTaken=1',
  "';isTaken=1;'",
  '<!--<script>',
  ']]>',
  '\u2028isTaken=1',
];

const BRIGHTNESS = `(() => {
  const [r, g, b] = getComputedStyle(document.body).backgroundColor.match(/[\\d.]+/g).map(Number);
  return (r + g + b) / 765;
})()`;

/** One after the other on one slot, each a third of the plan. */
function threeBuilds(): Plan {
  const names = ['first', 'middle', 'last'];
  const minute = 60_000;
  const tasks = names.map((source, index): PlanTask =>
    planTask({
      id: `${source}_1/amd64`,
      source,
      version: '1',
      needs: names.slice(Math.max(index - 1, 0), index).map((name) => `${name}_1/amd64`),
      startMs: index * minute,
      durationMs: minute,
      workMs: minute,
      workUpperMs: minute,
    }),
  );
  return {
    ...emptyPlan([{ target: { arch: 'amd64', kind: 'any', profiles: [] }, tasks }]),
    makespanMs: 3 * minute,
    lowerBoundMs: 3 * minute,
  };
}

/** Moves the pointer down the middle of the chart until it is told that it is over a build. */
async function hoverOver(page: Page, name: string): Promise<void> {
  await page.locator('#gantt').scrollIntoViewIfNeeded();
  await findInWindow(page, name, page.viewportSize()?.height ?? 0);
}

/** The same without scrolling, above a line of the window. */
async function findInWindow(page: Page, name: string, untilY: number): Promise<void> {
  const box = await page.locator('#gantt').boundingBox();
  if (box === null) throw new Error('BUG: no chart');
  for (let y = Math.max(box.y, 0) + 4; y < Math.min(box.y + box.height, untilY); y += 6) {
    await page.mouse.move(box.x + box.width / 2, y);
    await page.evaluate('new Promise(requestAnimationFrame)');
    const tooltip = page.locator('.tooltip');
    if ((await tooltip.isVisible()) && (await tooltip.innerText()).includes(name)) return;
  }
  throw new Error(`${name} is nowhere below the pointer`);
}

async function focused(page: Page): Promise<unknown> {
  return page.evaluate('document.activeElement?.textContent');
}

async function focusedId(page: Page): Promise<unknown> {
  return page.evaluate('document.activeElement?.id');
}

/** A script that goes to one address after the other, and tells the titles that are shown. */
function visit(addresses: readonly string[]): string {
  return `(async () => {
    const titles = [];
    for (const address of ${JSON.stringify(addresses)}) {
      const isThere = new Promise((resolve) => addEventListener('hashchange', resolve, { once: true }));
      location.hash = address;
      await isThere;
      titles.push(document.getElementById('unit-title').textContent);
    }
    return titles;
  })()`;
}

function addressOf(plan: number, id: string): string {
  return `plans=one&plan=${String(plan + 1)}&unit=${encodeURIComponent(id)}`;
}
