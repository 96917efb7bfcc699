// The proofs: in production without exception, on the command line, broken before one's eyes, and after a kill -9.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { assertExit, run } from './lib/cli.mjs';
import { send } from './lib/http.mjs';
import { completeSetup } from './lib/people.mjs';
import { Process, binary, serveProduct, startProduct, tempFolder } from './lib/product.mjs';
import { makeAuthority, makeCertificate, writeOpenConfig } from './lib/serve.mjs';
import { seconds, until } from './lib/wait.mjs';

const LINES = 80;
/** What cannot be tried under `serve`: no gateway for SMS here, and a mailbox that takes one spelling only. */
const UNTRIED = { 'EDG-06': /other spellings/, 'IDN-30': /no number of theirs/ };

async function page(product) {
  return (await product.client().get('/security.json')).json();
}

/** Waits until no line is unchecked any more; answers the lines by number. */
async function tried(product, timeout = 480_000) {
  let open = [];
  const { claims } = await until('every line was tried', async () => {
    const now = await page(product);
    const known = ({ id, state, reason }) => state !== 'unchecked' || UNTRIED[id]?.test(reason);
    open = now.claims.filter((claim) => !known(claim)).map(({ id, reason }) => `${id}: ${reason}`);
    return now.claims.length === LINES && open.length === 0 && now;
  }, { timeout, every: 500 }).catch((error) => {
    throw new Error(`${error.message}; untried: ${open.join('; ')}`);
  });
  return Object.fromEntries(claims.map((claim) => [claim.id, claim]));
}

test('in production every line is proven, canaries and their mail included', async (t) => {
  const folder = tempFolder();
  const authority = makeAuthority(folder);
  const certificate = makeCertificate(folder, authority);
  const place = await writeOpenConfig(folder, certificate);
  const product = await serveProduct(place.file, { origin: place.origin, data: place.data, ca: authority.pem });
  t.after(() => product.stop());
  await completeSetup(product);
  const started = performance.now();
  const lines = await tried(product);
  t.diagnostic(`from the set-up to the last verdict: ${seconds(performance.now() - started)}`);
  for (const [id, line] of Object.entries(lines)) {
    const state = ['AUD-05', 'IDN-36'].includes(id) ? 'enforced' : id in UNTRIED ? 'unchecked' : 'proven';
    // The last line counts the others: two of them have no verdict.
    if (id !== 'OPS-01') assert.equal(line.state, state, `${id}: ${line.state}, ${line.reason}`);
  }
  await t.test('the plain listener leads on and takes nothing', async () => {
    const led = await send(place.redirect, 'GET', '/login?next=%2F');
    assert.equal(led.status, 308);
    assert.equal(led.headers.location, `${place.origin}/login?next=%2F`);
    const body = JSON.stringify({ email: 'a@b.example', password: 'a password in the clear' });
    const posted = await send(place.redirect, 'POST', '/api/v1/sign-in', { body, headers: { 'content-type': 'application/json' } });
    assert.equal(posted.status, 403);
    assert.match(posted.text, /not read/);
    assert.equal(posted.headers['set-cookie'], undefined);
  });
  await t.test('metrics have a listener of their own', async () => {
    assert.match((await send(place.metrics, 'GET', '/metrics')).text, /vouchsafe_claim_state\{claim="IDN-22",vouchsafe_claim_state="proven"\} 1/);
    assert.equal((await product.client().get('/metrics')).status, 404);
  });
  await t.test('an outsider agrees, from this machine too', async () => {
    const pins = join(folder, 'pins.json');
    const first = assertExit(await run(['verify', place.origin, '--ca', authority.cert, '--pins', pins, '--json']), 0);
    const found = JSON.parse(first.stdout);
    assert.equal(found.agrees, true);
    assert.equal(found.lines.length, LINES);
    assert.ok(found.tried_from_here.every(({ held }) => held === true), JSON.stringify(found.tried_from_here));
    const again = assertExit(await run(['verify', place.origin, '--ca', authority.cert, '--pins', pins]), 0);
    assert.match(again.stdout, /IDN-22 +proven +agree/);
    assertExit(await run(['verify', place.origin, '--pins', pins]), 7, 'a certificate that nobody vouches for');
  });
  await t.test('the mailbox takes letters to canaries only', async () => {
    assert.match(await smtp(place.mailbox, ['HELO x', 'MAIL FROM:<a@b.example>', 'RCPT TO:<mara@larkspur.example>']), /550/);
    assert.match(await smtp(place.mailbox, ['HELO x', 'DATA']), /503/);
    assert.match(await smtp(place.mailbox, ['X'.repeat(5000)]), /502/);
  });
});

/** What an SMTP server says to some lines. */
function smtp(port, lines) {
  return new Promise((resolve, reject) => {
    const socket = net.connect(port, '127.0.0.1');
    let said = '';
    socket.setEncoding('utf8').on('data', (part) => { said += part; });
    socket.once('error', reject).once('close', () => resolve(said));
    socket.write(`${[...lines, 'QUIT'].join('\r\n')}\r\n`);
    setTimeout(() => socket.destroy(), 3000).unref();
  });
}

test('without a mailbox a production says so, and what needs no canary is proven', async (t) => {
  const folder = tempFolder();
  const authority = makeAuthority(folder);
  const place = await writeOpenConfig(folder, makeCertificate(folder, authority));
  const text = readFileSync(place.file, 'utf8').replace(/\[posture\.mailbox\][^]*$/, '').replace(/\[mail\][^[]*/, '');
  writeFileSync(place.file, text);
  const product = await serveProduct(place.file, { origin: place.origin, data: place.data, ca: authority.pem });
  t.after(() => product.stop());
  await completeSetup(product);
  const lines = await until('the lines without canaries are proven', async () => {
    const { claims } = await page(product);
    const of = Object.fromEntries(claims.map((claim) => [claim.id, claim]));
    return ['IDN-22', 'IDN-37', 'EDG-12', 'AUD-20'].every((id) => of[id]?.state === 'proven') && of;
  }, { timeout: 60_000, every: 500 });
  for (const id of ['IDN-09', 'IDN-10', 'TEN-02', 'EDG-09']) {
    assert.equal(lines[id].state, 'unchecked', id);
    assert.match(lines[id].reason, /no canary mailbox|not tried yet/);
  }
});

test('the command line: the whole catalogue, one line, runs and falsifications', async (t) => {
  const product = await startProduct({ limits: true });
  t.after(() => product.stop());
  await completeSetup(product);
  await tried(product);
  const on = ['--data', product.data];
  const all = JSON.parse(assertExit(await run(['claims', '--json', ...on]), 0).stdout).items;
  assert.equal(all.length, 336);
  assert.equal(all.filter(({ state }) => state === 'not-built').length > 200, true);
  assert.ok(all.every(({ id, text, state, classes }) => id && text && state && classes.length));
  const published = JSON.parse(assertExit(await run(['claims', '--published', '--json', ...on]), 0).stdout).items;
  assert.equal(published.length, LINES);
  assert.match(assertExit(await run(['claims', 'BIL-01', ...on]), 0).stdout, /not-built/);
  assertExit(await run(['claims', 'IDN-99', ...on]), 3);
  const before = (await page(product)).claims.find(({ id }) => id === 'TEN-05');
  const ran = assertExit(await run(['posture', 'falsify', 'TEN-05', '--json', ...on], { timeout: 120_000 }), 0);
  const [after] = JSON.parse(ran.stdout).items;
  assert.equal(after.state, 'proven');
  assert.ok(after.falsified_at > before.falsified_at, 'falsified anew');
  assert.ok(after.proved_at > before.proved_at, 'and proven anew');
  assertExit(await run(['posture', 'run', 'IDN-99', ...on]), 3);
});

test('an operator weakens, pauses and withdraws in public, and nobody attests alone', async (t) => {
  const product = await startProduct({ limits: true });
  t.after(() => product.stop());
  const owner = await completeSetup(product);
  await tried(product);
  const at = (id, verb = '') => `/posture/claims/${id}${verb}`;
  const ok = (answer, status) => assert.equal(answer.status, status, answer.text);
  ok(await owner.client.api('PUT', at('IDN-10'), { figures: { first_refusal: 60 } }), 204);
  ok(await owner.client.api('PUT', at('IDN-10'), { figures: { first_refusal: -1 } }), 422);
  ok(await owner.client.api('PUT', at('BIL-01'), {}), 422);
  ok(await owner.client.api('POST', at('TEN-06', '/pause'), { why: 'the disk is being moved' }), 204);
  ok(await owner.client.api('POST', at('EDG-12', '/withdraw'), { why: '' }), 422);
  ok(await owner.client.api('POST', at('EDG-12', '/withdraw'), { why: 'a proxy speaks TLS now' }), 204);
  const document = 'b'.repeat(64);
  const paper = { claim: 'PRV-25', issuer: 'An auditor', scope: 'The data centre', document, effective_from: '2026-01-01', effective_until: '2099-01-01' };
  const taken = await owner.client.api('POST', '/posture/attestations', paper);
  ok(taken, 201);
  ok(await owner.client.api('PUT', at('PRV-25'), {}), 204);
  ok(await owner.client.api('POST', `/posture/attestations/${taken.json().id}/approve`, {}), 422);
  ok(await owner.client.api('POST', '/posture/attestations', { ...paper, effective_until: '2020-01-01' }), 422);
  const now = await page(product);
  const line = (id) => now.claims.find((claim) => claim.id === id);
  assert.equal(line('IDN-10').promised.value, 60);
  assert.match(line('IDN-10').text, /within 60 s/);
  assert.equal(line('EDG-12').state, 'withdrawn');
  assert.equal(line('PRV-25').state, 'unchecked');
  const changes = (await product.client().get('/security/changes.json')).json().items;
  const last = (id) => changes.find(({ claim }) => claim === id);
  assert.equal(last('IDN-10').change, 'weakened');
  assert.equal(last('TEN-06').change, 'paused');
  assert.equal(last('EDG-12').change, 'withdrawn');
  assert.equal(last('EDG-12').why, 'a proxy speaks TLS now');
  const verified = assertExit(await run(['verify', product.origin, '--pins', join(tempFolder(), 'p.json')]), 0);
  assert.match(verified.stdout, /EDG-12 +withdrawn +agree/);
});

test('a shadow is broken: page, JSON, badge, feed, metrics and verifier are red', async () => {
  const shown = new Process(binary(), ['posture', 'falsify', '--show', 'TEN-01']);
  // It proves every line first.
  const line = await shown.line(480_000);
  assert.match(line, /TEN-01 is proven there/);
  assert.match(await shown.line(150_000), /TEN-01 is failing now/);
  const origin = line.match(/http:\/\/localhost:\d+/)[0];
  const read = async (path) => (await send(origin, 'GET', path)).text;
  assert.match(await read('/security/claims/TEN-01'), /Failing/);
  assert.equal(JSON.parse(await read('/security.json')).claims.find(({ id }) => id === 'TEN-01').state, 'failing');
  assert.match(await read('/security/badge.svg'), /[12] failing/);
  assert.match(await read('/security/badge.svg?claim=TEN-01'), /TEN-01: failing/);
  assert.match(await read('/security/feed.atom'), /TEN-01: Proven → Failing/);
  assert.match(await read('/metrics'), /claim="TEN-01",vouchsafe_claim_state="failing"\} 1/);
  const verified = assertExit(await run(['verify', origin, '--pins', join(tempFolder(), 'p.json')]), 0);
  assert.match(verified.stdout, /TEN-01 +failing +agree/);
  await shown.end('SIGINT');
});

test('after kill -9 in the middle of a round nothing is left over and everything is proven again', async (t) => {
  const data = join(tempFolder(), 'data');
  const first = await startProduct({ data, limits: true });
  await completeSetup(first);
  // Shadows are open now and then in the first seconds; the machine dies while one is.
  await until('a shadow is open', () => existsSync(join(data, 'shadows')) && readdirSync(join(data, 'shadows')).length > 0,
    { timeout: 60_000, every: 20 });
  await first.process.end('SIGKILL');
  assert.ok(readdirSync(join(data, 'shadows')).length > 0, 'a shadow was left over');
  const second = await startProduct({ data, limits: true });
  t.after(() => second.stop());
  const lines = await tried(second);
  assert.equal(lines['TEN-05'].state, 'proven', lines['TEN-05'].reason);
  assert.equal(existsSync(join(data, 'shadows')) ? readdirSync(join(data, 'shadows')).length : 0, 0);
});

test('every probe notices its own sabotage, and the published matrix is of these probes', async () => {
  const file = join(tempFolder(), 'matrix.md');
  const { stdout } = assertExit(await run(['posture', 'matrix', '--write', file], { timeout: 1_500_000 }), 0);
  const made = readFileSync(file, 'utf8');
  assert.equal(stdout.trim(), made.trim());
  const published = readFileSync(new URL('../docs/probe-matrix.md', import.meta.url), 'utf8');
  const rows = (text) => text.split('\n').filter((line) => line.startsWith('| ')).map((line) => line.split(' | ').slice(0, 2).join(' | '));
  assert.deepEqual(rows(made), rows(published), 'docs/probe-matrix.md is stale: vouchsafe posture matrix --write docs/probe-matrix.md');
  const own = (text) => text.split('\n').filter((line) => line.startsWith('| ')).slice(1)
    .map((line, n) => line.split(' | ')[n + 2]?.replace(' |', ''));
  assert.ok(own(published).every((mark) => mark === 'R'), 'the published diagonal is red');
});
