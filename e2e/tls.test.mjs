// The HTTPS listener: protocols, ciphers, a new certificate without a restart, and clients that speak something else.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import tls from 'node:tls';
import { promisify } from 'node:util';
import { send } from './lib/http.mjs';
import { Process, freePort, serveProduct, tempFolder } from './lib/product.mjs';
import { exchange } from './lib/raw.mjs';
import { makeAuthority, makeCertificate, writeConfig } from './lib/serve.mjs';
import { seconds, until } from './lib/wait.mjs';

const folder = tempFolder();
const authority = makeAuthority(folder);
const first = makeCertificate(folder, authority);
const place = await writeConfig(folder, { certificate: first, mail: { port: await freePort(), caFile: authority.cert } });
const product = await serveProduct(place.file, { origin: place.origin, data: place.data, ca: authority.pem });
after(() => product.stop());

/** One handshake by the openssl command; level 0 lets it offer what is long out of use. */
async function handshake(port, ...flags) {
  const args = ['s_client', '-connect', `127.0.0.1:${port}`, '-servername', 'localhost', ...flags];
  const run = promisify(execFile)('openssl', args, { timeout: 10_000 });
  run.child.stdin.end();
  const { stdout, stderr } = await run.catch((error) => error);
  return `${stdout}\n${stderr}`;
}

const OLD = ['-cipher', 'ALL:@SECLEVEL=0'];
const agreed = (text) => text.match(/New, (TLSv1(?:\.\d)?), Cipher is (?!\(NONE\))/)?.[1];

test('TLS 1.2 and 1.3 are spoken, 1.0 and 1.1 are refused', async (t) => {
  assert.equal(agreed(await handshake(product.port, '-tls1_3')), 'TLSv1.3');
  assert.equal(agreed(await handshake(product.port, '-tls1_2')), 'TLSv1.2');
  const control = await oldServer(t);
  for (const flag of ['-tls1_1', '-tls1']) {
    assert.match(await handshake(control, flag, ...OLD), /Cipher is (?!\(NONE\))/, `this openssl can speak ${flag}`);
    const answer = await handshake(product.port, flag, ...OLD);
    assert.match(answer, /alert protocol version|alert handshake failure/, `${flag} is refused by the server`);
    assert.match(answer, /Cipher is \(NONE\)/);
  }
});

/** A server that still speaks the old protocols: without it a refusal could be the client's own. */
async function oldServer(t) {
  const port = await freePort();
  const server = new Process('openssl', ['s_server', '-accept', String(port), '-cert', first.cert, '-key', first.key,
    '-cipher', 'ALL:@SECLEVEL=0', '-quiet', '-www']);
  t.after(() => server.end('SIGKILL'));
  await until('the control server speaks', async () => agreed(await handshake(port)), { every: 200 });
  return port;
}

test('weak ciphers of TLS 1.2 are refused', async () => {
  const weak = ['AES128-SHA', 'AES256-GCM-SHA384', 'ECDHE-ECDSA-AES128-SHA', 'DHE-RSA-AES128-GCM-SHA256', 'NULL-SHA256', 'ADH-AES128-SHA'];
  for (const cipher of weak) {
    const answer = await handshake(product.port, '-tls1_2', '-cipher', `${cipher}:@SECLEVEL=0`);
    assert.match(answer, /Cipher is \(NONE\)/, cipher);
  }
});

test('a scanner finds only modern protocols and ciphers', async (t) => {
  const report = join(folder, 'testssl.json');
  const started = performance.now();
  const scanner = new Process('testssl', ['--quiet', '--color', '0', '--warnings', 'off', '--jsonfile', report,
    '--openssl', '/usr/bin/openssl', '--ip', '127.0.0.1', '-p', '-s', `localhost:${product.port}`]);
  await scanner.ended(60_000);
  t.diagnostic(`scan: ${seconds(performance.now() - started)}`);
  const found = new Map(JSON.parse(readFileSync(report, 'utf8')).map(({ id, finding }) => [id, finding]));
  const lists = ['NULL', 'aNULL', 'EXPORT', 'LOW', '3DES_IDEA'].map((name) => `cipherlist_${name}`);
  for (const id of ['SSLv2', 'SSLv3', 'TLS1', 'TLS1_1', ...lists]) {
    assert.match(found.get(id) ?? 'not reported', /^not offered/, id);
  }
  for (const id of ['TLS1_2', 'TLS1_3']) assert.match(found.get(id) ?? 'not reported', /^offered/, id);
});

const serialNow = async () => {
  const socket = tls.connect({ host: '127.0.0.1', port: product.port, servername: 'localhost', ca: authority.pem });
  await new Promise((resolve, reject) => socket.once('secureConnect', resolve).once('error', reject));
  const { serialNumber } = socket.getPeerCertificate();
  socket.destroy();
  return `serial=${serialNumber}`;
};

test('a new certificate is taken up on SIGHUP, and a broken one is not', async (t) => {
  assert.equal(await serialNow(), first.serial);
  const second = makeCertificate(folder, authority);
  assert.notEqual(second.serial, first.serial);
  const started = performance.now();
  product.process.child.kill('SIGHUP');
  await until('the new certificate is served', async () => await serialNow() === second.serial, { timeout: 5_000, every: 50 });
  t.diagnostic(`new certificate after ${seconds(performance.now() - started)}`);

  writeFileSync(second.cert, 'this is no certificate\n');
  const said = product.stderr.length;
  product.process.child.kill('SIGHUP');
  await until('the program says what is wrong', () => /certificate/i.test(product.stderr.slice(said)), { timeout: 5_000 });
  assert.equal(await serialNow(), second.serial, 'the last good certificate stays');
  assert.equal((await product.client().get('/readyz')).status, 200);
});

test('plain HTTP on the HTTPS port is ended at once', async (t) => {
  const result = await exchange(product.port, 'GET / HTTP/1.0\r\n\r\n', { limit: 35_000 });
  t.diagnostic(`closed after ${seconds(result.ms)}`);
  assert.ok(result.closed, 'the connection is closed');
  assert.equal((await product.client().get('/readyz')).status, 200);
});

test('the plain listener does not let the Host header choose where to go', async () => {
  const answer = await send(place.http, 'GET', '/dashboard', { headers: { host: 'evil.example' } });
  assert.ok(answer.status < 500, `status ${answer.status}`);
  assert.ok(!(answer.location ?? '').includes('evil.example'), answer.location);
});

test('the cookie of a session is bound to HTTPS and to this host', async () => {
  const client = product.client();
  const answer = await client.api('POST', '/setup', {
    token: product.setupToken, organisation: 'Larkspur Dental', name: 'Ada Brandt',
    email: 'ada@people.example', password: 'quiet-otter-under-a-lantern',
  });
  assert.equal(answer.status, 201, answer.text);
  const line = answer.headers['set-cookie'].find((cookie) => cookie.startsWith('__Host-'));
  assert.ok(line, `${answer.headers['set-cookie']}`);
  for (const attribute of [/; *secure/i, /; *httponly/i, /; *samesite=lax/i, /; *path=\/(;|$)/i]) assert.match(line, attribute);
  assert.doesNotMatch(line, /; *domain=/i);
});
