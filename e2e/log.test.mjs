// The public evidence log, checked by Go's own transparency-log code; and that this check can fail.
import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import http from 'node:http';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { send } from './lib/http.mjs';
import { completeSetup } from './lib/people.mjs';
import { startProduct, tempFolder } from './lib/product.mjs';
import { until } from './lib/wait.mjs';

const folder = tempFolder();
const verifier = join(folder, 'sumdb');
execFileSync('go', ['build', '-o', verifier, '.'], {
  cwd: fileURLToPath(new URL('sumdb', import.meta.url)),
  env: { ...process.env, GO111MODULE: 'off', GOPATH: '/usr/share/gocode', GOFLAGS: '' },
});

const product = await startProduct();
const owner = await completeSetup(product);
after(() => product.stop());

async function check(url, ...flags) {
  const run = promisify(execFile)(verifier, [...flags, url], { timeout: 60_000 });
  return run.then(({ stdout }) => ({ code: 0, stdout, stderr: '' }), (error) => error);
}

const read = (path) => send(product.origin, 'GET', path);
const checkpointSize = async () => Number((await read('/checkpoint')).text.split('\n')[1]);

/** Passes everything on, but for what `change` makes of it. */
async function proxy(t, change) {
  const server = http.createServer(async (request, response) => {
    const answer = await read(request.url);
    const body = answer.status === 200 ? change(request.url, Buffer.from(answer.bytes)) : answer.bytes;
    response.writeHead(answer.status, { 'content-type': answer.headers['content-type'] ?? 'text/plain' }).end(body);
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  t.after(() => server.close());
  return `http://127.0.0.1:${server.address().port}`;
}

test('every entry of the log is under the signed root, by code that is not ours', async (t) => {
  await until('the log has evidence', async () => await checkpointSize() > 0, { timeout: 60_000, every: 250 });
  const { keys } = (await read('/security/keys')).json();
  assert.ok(keys[0].name && keys[0].vkey, 'the first key is the log\'s');
  const result = await check(product.origin, '-key', keys[0].vkey);
  assert.equal(result.code, 0, result.stderr);
  t.diagnostic(result.stdout.trim());
  assert.equal((await check(await proxy(t, (_, body) => body))).code, 0, 'through an honest proxy, with the served key');
});

test('the page, the JSON and the checkpoint speak of the same log', async () => {
  const { checkpoint } = (await read('/security.json')).json();
  const [origin, size] = (await read('/checkpoint')).text.split('\n');
  assert.equal(checkpoint.origin, origin);
  assert.ok(Math.abs(checkpoint.size - Number(size)) < 500, `${checkpoint.size} and ${size}`);
});

test('a grown log is consistent with an older checkpoint, and a shrunk one is not', async (t) => {
  const [older, newer] = [join(folder, 'older'), join(folder, 'newer')];
  assert.equal((await check(product.origin, '-save', older)).code, 0);
  const before = await read('/checkpoint');
  const size = await checkpointSize();
  assert.ok((await owner.client.form('/admin/posture/run', {})).status < 400, 'a new proof run');
  await until('the log grows', async () => await checkpointSize() > size, { timeout: 90_000, every: 500 });
  const result = await check(product.origin, '-old', older, '-save', newer);
  assert.equal(result.code, 0, result.stderr);
  assert.match(result.stdout, /consistent with size/);
  t.diagnostic(result.stdout.trim().replaceAll('\n', '; '));

  const rolledBack = await proxy(t, (path, body) => (path === '/checkpoint' ? before.bytes : body));
  const shrunk = await check(rolledBack, '-old', newer);
  assert.equal(shrunk.code, 1);
  assert.match(shrunk.stderr, /shrank/);
});

/** Flips one bit in the middle of every body under a path. */
const flip = (prefix) => (path, body) => {
  if (path.startsWith(prefix)) body[body.length >> 1] ^= 1;
  return body;
};

for (const [what, prefix] of [['a tile', '/tile/0/'], ['an entry', '/tile/entries/'], ['the checkpoint', '/checkpoint']]) {
  test(`one flipped bit in ${what} is noticed`, async (t) => {
    const { keys } = (await read('/security/keys')).json();
    const result = await check(await proxy(t, flip(prefix)), '-key', keys[0].vkey);
    assert.equal(result.code, 1, result.stdout);
    t.diagnostic(result.stderr.trim());
  });
}

test('a checkpoint that another key signed is refused', async (t) => {
  const other = await startProduct();
  t.after(() => other.stop());
  const { keys } = (await send(other.origin, 'GET', '/security/keys')).json();
  const result = await check(product.origin, '-key', keys[0].vkey);
  assert.equal(result.code, 1, result.stdout);
});
