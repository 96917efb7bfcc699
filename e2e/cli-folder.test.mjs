// The data folder: backups that really restore, keys that do not fit, files that are damaged or gone.
import assert from 'node:assert/strict';
import { chmodSync, copyFileSync, cpSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { assertClearFailure, assertExit, backup, filesUnder, masterKeyFile, run, tenantFile } from './lib/cli.mjs';
import { Client } from './lib/http.mjs';
import { completeSetup, firstTenant, newPerson, newTenant, signIn } from './lib/people.mjs';
import { startProduct, tempFolder } from './lib/product.mjs';
import { seconds } from './lib/wait.mjs';

/** One installation with two organisations, made once and then copied for each test. */
const original = {};

before(async () => {
  const product = await startProduct();
  const owner = await completeSetup(product);
  const other = await newPerson(product, 'Tomas Reyes');
  Object.assign(original, {
    owner, other, data: product.data,
    ownTenant: await firstTenant(owner), otherTenant: await newTenant(other, 'Otterfield Research'),
  });
  await nameContact(owner.client, original.ownTenant, 'Before the backup');
  await product.stop();
});

function copyOfFolder() {
  const data = join(tempFolder(), 'data');
  cpSync(original.data, data, { recursive: true, preserveTimestamps: true });
  return data;
}

async function nameContact(client, { slug, name }, description) {
  const answer = await client.form(`/t/${slug}/settings`, { name, description, contact: 'office@larkspur.example' });
  assert.ok(answer.status < 400, `settings: ${answer.status}`);
}

/** The same session as before, on a product that now listens elsewhere. */
const again = (product, person) => new Client(product.origin, { cookies: person.client.cookies });

const settings = (client, tenant) => client.page(`/t/${tenant.slug}/settings`);

const upOn = (data) => run(['up', '--json', '--no-open', '--no-input', '--port', '0', '--https-port', '0', '--data', data], { timeout: 30_000 });

test('the copy of a stopped folder starts, and sessions go on', async () => {
  const product = await startProduct({ data: copyOfFolder() });
  assert.equal((await again(product, original.owner).api('GET', '/me')).status, 200);
  await product.stop();
});

for (const state of ['running', 'stopped']) {
  test(`a backup of a ${state} folder restores into a new one`, async (t) => {
    const data = copyOfFolder();
    let product = await startProduct({ data });
    if (state === 'stopped') await product.stop();
    const started = performance.now();
    const made = JSON.parse(assertExit(await run(backup.create(data)), 0).stdout);
    t.diagnostic(`backup of a ${state} folder: ${seconds(performance.now() - started)}, ${JSON.stringify(made)}`);
    const listed = JSON.parse(assertExit(await run(backup.list(data)), 0).stdout);
    assert.ok((listed.items ?? listed).some(({ id }) => id === made.id), 'the backup is listed');
    if (state === 'stopped') product = await startProduct({ data });
    await nameContact(again(product, original.owner), original.ownTenant, 'After the backup');
    await product.stop();

    const restored = join(tempFolder(), 'restored');
    const restoring = performance.now();
    assertExit(await run(backup.restore(made.id, data, restored, masterKeyFile(data))), 0);
    t.diagnostic(`restore: ${seconds(performance.now() - restoring)}`);
    const back = await startProduct({ data: restored });
    t.after(() => back.stop());
    await signIn(back, original.owner);
    await signIn(back, original.other);
    assert.equal((await again(back, original.owner).api('GET', '/me')).status, 200, 'a session of before works');
    const page = await settings(again(back, original.owner), original.ownTenant);
    assert.ok(page.text.includes('Before the backup') && !page.text.includes('After the backup'), 'the state of the backup');
    assertExit(await run(['audit', 'verify', '--data', restored]), 0);
  });
}

test('a restore never writes over a folder that holds something, nor from a backup that is not there', async () => {
  const data = copyOfFolder();
  const made = JSON.parse(assertExit(await run(backup.create(data)), 0).stdout);
  const full = copyOfFolder();
  assertClearFailure(await run(backup.restore(made.id, data, full, masterKeyFile(data))), /not empty|exists/i);
  assertExit(await run(backup.restore('no-such-backup', data, join(tempFolder(), 'new'), masterKeyFile(data))), [1, 3]);
});

test('the master key of another installation is refused by name', async () => {
  const stranger = await startProduct();
  await stranger.stop();
  const data = copyOfFolder();
  copyFileSync(masterKeyFile(stranger.data), masterKeyFile(data));
  assertClearFailure(await upOn(data), /master key/i);
});

test('a missing or broken master key is refused, and never made anew', async () => {
  const data = copyOfFolder();
  const key = masterKeyFile(data);
  writeFileSync(key, 'this is no key\n', { mode: 0o600 });
  assertClearFailure(await upOn(data), /master key/i);
  renameSync(key, `${key.replace(/master/i, 'moved')}`);
  assertClearFailure(await upOn(data), /master key/i);
});

test('a master key that others can read is refused until it is put right', async () => {
  const data = copyOfFolder();
  const key = masterKeyFile(data);
  assert.equal(statSync(key).mode & 0o777, 0o600, 'made for its owner alone');
  chmodSync(key, 0o644);
  const refused = await upOn(data);
  assertClearFailure(refused, /master key/i);
  assert.match(refused.stderr, /chmod|0?600/, 'it says how to mend it');
  assertClearFailure(await run(['doctor', '--data', data]), /master key|600/i, 'doctor sees it too');
  chmodSync(key, 0o600);
  const product = await startProduct({ data });
  await product.stop();
});

test('no file of the folder holds an address or a name in the clear', async () => {
  const needles = [original.owner.email, original.other.email, 'Otterfield Research', original.owner.password].map(Buffer.from);
  for (const path of filesUnder(original.data)) {
    const bytes = readFileSync(path);
    for (const needle of needles) assert.ok(!bytes.includes(needle), `${path} holds ${needle}`);
  }
});

/** One organisation is broken: it says so, nobody else notices. */
async function assertOthersServed(data, what) {
  const product = await startProduct({ data });
  const broken = await settings(again(product, original.other), original.otherTenant);
  assert.ok([500, 503].includes(broken.status), `${what}: status ${broken.status}`);
  const problem = await again(product, original.other).get(`/t/${original.otherTenant.slug}/settings`, { accept: 'application/json' });
  assert.equal(problem.type, 'application/problem+json');
  assert.ok(problem.json().trace.length > 0, 'a number to quote');
  assert.equal((await settings(again(product, original.owner), original.ownTenant)).status, 200, `${what}: the other one is served`);
  assert.equal((await again(product, original.other).page('/dashboard/sessions')).status, 200, `${what}: the account still works`);
  assert.equal((await again(product, original.owner).get('/readyz')).status, 200);
  await product.stop();
  const { id, slug } = original.otherTenant;
  assert.ok(product.stderr.includes(id) || product.stderr.includes(slug), `${what}: the log names the organisation`);
  assert.ok(!product.stderr.includes('panicked'));
}

test('the missing file of one organisation is reported, not made anew', async () => {
  const data = copyOfFolder();
  const file = tenantFile(data, original.otherTenant);
  renameSync(file, join(tempFolder(), 'moved'));
  await assertOthersServed(data, 'missing file');
});

test('a flipped byte in the file of one organisation is noticed and reported', async () => {
  const data = copyOfFolder();
  const file = tenantFile(data, original.otherTenant);
  const bytes = readFileSync(file);
  // The first page is read by every opening; its first bytes are the salt and not under its checksum.
  bytes[100] ^= 0x01;
  writeFileSync(file, bytes);
  await assertOthersServed(data, 'flipped byte');
});
