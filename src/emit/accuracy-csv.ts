import type { AccuracyDocument, Prediction } from '../accuracy/accuracy-document.ts';
import { csvRow } from './csv-row.ts';

/** A row for each build and quantity, with a header; times in ms, sizes in bytes. */
export function emitAccuracyCsv({ duration, ramDisk }: AccuracyDocument): string {
  const rows = [
    ...duration.predictions.map((each) => rowOf('duration', each)),
    ...ramDisk.predictions.map((each) => rowOf('ram_disk', each)),
  ];
  return [HEADER, ...rows].map(csvRow).join('');
}

const HEADER = [
  ...['quantity', 'source', 'version', 'arch', 'builder', 'started_at', 'file'],
  ...['estimator', 'predicted', 'upper', 'actual', 'ratio'],
];

function rowOf(quantity: string, own: Prediction): readonly string[] {
  return [
    ...[quantity, own.source, own.version, own.arch, own.builder ?? '', own.startedAt ?? '', own.file ?? ''],
    ...[own.estimator, ...[own.predicted, own.upper, own.actual, own.ratio].map(String)],
  ];
}
