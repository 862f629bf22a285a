import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { readPage } from '../../src/io/read-page.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { joinReport } from '../../src/report/join-report.ts';
import { makeReportData } from '../../src/report/make-report-data.ts';

const CHROMIUM = '/usr/bin/chromium';

export function isBrowserInstalled(): boolean {
  return existsSync(CHROMIUM);
}

/** A report in a browser. */
export interface OpenReport {
  readonly page: Page;
  /** What went wrong: errors and warnings of the console, uncaught ones, and all that was asked of the network. */
  readonly troubles: readonly string[];
}

/** Opens reports in Debian's Chromium, each in a context of its own. */
export class ReportBrowser {
  readonly #folder = mkdtempSync(join(tmpdir(), 'debplan-report-'));
  #browser: Browser | undefined;
  #count = 0;

  /** Writes the report of some plans to a file. @returns its path */
  async write(...plans: readonly Plan[]): Promise<string> {
    const labelled = plans.map((plan, index) => ({
      label: plans.length === 1 ? 'plan.json' : `${'ab'.charAt(index)}/plan.json`,
      sha256: String(index).repeat(64),
      plan,
    }));
    const path = join(this.#folder, `report-${String(this.#count++)}.html`);
    writeFileSync(path, joinReport(makeReportData(labelled), await readPage()));
    return path;
  }

  /** @param address what stands behind `#` */
  async open(path: string, options: BrowserContextOptions = {}, address = ''): Promise<OpenReport> {
    this.#browser ??= await chromium.launch({
      executablePath: CHROMIUM,
      args: [
        ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
        ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
      ],
    });
    const context = await this.#browser.newContext({
      viewport: { width: 1280, height: 800 },
      colorScheme: 'light',
      reducedMotion: 'reduce',
      ...options,
    });
    const page = await context.newPage();
    const troubles: string[] = [];
    const url = pathToFileURL(path).href;
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning')
        troubles.push(`${message.type()}: ${message.text()}`);
    });
    page.on('pageerror', (error) => troubles.push(`uncaught: ${error.message}`));
    page.on('dialog', (dialog) => {
      troubles.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('request', (request) => {
      if (request.url().split('#')[0] !== url && !request.url().startsWith('data:'))
        troubles.push(`request: ${request.url()}`);
    });
    await page.goto(address === '' ? url : `${url}#${address}`);
    return { page, troubles };
  }

  /** Where pictures and reports lie until it is closed. */
  get folder(): string {
    return this.#folder;
  }

  async close(): Promise<void> {
    await this.#browser?.close();
    rmSync(this.#folder, { recursive: true });
  }
}
