// A disk that is really full: refused with words that help, and nothing that was acknowledged is lost.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { assertExit, run } from './lib/cli.mjs';
import { completeSetup } from './lib/people.mjs';
import { startProduct, tempFolder } from './lib/product.mjs';
import { until } from './lib/wait.mjs';

const DISK_MIB = 24;
const LEFT_BYTES = 2 * 1024 * 1024;
const WRITES_MAX = 5_000;

test('a full disk is told and survived', async (t) => {
  const disk = smallDisk(t);
  if (disk === null) return;
  const product = await startProduct({ data: join(disk, 'data') });
  t.after(() => product.stop());
  const { client } = await completeSetup(product);
  const write = (name) => client.api('POST', '/tokens', { name, expires_in_days: 7, scopes: ['all'] });

  fill(disk);
  const acknowledged = [];
  let refusal = null;
  for (let turn = 0; refusal === null && turn < WRITES_MAX; turn += 1) {
    const answer = await write(`turn ${turn}`);
    if (answer.status === 201) acknowledged.push(answer.json().id);
    else refusal = answer;
  }
  t.diagnostic(`${acknowledged.length} writes acknowledged before the disk was full, then ${refusal?.status}`);
  assert.ok(refusal, `the disk never became full in ${WRITES_MAX} writes`);
  assert.ok([503, 507].includes(refusal.status), refusal.text);
  assert.match(refusal.text, /space|full/i, 'the answer says what is the matter');
  await until('a line in the log', async () => /disk is full/.test(product.stderr));
  assert.equal((await client.api('GET', '/tokens')).status, 200, 'reading goes on');

  rmSync(join(disk, 'ballast'));
  const after = await until('a write with space again', async () => {
    const answer = await write('after');
    return answer.status === 201 && answer.json();
  });
  const kept = new Set((await client.list('/tokens')).map(({ id }) => id));
  assert.deepEqual([...acknowledged, after.id].filter((id) => !kept.has(id)), [], 'acknowledged and lost');
  await product.stop();
  assertExit(await run(['audit', 'verify', '--data', join(disk, 'data')]), 0, 'audit verify');
});

/** A file system of its own, so that nothing else on the machine runs out of space; null without the right to mount. */
function smallDisk(t) {
  const folder = join(tempFolder(), 'disk');
  mkdirSync(folder, { mode: 0o700 });
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_MIB}m,mode=0700`, 'tmpfs', folder], { stdio: 'pipe' });
  } catch (error) {
    assert.ok(!process.env.CI, `the tests of CI need the right to mount: ${error.message}`);
    t.skip('needs the right to mount a small file system');
    return null;
  }
  t.after(() => execFileSync('umount', ['--lazy', folder]));
  return folder;
}

function fill(disk) {
  const { bavail, bsize } = statfsSync(disk);
  writeFileSync(join(disk, 'ballast'), Buffer.alloc(bavail * bsize - LEFT_BYTES));
}
