// Mail over a real SMTP server with STARTTLS and a certificate authority of our own.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { completeSetup, signIn, somebody } from './lib/people.mjs';
import { freePort, linkIn, serveProduct, tempFolder, tokenIn } from './lib/product.mjs';
import { makeAuthority, makeCertificate, startMailServer, writeConfig } from './lib/serve.mjs';
import { seconds, until } from './lib/wait.mjs';

const folder = tempFolder();
const authority = makeAuthority(folder);
const stranger = makeAuthority(folder, 'Some other CA');
const certificate = makeCertificate(folder, authority);

/** A product in production mode whose mail goes to a port, trusting one authority for it. */
async function production(t, port, trusted = authority) {
  const place = await writeConfig(tempFolder(), { certificate, mail: { port, caFile: trusted.cert } });
  const product = await serveProduct(place.file, { origin: place.origin, data: place.data, ca: authority.pem });
  t.after(() => product.stop());
  return product;
}

async function mailServer(t, port) {
  const server = await startMailServer(certificate, port);
  t.after(() => server.stop());
  return server;
}

async function signUp(product, name) {
  const person = somebody(name);
  const answer = await product.client().api('POST', '/sign-up', {
    name: person.name, email: person.email, password: person.password,
  });
  assert.equal(answer.status, 202, answer.text);
  return person;
}

/** Waits for the row of a job that was tried and says why it did not work. */
async function failedJob(owner, cause) {
  const row = await until(`a job that failed with ${cause}`, async () => {
    const { text } = await owner.client.page('/admin/jobs');
    return text.match(/<tr>.*?<\/tr>/gs)?.find((part) => part.includes('<td') && cause.test(part));
  }, { timeout: 30_000, every: 500 });
  const attempts = Number(row.match(/class="num"[^>]*>(\d+)</)[1]);
  assert.ok(attempts >= 1, `attempts: ${attempts}`);
  return row.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ').trim();
}

const arrival = (server, person, timeout = 30_000) =>
  until(`a letter to ${person.email}`, () => server.to(person.email)[0], { timeout });

test('a confirmation mail arrives over TLS and its link works', async (t) => {
  const port = await freePort();
  const server = await mailServer(t, port);
  const product = await production(t, port);
  await completeSetup(product);
  const person = await signUp(product, 'Tomas Reyes');
  const asked = performance.now();
  const letter = await arrival(server, person);
  t.diagnostic(`sign-up to arrival: ${seconds(performance.now() - asked)}`);
  assert.equal(letter.tls, true, 'the letter came over TLS');
  assert.match(letter.sender, /noreply@vouchsafe\.example/);
  assert.ok(letter.html && letter.text.length > 0, 'text and HTML');
  assert.ok(linkIn(letter, '/confirm').startsWith(`${product.origin}/`), 'the link leads to the configured origin');
  const confirmed = await product.client().api('POST', '/confirm', { token: tokenIn(letter, '/confirm') });
  assert.equal(confirmed.status, 204, confirmed.text);
  await signIn(product, person);
  const kept = await product.client().get('/dev/mail.json');
  assert.equal(kept.status, 404, 'production keeps no mail for everybody to read');
});

test('no mail goes to a server whose certificate is not trusted; the job is retried and says why', async (t) => {
  const port = await freePort();
  const server = await mailServer(t, port);
  const product = await production(t, port, stranger);
  const owner = await completeSetup(product);
  const person = await signUp(product, 'Priya Raman');
  const row = await failedJob(owner, /certificat|issuer|tls/i);
  t.diagnostic(row);
  assert.equal(server.to(person.email).length, 0, 'nothing was delivered');
  assert.equal((await product.client().get('/readyz')).status, 200, 'the product is well');
  assert.equal((await product.client().page('/login')).status, 200);
  assert.ok(!product.stderr.includes('panicked'));
});

test('mail that finds no server arrives when the server is back', async (t) => {
  const port = await freePort();
  const product = await production(t, port);
  const owner = await completeSetup(product);
  const person = await signUp(product, 'Jun Sato');
  t.diagnostic(await failedJob(owner, /refused|unreachable|connect/i));
  const server = await mailServer(t, port);
  const back = performance.now();
  const letter = await arrival(server, person, 90_000);
  t.diagnostic(`server back to arrival: ${seconds(performance.now() - back)}`);
  assert.equal(letter.tls, true);
  assert.equal(server.to(person.email).length, 1, 'exactly one letter');
});

