import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { at } from '../../src/base/column.ts';
import { readPage } from '../../src/io/read-page.ts';
import { decodeReport } from '../../src/report/decode-report.ts';
import { joinReport } from '../../src/report/join-report.ts';
import { makeReportData } from '../../src/report/make-report-data.ts';
import { PAYLOADS } from '../emit/payloads.ts';
import { makePayloadPlan } from '../emit/payload-plan.ts';

const HOSTILE = ['</script><script>x</script>', '<!--<script>', '</title>', '" onload="x', '&lt;', "'"];

const page = await readPage();
const data = makeReportData(
  [...PAYLOADS, ...HOSTILE].map((label) => ({ label, sha256: '', plan: makePayloadPlan([label]) })),
);
const html = joinReport(data, page);

describe('joinReport', () => {
  it('is one document with one script, one style sheet and the data, whatever the texts are', () => {
    const tags = [...html.matchAll(/<(\/?[a-z!-][a-z]*)/gi)].map(([, tag = '']) => tag.toLowerCase());
    const outside = html.replace(page.script.text, '').replace(page.style.text, '');
    const outsideTags = [...outside.matchAll(/<(\/?[a-z!-][a-z]*)/gi)].map(([, tag = '']) =>
      tag.toLowerCase(),
    );
    expect(outsideTags).toEqual([
      ...['!doctype', 'html', 'head', 'meta', 'meta', 'meta', 'meta', 'meta', 'title', '/title', 'link'],
      ...[
        'style',
        '/style',
        '/head',
        'body',
        'noscript',
        '/noscript',
        'script',
        '/script',
        'script',
        '/script',
      ],
      ...['/body', '/html'],
    ]);
    expect(tags.filter((tag) => tag === '/script' || tag === '/style')).toHaveLength(3);
  });

  it('holds the data as they were', () => {
    const [, encoded = ''] =
      /<script type="application\/json" id="report-data">([^]*?)<\/script>/.exec(html) ?? [];
    expect(decodeReport(encoded).plans.map(({ label }) => label)).toEqual([...PAYLOADS, ...HOSTILE]);
  });

  it('allows its own script and style sheet, and nothing that leads out', () => {
    const [, policy = ''] = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(html) ?? [];
    const [, style = ''] = /<style>([^]*?)<\/style>/.exec(html) ?? [];
    const [, script = ''] = /<script type="module">([^]*?)<\/script>/.exec(html) ?? [];
    const hash = (text: string): string => createHash('sha256').update(text).digest('base64');
    expect(policy.split('; ').sort()).toEqual(
      [
        "default-src 'none'",
        `script-src 'sha256-${hash(script)}'`,
        `style-src 'sha256-${hash(style)}'`,
        'img-src data: blob:',
        "base-uri 'none'",
        "form-action 'none'",
      ].sort(),
    );
    expect(html.indexOf('Content-Security-Policy')).toBeLessThan(html.indexOf('<title>'));
  });

  it('is the same twice', () => {
    expect(joinReport(data, page)).toBe(html);
  });

  it.each(['</script>', '</STYLE', '<!--', '\r'])('refuses a page that holds %j', (text) => {
    const wrong = { ...page, script: { text: `x${text}`, hash: '' } };
    expect(() => joinReport({ plans: [at(data.plans, 0)], comparison: null, bench: null }, wrong)).toThrow(
      'BUG',
    );
  });
});
