// Adds up vitest's JSON reports: `node count.mjs FAILED_STEPS REPORT…`. A missing report counts as one failure, and a failed
// step without a failed test too, so that the last line never looks better than the run was.
import { existsSync, readFileSync } from 'node:fs';

const [failedSteps = '0', ...files] = process.argv.slice(2);
const total = { passed: 0, failed: 0, skipped: 0 };
for (const file of files) {
  if (!existsSync(file)) {
    console.log(`no report: ${file.split('/').pop()}`);
    total.failed++;
    continue;
  }
  const report = JSON.parse(readFileSync(file, 'utf8'));
  total.passed += report.numPassedTests;
  total.failed += report.numFailedTests;
  total.skipped += report.numPendingTests + report.numTodoTests;
}
if (Number(failedSteps) > 0 && total.failed === 0) total.failed = Number(failedSteps);
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed > 0 || Number(failedSteps) > 0 || total.passed === 0 ? 1 : 0;
