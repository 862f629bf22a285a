import { stat } from 'node:fs/promises';

/** Whether two paths lead to one file, be it through links. False where there is none. */
export async function isSameFile(a: string, b: string): Promise<boolean> {
  const [one, other] = await Promise.all([identityOf(a), identityOf(b)]);
  return one !== undefined && one === other;
}

async function identityOf(path: string): Promise<string | undefined> {
  return stat(path, { bigint: true }).then(
    ({ dev, ino }) => `${String(dev)}/${String(ino)}`,
    () => undefined,
  );
}
