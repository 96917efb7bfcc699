// The pictures of the README are made by the tests, so that they show what the program shows.
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';

const FOLDER = fileURLToPath(new URL('../docs/img', import.meta.url));

/** Writes `docs/img/NAME.png` when WRITE_SHOTS=1 asks for it. */
export async function writeShot(page, name) {
  if (process.env.WRITE_SHOTS !== '1') return;
  await mkdir(FOLDER, { recursive: true });
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.emulateMedia({ colorScheme: 'light' });
  await page.screenshot({ path: join(FOLDER, `${name}.png`) });
}
