// A program with controls taken out of its code: the lines that promise them are red, others stay proven.
// Started by `cargo xtask test` with a mutated binary and the claims that have to fail.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { completeSetup } from './lib/people.mjs';
import { startProduct } from './lib/product.mjs';
import { until } from './lib/wait.mjs';

const failing = (process.env.FAILING ?? '').split(',').filter(Boolean);

test(`without their controls ${failing.join(', ')} fail`, async (t) => {
  assert.ok(failing.length > 0, 'FAILING names the claims');
  const product = await startProduct();
  t.after(() => product.stop());
  await completeSetup(product);
  const of = (claims, state) => claims.filter((claim) => claim.state === state).map(({ id }) => id);
  const claims = await until(`${failing.join(', ')} are red, and lines that nothing was taken from are proven`, async () => {
    const now = (await product.client().get('/security.json')).json().claims;
    return failing.every((id) => of(now, 'failing').includes(id)) && of(now, 'proven').length >= 5 && now;
  }, { timeout: 600_000, every: 500 });
  const red = claims.filter(({ state }) => state === 'failing').map(({ id }) => id);
  for (const id of failing) {
    assert.ok(red.includes(id), `${id} is ${claims.find((claim) => claim.id === id)?.state}; red are ${red.join(', ')}`);
  }
  t.diagnostic(`red: ${red.join(', ')}`);
  const proven = claims.filter(({ state }) => state === 'proven').length;
  assert.ok(proven >= 5, `lines that nothing was taken from stay proven: ${proven}`);
});
