// What arrives on a socket and is not proper HTTP: slow clients, floods, smuggling.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { send } from './lib/http.mjs';
import { completeSetup } from './lib/people.mjs';
import { startProduct } from './lib/product.mjs';
import { exchange, silence, trickle } from './lib/raw.mjs';
import { seconds } from './lib/wait.mjs';

const SLOW_MS = 35_000;
const product = await startProduct();
await completeSetup(product);
const { port } = product;
const securePort = Number(new URL(product.https).port);
const HOST = `Host: localhost:${port}\r\n`;
after(() => product.stop());

test('slow clients are cut off, all at the same time', async (t) => {
  const body = `POST /login HTTP/1.1\r\n${HOST}Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\n`;
  const kinds = {
    'a silent connection': silence(port),
    'a silent TLS connection': silence(securePort),
    'a TLS connection that is silent after the handshake': silence(securePort, { secure: true }),
    'a header that trickles': trickle(port, `GET / HTTP/1.1\r\n${HOST}X-Slow: `),
    'a request line that trickles': trickle(port, 'GET /'),
    'a body that trickles': trickle(port, body),
    'a body in chunks that trickles': trickle(port, body.replace(/Content-Length: 1000/, 'Transfer-Encoding: chunked')),
    'a body that trickles over TLS': trickle(securePort, body, { secure: true }),
  };
  const started = performance.now();
  let answered = 0;
  while (performance.now() - started < 5_000) {
    assert.equal((await send(product.origin, 'GET', '/readyz', { timeout: 2_000 })).status, 200);
    answered += 1;
    await new Promise((resolve) => { setTimeout(resolve, 100); });
  }
  t.diagnostic(`${answered} other requests were answered meanwhile`);
  for (const [what, pending] of Object.entries(kinds)) {
    const { closed, ms } = await pending;
    t.diagnostic(`${what}: ${closed ? `closed after ${seconds(ms)}` : 'still open'}`);
    assert.ok(closed && ms <= SLOW_MS, `${what} is closed within ${SLOW_MS / 1000} s, took ${seconds(ms)}`);
  }
});

test('two hundred idle connections do not stop the next visitor', async (t) => {
  const idle = Array.from({ length: 200 }, () => silence(port, { limit: 3_000 }));
  await new Promise((resolve) => { setTimeout(resolve, 1_000); });
  const answer = await send(product.origin, 'GET', '/readyz', { timeout: 2_000 });
  assert.equal(answer.status, 200);
  t.diagnostic(`answer in ${answer.ms.toFixed(1)} ms beside 200 idle connections`);
  await Promise.all(idle);
});

/** One answer at most, of these, and then the connection is closed: what follows on it is never read. */
async function refused(bytes, states, what) {
  const result = await exchange(port, bytes);
  assert.ok(result.answers.length <= 1, `${what}: answers ${result.answers}`);
  assert.ok(result.closed, `${what}: the connection is closed after ${result.answers}`);
  for (const status of result.answers) assert.ok(states.includes(status), `${what}: status ${status}`);
}

test('floods of headers and very long lines are refused', async () => {
  const many = Array.from({ length: 2_000 }, (_, number) => `X-Flood-${number}: 1\r\n`).join('');
  const limits = [400, 413, 414, 431];
  await refused(`GET /login HTTP/1.1\r\n${HOST}${many}\r\n`, limits, '2000 headers');
  await refused(`GET /login HTTP/1.1\r\n${HOST}X-Long: ${'a'.repeat(1 << 20)}\r\n\r\n`, limits, 'a header of 1 MiB');
  await refused(`GET /${'a'.repeat(1 << 20)} HTTP/1.1\r\n${HOST}\r\n`, limits, 'a path of 1 MiB');
  await refused(`${'a'.repeat(1 << 20)}`, limits, 'a megabyte that never ends its line');
});

const SECOND = `GET /smuggled HTTP/1.1\r\n${HOST}\r\n`;
const smuggle = (headers) => `POST /login HTTP/1.1\r\n${HOST}Content-Type: application/x-www-form-urlencoded\r\n${headers}\r\n`;

test('a request with two lengths is refused and nothing after it is read', async () => {
  const cases = {
    'Content-Length, then Transfer-Encoding': smuggle('Content-Length: 5\r\nTransfer-Encoding: chunked\r\n'),
    'Transfer-Encoding, then Content-Length': smuggle('Transfer-Encoding: chunked\r\nContent-Length: 5\r\n'),
    'two different lengths': smuggle('Content-Length: 5\r\nContent-Length: 6\r\n'),
    'a list of lengths': smuggle('Content-Length: 5, 6\r\n'),
    'a signed length': smuggle('Content-Length: +5\r\n'),
    'a negative length': smuggle('Content-Length: -5\r\n'),
    'an unknown encoding': smuggle('Transfer-Encoding: xchunked\r\n'),
    'chunked that is not last': smuggle('Transfer-Encoding: chunked, identity\r\n'),
    'a space before the colon': smuggle('Transfer-Encoding : chunked\r\nContent-Length: 5\r\n'),
  };
  // RFC 9112 leaves the choice: refuse the request, or believe the chunks and close. The form is empty either way.
  for (const [what, head] of Object.entries(cases)) {
    await refused(`${head}0\r\n\r\n${SECOND}`, [400, 401, 411, 413, 422, 501], what);
  }
});

test('malformed requests are refused', async () => {
  const cases = {
    'no HTTP at all': '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n',
    'a NUL in a header': `GET /login HTTP/1.1\r\n${HOST}X-Nul: a\0b\r\n\r\n`,
    'a folded header': `GET /login HTTP/1.1\r\n${HOST}X-Fold: a\r\n b\r\n\r\n`,
    'an unknown version': `GET /login HTTP/9.9\r\n${HOST}\r\n`,
    'a space in the path': `GET /log in HTTP/1.1\r\n${HOST}\r\n`,
    'a broken chunk size': `${smuggle('Transfer-Encoding: chunked\r\n')}zz\r\nabc\r\n0\r\n\r\n`,
    'a chunk size that overflows': `${smuggle('Transfer-Encoding: chunked\r\n')}ffffffffffffffffff\r\nabc\r\n0\r\n\r\n`,
    'no host': 'GET /login HTTP/1.1\r\nConnection: close\r\n\r\n',
    'two hosts': `GET /login HTTP/1.1\r\n${HOST}Host: evil.example\r\nConnection: close\r\n\r\n`,
  };
  for (const [what, bytes] of Object.entries(cases)) await refused(bytes, [400, 404, 408, 422, 505], what);
});

test('a foreign Host header leads nowhere else', async () => {
  const bytes = 'GET /dashboard HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: evil.example\r\nConnection: close\r\n\r\n';
  const { text, answers } = await exchange(port, bytes);
  assert.equal(answers.length, 1);
  assert.ok(answers[0] < 500, `status ${answers[0]}`);
  assert.ok(!/^location: https?:\/\/evil\.example/im.test(text), 'no redirect to the invented host');
});

test('after all this the server answers and nothing panicked', async () => {
  assert.equal((await send(product.origin, 'GET', '/readyz')).status, 200);
  assert.ok(!product.stderr.includes('panicked'), product.stderr.slice(-2000));
});
