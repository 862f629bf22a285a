import { decodeReport } from '../decode-report.ts';

const text = document.getElementById('report-data')?.textContent ?? '';
const report = decodeReport(text);
const title = document.createElement('h1');
title.textContent = report.plans.map(({ label }) => label).join(' | ');
document.body.append(title);
