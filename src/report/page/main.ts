import { decodeReport } from '../decode-report.ts';
import { showReport } from './show-report.ts';

showReport(decodeReport(document.getElementById('report-data')?.textContent ?? ''));
