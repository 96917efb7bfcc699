// kill -9 in the middle of writes: what was acknowledged is there after the restart.
import assert from 'node:assert/strict';
import http from 'node:http';
import { test } from 'node:test';
import { assertExit, run } from './lib/cli.mjs';
import { Client } from './lib/http.mjs';
import { completeSetup } from './lib/people.mjs';
import { startProduct } from './lib/product.mjs';
import { seconds } from './lib/wait.mjs';

const CLIENTS = 16;
const WRITES = 2_500;
const STORM_MS_MAX = 60_000;

test('no acknowledged write is lost when the program is killed', async (t) => {
  const first = await startProduct();
  const owner = await completeSetup(first);
  const storm = startStorm(owner.client);
  const began = performance.now();
  while (storm.acknowledged.length < WRITES && performance.now() - began < STORM_MS_MAX) {
    await new Promise((resolve) => { setTimeout(resolve, 50); });
  }
  const span = performance.now() - began;
  await first.crash();
  const { acknowledged, refused } = await storm.ended();
  t.diagnostic(`${acknowledged.length} writes acknowledged in ${seconds(span)} by ${CLIENTS} clients`
    + `, ${JSON.stringify(refused)} other answers`);
  assert.ok(acknowledged.length >= WRITES, `${acknowledged.length} writes, and refused: ${JSON.stringify(refused)}`);

  const started = performance.now();
  const second = await startProduct({ data: first.data });
  t.diagnostic(`ready again after ${seconds(performance.now() - started)}`);
  t.after(() => second.stop());
  const client = new Client(second.origin, { cookies: owner.client.cookies });
  const kept = new Set((await client.list('/tokens')).map(({ id }) => id));
  const lost = acknowledged.filter(({ id }) => !kept.has(id));
  assert.deepEqual(lost.map(({ id }) => id), [], 'acknowledged and lost');

  const { token } = acknowledged.at(-1);
  const program = new Client(second.origin, { bearer: token });
  assert.equal((await program.api('GET', '/me')).status, 200, 'the last acknowledged token works');
  assertExit(await run(['audit', 'verify', '--data', first.data]), 0, 'audit verify beside the running program');
  await second.stop();
  assertExit(await run(['audit', 'verify', '--data', first.data]), 0, 'audit verify on the stopped folder');
});

/** Clients that write as fast as they are answered, until the connection breaks. */
function startStorm(model) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: CLIENTS });
  const acknowledged = [];
  const refused = {};
  const work = Array.from({ length: CLIENTS }, async (_, number) => {
    const client = new Client(model.base, { agent, cookies: model.cookies });
    for (let turn = 0; ; turn += 1) {
      let answer;
      try {
        answer = await client.api('POST', '/tokens', { name: `storm ${number}-${turn}`, expires_in_days: 7, scopes: ['all'] });
      } catch {
        return;
      }
      if (answer.status === 201) acknowledged.push(answer.json());
      else refused[answer.status] = (refused[answer.status] ?? 0) + 1;
    }
  });
  return { acknowledged, ended: () => Promise.all(work).then(() => { agent.destroy(); return { acknowledged, refused }; }) };
}
