/** `0.4 %`, `12 %`: a share in percent, one decimal below ten. */
export function formatShare(share: number): string {
  const percent = share * 100;
  return `${percent !== 0 && percent < 9.95 ? percent.toFixed(1) : percent.toFixed(0)} %`;
}

/** `1 build`, `12,345 builds`. */
export function count(amount: number, noun: string, plural = `${noun}s`): string {
  return `${formatCount(amount)} ${amount === 1 ? noun : plural}`;
}

/** `12,345`, the same in every locale. */
export function formatCount(amount: number): string {
  return String(amount).replace(/\B(?=(?:\d{3})+$)/g, ',');
}
