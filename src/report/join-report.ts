import { encodeReport } from './encode-report.ts';
import type { ReportData } from './report-data.ts';

/** The two files of the built page. */
export interface PageFiles {
  /** One module without imports. */
  readonly script: PageFile;
  readonly style: PageFile;
}

interface PageFile {
  readonly text: string;
  /** As `Content-Security-Policy` wants it: `sha256-` and base64. */
  readonly hash: string;
}

/**
 * The report as one HTML file that needs nothing else. Its policy forbids the browser to load anything, to send anything, and to run any
 * script but the page's own. Same data, same bytes.
 */
export function joinReport(data: ReportData, page: PageFiles): string {
  const title = data.plans.map(({ label }) => label).join(' | ');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policyOf(page)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${escapeHtml(title)} · debplan report</title>
<link rel="icon" href="data:image/svg+xml,${encodeURIComponent(ICON)}">
<style>${verbatim(page.style)}</style>
</head>
<body>
<noscript>This report is drawn by a script that it holds; please allow scripts for it.</noscript>
<script type="application/json" id="report-data">${encodeReport(data)}</script>
<script type="module">${verbatim(page.script)}</script>
</body>
</html>
`;
}

/** Images are the icon and what the page draws itself. */
function policyOf({ script, style }: PageFiles): string {
  return [
    "default-src 'none'",
    `script-src '${script.hash}'`,
    `style-src '${style.hash}'`,
    'img-src data: blob:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

/** What a browser reads of these elements is exactly their text, so that the hashes hold. */
function verbatim({ text }: PageFile): string {
  if (/<\/(?:script|style)|<!--|[\r\0]/i.test(text))
    throw new Error('BUG: the page holds what would end its element');
  return text;
}

/** A text as HTML shows it. */
function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** Three bars of a Gantt chart. */
const ICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" rx="3" fill="#20242c"/>' +
  '<path d="M2 3h8v3H2z" fill="#5b8def"/><path d="M6 7h8v3H6z" fill="#e5a13c"/><path d="M4 11h7v3H4z" fill="#58b38a"/></svg>';
