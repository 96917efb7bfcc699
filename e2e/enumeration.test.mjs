// Nobody can learn from an answer, or from its time, whether an address has an account.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { completeSetup, newPerson, random } from './lib/people.mjs';
import { startProduct } from './lib/product.mjs';
import { median } from './lib/wait.mjs';

const PAIRS = 15;
const ROUNDS = 4;
const TOLERANCE = 0.25;

const product = await startProduct();
await completeSetup(product);
const known = await newPerson(product, 'Mara Lindqvist');
after(() => product.stop());

let asked = 0;

/** Each question comes from another loopback address, so that no limit per address answers instead. */
function visitor() {
  asked += 1;
  return product.client({ localAddress: `127.77.${asked >> 8}.${asked & 255}` });
}

/** An address that nobody has, as long as the known one. */
const unknownAddress = () => `${random()}${'x'.repeat(known.email.length)}`
  .slice(0, known.email.indexOf('@')) + known.email.slice(known.email.indexOf('@'));

const wrong = 'this-is-not-the-password';
const questions = {
  'sign-in': {
    api: (client, email) => client.api('POST', '/sign-in', { email, password: wrong }),
    form: (client, email) => client.publicForm('/login', { email, password: wrong }),
    states: [401, 422],
  },
  'sign-up': {
    api: (client, email) => client.api('POST', '/sign-up', { email, password: `${wrong}-9`, name: 'Mara' }),
    form: (client, email) => client.publicForm('/signup', { email, password: `${wrong}-9`, name: 'Mara' }),
    states: [202, 303],
  },
  'password reset': {
    api: (client, email) => client.api('POST', '/password-reset', { email }),
    form: (client, email) => client.publicForm('/recover', { email }),
    states: [202, 303],
  },
};

/** What an onlooker sees, without what differs between any two requests. */
function visible(answer, email) {
  const text = answer.text.replaceAll(email, '<address>').replaceAll(encodeURIComponent(email), '<address>')
    .replace(/"trace":"[^"]*"/g, '"trace":"…"').replace(/name="stamp" value="[^"]*"/g, 'name="stamp"');
  const { location, 'content-type': type, 'cache-control': cache } = answer.headers;
  const cookies = (answer.headers['set-cookie'] ?? []).map((line) => line.split('=')[0]);
  return { status: answer.status, type, cache, location: location?.replaceAll(encodeURIComponent(email), '<address>'), cookies, text };
}

for (const [what, { api, form, states }] of Object.entries(questions)) {
  test(`${what}: the answer is the same for a known and an unknown address`, async () => {
    for (const ask of [api, form]) {
      const other = unknownAddress();
      const [yes, no] = [await ask(visitor(), known.email), await ask(visitor(), other)];
      assert.ok(states.includes(yes.status), `status ${yes.status}: ${yes.text.slice(0, 200)}`);
      assert.deepEqual(visible(yes, known.email), visible(no, other));
    }
  });

  test(`${what}: the time is the same for a known and an unknown address`, async (t) => {
    const times = { known: [], unknown: [] };
    for (let round = 1; round <= ROUNDS; round += 1) {
      await measure(api, states, times);
      const [yes, no] = [median(times.known), median(times.unknown)];
      const share = Math.abs(yes - no) / Math.max(yes, no);
      t.diagnostic(`${what}: known ${yes.toFixed(2)} ms, unknown ${no.toFixed(2)} ms, `
        + `${(share * 100).toFixed(1)} % apart, ${times.known.length} pairs`);
      // A busy machine can part two medians once; a leak parts them however often one asks.
      if (share < TOLERANCE) return;
    }
    assert.fail(`the medians stay more than ${TOLERANCE * 100} % apart`);
  });
}

async function measure(ask, states, times) {
  for (let pair = 0; pair < PAIRS; pair += 1) {
    const order = [['known', known.email], ['unknown', unknownAddress()]];
    if (pair % 2) order.reverse();
    for (const [kind, email] of order) {
      const answer = await ask(visitor(), email);
      assert.ok(states.includes(answer.status), `${kind}: status ${answer.status}: ${answer.text.slice(0, 200)}`);
      times[kind].push(answer.ms);
    }
  }
}
