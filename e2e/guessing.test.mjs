// hydra, a program that guesses passwords for a living, against sign-in: it gets no further than three guesses, and
// the owner of the account is not locked out by it. Without lockout and limits it finds the password: it can.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { completeSetup, newPerson, strongPassword } from './lib/people.mjs';
import { startProduct, tempFolder } from './lib/product.mjs';

const products = await Promise.all([true, false].map(async (limits) => {
  const product = await startProduct({ limits });
  await completeSetup(product);
  return { limits, product, person: await newPerson(product, 'Bea Novak') };
}));
after(() => Promise.all(products.map(({ product }) => product.stop())));

/** The right password is the sixteenth of twenty. */
function list(person) {
  const guesses = Array.from({ length: 20 }, strongPassword);
  guesses[15] = person.password;
  const file = join(tempFolder(), 'guesses');
  writeFileSync(file, `${guesses.join('\n')}\n`);
  return file;
}

/**
 * hydra writes names and passwords as forms do, solves no challenges, and gives up at a 401, which it takes for another
 * kind of sign-in: it talks to a door that writes JSON for it, solves what stands before sign-in, and says 403.
 */
async function interpreter(product) {
  const server = createServer(async (near, answer) => {
    const parts = await near.toArray();
    const path = near.url.replace('/api/v1', '');
    try {
      const typed = near.method === 'POST' ? JSON.parse(decodeURIComponent(Buffer.concat(parts).toString())) : undefined;
      const got = await product.client().api(near.method, path, typed);
      answer.writeHead(got.status === 401 ? 403 : got.status, { 'content-type': 'application/json' });
      answer.end(got.text);
    } catch {
      answer.destroy();
    }
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  return server;
}

async function hydra(product, person) {
  const door = await interpreter(product);
  const body = '{"email"\\:"^USER^","password"\\:"^PASS^"}';
  const form = `/api/v1/sign-in:${body}:H=Accept\\: application/json:S=session`;
  const args = ['-l', person.email, '-P', list(person), '-s', `${door.address().port}`, '-t', '2', '-f', '-I',
    '-w', '20', '127.0.0.1', 'http-post-form', form];
  const said = await new Promise((done, failed) => {
    execFile('hydra', args, { cwd: tempFolder(), timeout: 60_000, maxBuffer: 1 << 24 }, (error, stdout, stderr) => {
      // It ends with 255 when it found nothing.
      if (error && typeof error.code !== 'number') failed(new Error(`${error.message}: ${stdout.slice(-1000)}`));
      else done(stdout + stderr);
    });
  });
  door.close();
  return said;
}

for (const { limits, product, person } of products) {
  test(limits ? 'guessing ends after three' : 'without limits the guesser finds it', async () => {
    const said = await hydra(product, person);
    assert.match(said, /\d+ of \d+ target/, `it ran to its end: ${said}`);
    assert.doesNotMatch(said, /\[ERROR\]/, said);
    if (!limits) {
      assert.ok(said.includes(`password: ${person.password}`), said);
      return;
    }
    assert.ok(!said.includes(person.password), said);
    assert.match(said, /0 valid password/, said);
    const owner = product.client({ localAddress: '127.0.0.99' });
    const answer = await owner.api('POST', '/sign-in', { email: person.email, password: person.password });
    assert.equal(answer.status, 200, `the owner, from elsewhere: ${answer.text}`);
  });
}
