import { describe, expect, it } from 'vitest';
import type { FootprintParts } from '../../src/estimate/estimate.ts';
import {
  footprintParts,
  footprintQuantile,
  partsOfTotal,
  type Footprint,
} from '../../src/estimate/footprint.ts';
import { CHROOT_PEAK } from '../../src/estimate/peak-ratio.ts';

const MIB = 1024 ** 2;

/** Thirteen builds in tmpfs (MiB): tarballs, dependencies installed and downloaded, Build-Space, peak. */
const MEASURED: Readonly<Record<string, readonly [number, number, number, number, number]>> = {
  tree: [0.07, 73, 19, 1.5, 682],
  dash: [0.3, 73, 19, 5.9, 664],
  hello: [0.7, 89, 22, 8.6, 668],
  libonig: [0.65, 73, 19, 26.8, 683],
  jq: [0.45, 222, 58, 14, 869],
  zlib: [1.3, 154, 39, 17, 782],
  'libpng1.6': [1.6, 74, 20, 29, 689],
  busybox: [2.5, 73, 19, 170, 806],
  'libgpg-error': [1.0, 1303, 266, 58, 2105],
  libassuan: [0.6, 1295, 264, 30, 2209],
  sqlite3: [13.9, 94, 25, 431, 1106],
  'fluid-soundfont': [134.9, 73, 19, 406, 1278],
  openssl: [15.4, 74, 19, 4034, 4729],
};

function measured([tarballs, depends, downloads, tree]: readonly number[]): Footprint {
  return {
    holds: 'chroot',
    chroot: {
      baseBytes: 440 * MIB,
      listsBytes: 120 * MIB,
      dependsBytes: (depends ?? 0) * MIB,
      downloadBytes: (downloads ?? 0) * MIB,
      tarballBytes: (tarballs ?? 0) * MIB,
    },
    tree: { median: (tree ?? 0) * MIB, sigma: 0 },
    ratio: CHROOT_PEAK,
  };
}

function sum({
  baseBytes,
  listsBytes,
  dependsBytes,
  downloadsBytes,
  treeBytes,
  peakBytes,
  reserveBytes,
}: FootprintParts): number {
  return baseBytes + listsBytes + dependsBytes + downloadsBytes + treeBytes + peakBytes + reserveBytes;
}

describe('footprintQuantile', () => {
  it.each(Object.entries(MEASURED))('holds the measured peak of %s within a sixth', (_, row) => {
    const peak = row[4] * MIB;
    const upper = footprintQuantile(measured(row), 0.9);
    expect(upper).toBeGreaterThanOrEqual(peak);
    expect(upper).toBeLessThan(peak * 1.17);
    expect(Math.abs(footprintQuantile(measured(row), 0.5) / peak - 1)).toBeLessThan(0.08);
  });
  it('is that of the tree alone where the RAM disk holds nothing else', () => {
    const tree = { median: 100, sigma: 1 };
    const footprint: Footprint = { ...measured(MEASURED['openssl'] ?? []), holds: 'build', tree };
    expect(footprintQuantile(footprint, 0.5)).toBe(100);
    expect(footprintQuantile(footprint, 0.9)).toBe(Math.ceil(100 * Math.exp(1.2815515655446)));
  });
  it('doubts the chroot, the tree and the peak each, and adds doubts as independent ones', () => {
    const sure: Footprint = { ...measured(MEASURED['jq'] ?? []), ratio: { median: 1, sigma: 0 } };
    const excess = (footprint: Footprint): number =>
      footprintQuantile(footprint, 0.9) - footprintQuantile(footprint, 0.5);
    const tree = { ...sure.tree, sigma: 1 };
    const ratio = { median: 1, sigma: 0.05 };
    const noChroot = {
      ...sure.chroot,
      baseBytes: 0,
      listsBytes: 0,
      dependsBytes: 0,
      downloadBytes: 0,
      tarballBytes: 0,
    };
    const ofChroot = excess(sure);
    expect(ofChroot).toBeGreaterThan(30 * MIB);
    expect(excess({ ...sure, chroot: noChroot, tree })).toBeGreaterThan(30 * MIB);
    expect(excess({ ...sure, ratio })).toBeGreaterThan(ofChroot * 1.2);
    expect(excess({ ...sure, ratio })).toBeLessThan(ofChroot * 2);
  });
  it('never falls as the share grows', () => {
    const footprint = { ...measured(MEASURED['jq'] ?? []), tree: { median: 300 * MIB, sigma: 0.8 } };
    const shares = [0.5, 0.6, 0.75, 0.9, 0.99, 0.999];
    const sizes = shares.map((share) => footprintQuantile(footprint, share));
    expect(sizes).toEqual(sizes.toSorted((a, b) => a - b));
  });
});

describe('footprintParts', () => {
  it.each(Object.entries(MEASURED))('adds up to what is reserved for %s', (_, row) => {
    const footprint = measured(row);
    const reserved = footprintQuantile(footprint, 0.9);
    const median = footprintQuantile(footprint, 0.5);
    const parts = footprintParts(footprint, median, reserved);
    expect(sum(parts)).toBe(reserved);
    expect(sum(parts) - parts.reserveBytes).toBe(median);
    expect(parts.peakBytes).toBeGreaterThan(30 * MIB);
    expect(Object.values(parts).every((bytes: number) => bytes >= 0)).toBe(true);
    expect(parts.treeBytes).toBe(Math.ceil(row[3] * MIB));
  });
  it('counts of the downloads what the tree doesn’t need the room of later', () => {
    const parts = footprintParts(measured([1, 1300, 266, 58]), 3072 * MIB, 4096 * MIB);
    // 266 of packages, of which the tarball and the tree take 59 later
    expect(parts.downloadsBytes).toBe((1 + 266 - 59) * MIB);
  });
  it('knows no chroot where the RAM disk holds the build alone', () => {
    const footprint: Footprint = { ...measured([1, 2, 3, 4]), holds: 'build' };
    expect(footprintParts(footprint, 4 * MIB, 5 * MIB)).toEqual({
      baseBytes: 0,
      listsBytes: 0,
      dependsBytes: 0,
      downloadsBytes: 0,
      treeBytes: 4 * MIB,
      peakBytes: 0,
      reserveBytes: MIB,
    });
  });
});

describe('partsOfTotal', () => {
  it('leaves to the tree what the chroot doesn’t take', () => {
    const parts = partsOfTotal(measured([1, 73, 19, 0]), 1000 * MIB, 1200 * MIB);
    expect(parts).toEqual({
      baseBytes: 440 * MIB,
      listsBytes: 120 * MIB,
      dependsBytes: 73 * MIB,
      downloadsBytes: MIB,
      treeBytes: 366 * MIB,
      peakBytes: 0,
      reserveBytes: 200 * MIB,
    });
  });
  it('never gives away more than there is', () => {
    const parts = partsOfTotal(measured([1, 73, 19, 0]), 500 * MIB, 500 * MIB);
    expect(parts).toMatchObject({
      baseBytes: 440 * MIB,
      listsBytes: 60 * MIB,
      dependsBytes: 0,
      treeBytes: 0,
    });
    expect(sum(parts)).toBe(500 * MIB);
  });
});
