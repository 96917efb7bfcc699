// Bad input of every kind: always a clear refusal, never a 500, never a hang, and the server goes on.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { assertProblem, send } from './lib/http.mjs';
import { completeSetup, firstTenant, newPerson, newTenant, newToken, signIn, somebody, strongPassword } from './lib/people.mjs';
import { startProduct, tokenIn } from './lib/product.mjs';
import { exchange } from './lib/raw.mjs';

const product = await startProduct();
const owner = await completeSetup(product);
const stranger = await newPerson(product, 'Bob Ekstrom');
const ownTenant = await firstTenant(owner);
const otherTenant = await newTenant(stranger, 'Otterfield Research');
const visitor = product.client();
after(() => product.stop());

const JSON_TYPE = { 'content-type': 'application/json' };
const POST_ROUTES = ['/setup', '/sign-up', '/confirm', '/sign-in', '/password-reset', '/password-reset/finish', '/invitations/accept'];

const raw = (path, body, headers = JSON_TYPE) => visitor.request('POST', path, { body, headers });

function assertRefused(answer, what) {
  assert.ok(answer.status >= 400 && answer.status < 500, `${what}: status ${answer.status}: ${answer.text.slice(0, 200)}`);
}

test('a body that is too large is refused, and the rest of it is not read', async () => {
  const size = 1 << 20;
  for (const [path, type] of [['/api/v1/sign-in', 'application/json'], ['/login', 'application/x-www-form-urlencoded']]) {
    const head = `POST ${path} HTTP/1.1\r\nHost: localhost:${product.port}\r\nContent-Type: ${type}\r\n`;
    const chunk = `10000\r\n${'a'.repeat(0x10000)}\r\n`;
    const bodies = {
      'with its length': `${head}Content-Length: ${size}\r\n\r\n${'a'.repeat(size)}`,
      'in chunks': `${head}Transfer-Encoding: chunked\r\n\r\n${chunk.repeat(16)}0\r\n\r\n`,
    };
    for (const [what, bytes] of Object.entries(bodies)) {
      const { answers, closed, ms } = await exchange(product.port, bytes, { limit: 20_000 });
      assert.deepEqual(answers, [413], `${path} ${what}, closed: ${closed}, after ${ms.toFixed(0)} ms`);
    }
  }
  assertProblem(await raw('/api/v1/sign-in', JSON.stringify({ email: 'a'.repeat(200_000), password: 'a' })), 413);
});

test('broken JSON and broken UTF-8 are a 400 with a problem', async () => {
  const bodies = {
    'cut off': '{"', 'not JSON': 'email=a', 'empty': '', 'a lone brace': '{', 'a NUL outside of a string': '{\0}',
    'broken UTF-8': Buffer.from([0x7b, 0x22, 0xc3, 0x28, 0xff, 0x22, 0x7d]),
  };
  for (const path of POST_ROUTES) {
    for (const [what, body] of Object.entries(bodies)) {
      assertProblem(await raw(`/api/v1${path}`, body), 400, `${path}, ${what}`);
    }
  }
  const good = '{"email": "a@people.example", "password": "';
  assertProblem(await raw('/api/v1/sign-in', good), 400, 'cut off in a value');
  assertProblem(await raw('/api/v1/sign-in', Buffer.from([...Buffer.from(good), 0xff, 0x22, 0x7d])), 400, 'broken UTF-8 in a value');
  const nested = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
  assertProblem(await raw('/api/v1/sign-in', nested), [400, 413, 422], 'nested arrays');
});

test('JSON of the wrong shape is refused, unknown fields too', async () => {
  const shapes = [null, [], 'text', 7, true, {}, { email: 5, password: [] }, { email: null, password: null }];
  for (const path of POST_ROUTES) {
    for (const shape of shapes) {
      assertProblem(await visitor.api('POST', path, shape), [400, 422], `${path} with ${JSON.stringify(shape)}`);
    }
  }
  assertProblem(await raw('/api/v1/sign-in', '{"email":"\\ud800","password":"\\udfff"}'), [400, 422], 'lone surrogates');
  const good = { email: stranger.email, password: stranger.password };
  assertProblem(await visitor.api('POST', '/sign-in', { ...good, admin: true }), [400, 422], 'an unknown field');
  for (const days of [0, -1, 1.5, 1e9, '7', null]) {
    assertProblem(await stranger.client.api('POST', '/tokens', { name: 'x', expires_in_days: days, scopes: ['all'] }), [400, 422], `${days} days`);
  }
  assertProblem(await owner.client.api('POST', `/tenants/${ownTenant.id}/invitations`,
    { email: 'x@people.example', role: 'emperor' }), [400, 422], 'an unknown role');
});

test('a wrong content type is a 415', async () => {
  const body = JSON.stringify({ email: stranger.email, password: stranger.password });
  for (const type of ['text/plain', 'application/xml', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
    assertProblem(await raw('/api/v1/sign-in', body, { 'content-type': type }), 415, type);
  }
  assertProblem(await raw('/api/v1/sign-in', body, {}), 415, 'no content type');
});

test('unknown routes are 404 and wrong methods 405', async () => {
  assertProblem(await visitor.api('GET', '/no-such-thing'), 404);
  assertProblem(await visitor.get('/no/such/page', { accept: 'application/json' }), 404);
  const page = await visitor.page('/no/such/page');
  assert.equal(page.status, 404);
  assert.equal(page.type, 'text/html');
  for (const [method, path] of [['PUT', '/sign-in'], ['PATCH', '/me'], ['DELETE', '/sign-up'], ['POST', '/me']]) {
    const answer = await visitor.api(method, path, {});
    assertProblem(answer, 405, `${method} ${path}`);
    assert.ok(answer.headers.allow, `${method} ${path}: Allow`);
  }
  assert.equal((await visitor.request('DELETE', '/login')).status, 405);
  for (const path of ['/%00', '/t/%00/team', '/t/%ff%fe/team', '/security?q=%00', '/..%2f..%2fetc/passwd', '/security/claims/%00',
    '/security/evidence/../../master', '/assets/..%2f..%2fCargo.toml', '/problem/a/%0d%0aSet-Cookie:x=1', '//evil.example/x']) {
    const answer = await visitor.page(path);
    assert.ok(answer.status < 500, `${path}: ${answer.status}`);
    assert.ok(!/evil\.example/.test(answer.location ?? ''), `${path} leads away to ${answer.location}`);
    assert.ok(!answer.headers['set-cookie']?.some((line) => line.startsWith('x=')), path);
  }
});

test('HEAD and OPTIONS answer plainly, and nothing is opened to other origins', async () => {
  for (const path of ['/login', '/security', '/security.json', '/readyz']) {
    const head = await visitor.request('HEAD', path);
    assert.equal(head.status, 200, `HEAD ${path}`);
    assert.equal(head.bytes.length, 0);
  }
  for (const path of ['/login', '/api/v1/me', '/api/v1/sign-in', '/no/such/page']) {
    const answer = await visitor.request('OPTIONS', path, {
      headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
    });
    assert.ok(answer.status < 500, `OPTIONS ${path}: ${answer.status}`);
    assert.equal(answer.headers['access-control-allow-origin'], undefined, path);
  }
});

test('very long and odd values are refused or answered like any wrong one, and fast', async (t) => {
  const long = 'a'.repeat(10_000);
  const values = [
    [`${long}@people.example`, strongPassword()], [stranger.email, long.repeat(5)], ['a\0b@people.example', 'x\0'.repeat(20)],
    ['\u202Eelpmaxe@people.example', '\u{1F511}'.repeat(40)], ["' OR 1=1 --@people.example", "'; DROP TABLE account; --"],
    ['a@people.example\r\nBcc: smuggled@copy.example', strongPassword()], ['', ''], [' ', ' '],
  ];
  let slowest = 0;
  for (const [email, password] of values) {
    const answers = [
      await visitor.api('POST', '/sign-in', { email, password }),
      await visitor.api('POST', '/password-reset', { email }),
      await visitor.publicForm('/login', { email, password }),
      await visitor.publicForm('/signup', { name: 'Bob', email, password }),
    ];
    for (const answer of answers) {
      assert.ok(answer.status < 500, `${JSON.stringify(email.slice(0, 30))}: ${answer.status}`);
      slowest = Math.max(slowest, answer.ms);
    }
    assertRefused(answers[0], JSON.stringify(email.slice(0, 30)));
  }
  t.diagnostic(`slowest answer ${slowest.toFixed(0)} ms`);
  assert.ok(slowest < 5_000);
  assert.ok(!(await product.mails()).some((mail) => String(mail.to).includes('smuggled@copy.example')), 'no smuggled copy of a mail');
  for (const name of [long, '', '\0', '<script>alert(1)</script>']) {
    const answer = await stranger.client.api('POST', '/tenants', { name });
    assert.ok(answer.status < 500, `organisation ${name.slice(0, 20)}`);
  }
  assert.ok(!(await stranger.client.page('/dashboard')).text.includes('<script>alert(1)'), 'names are escaped');
});

test('garbage in cookies is no session and no fault', async () => {
  const names = [...owner.client.cookies.keys()];
  const values = ['garbage', '', '%00%ff', 'a'.repeat(5_000), '"quoted"', '../../etc/passwd', '{"a":1}'];
  const cookies = values.map((value) => names.map((name) => `${name}=${value}`).join('; '));
  const [[session, value]] = owner.client.cookies;
  for (const cookie of [...cookies, `${session}=${value.slice(0, -2)}`]) {
    const headers = { cookie };
    const page = await visitor.page('/dashboard', headers);
    assert.ok([302, 303].includes(page.status), `dashboard with ${cookie.slice(0, 40)}: ${page.status}`);
    assertProblem(await visitor.get('/api/v1/me', { ...headers, accept: 'application/json' }), 401, cookie.slice(0, 40));
  }
  for (const cookie of [';;;=;', '=', names[0], `${names[0]}=a; ${names[0]}=b`, 'x='.repeat(2_000)]) {
    const answer = await visitor.get('/dashboard', { cookie });
    assert.ok(answer.status < 500 && answer.status !== 200, `cookie ${cookie.slice(0, 20)}: ${answer.status}`);
  }
  for (const bearer of ['', 'x', 'vch_pat_', `vch_pat_${'a'.repeat(36)}`, 'a'.repeat(5_000)]) {
    const answer = await visitor.get('/api/v1/me', { authorization: `Bearer ${bearer}` });
    assertProblem(answer, [400, 401], `bearer ${bearer.slice(0, 20)}`);
  }
  for (const authorization of ['Bearer', 'Basic YTpi', 'bearer\tx']) {
    assertProblem(await visitor.get('/api/v1/me', { authorization }), [400, 401], authorization);
  }
});

test('what another site sends is refused, with or without a session', async () => {
  const signs = [
    { origin: 'https://evil.example' }, { origin: 'null' }, { origin: 'http://localhost:1' },
    { 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'cross-site', origin: product.origin },
    { 'sec-fetch-site': 'same-site' },
  ];
  for (const sign of signs) {
    const what = JSON.stringify(sign);
    const fields = { email: stranger.email, password: stranger.password };
    assert.equal((await product.client().form('/login', fields, sign)).status, 403, `sign-in form, ${what}`);
    assertProblem(await product.client().api('POST', '/sign-in', fields, sign), 403, `sign-in, ${what}`);
    const client = stranger.client.twin();
    assertProblem(await client.api('DELETE', '/sessions', undefined, sign), 403, `sessions, ${what}`);
    assert.equal((await client.form('/dashboard/settings/theme', { theme: 'dark' }, sign)).status, 403, `theme, ${what}`);
    assert.equal((await client.form('/logout', {}, sign)).status, 403, `sign-out, ${what}`);
  }
  assert.equal((await stranger.client.api('GET', '/me')).status, 200, 'the session is untouched');
  const own = { origin: product.origin, 'sec-fetch-site': 'same-origin' };
  assert.equal((await stranger.client.form('/dashboard/settings/theme', { theme: 'dark' }, own)).status, 303, 'the own site may');
});

test('things of other people do not exist', async () => {
  const mine = await owner.client.list('/sessions');
  const token = await newToken(owner.client, 'of the owner');
  const { account } = (await owner.client.list(`/tenants/${ownTenant.id}/members`))[0];
  const { client } = stranger;
  const refused = [
    ['DELETE', `/sessions/${mine[0].id}`], ['DELETE', `/tokens/${token.id}`],
    ['GET', `/tenants/${ownTenant.id}/members`],
    ['POST', `/tenants/${ownTenant.id}/invitations`, { email: 'x@people.example', role: 'viewer' }],
    ['PUT', `/tenants/${ownTenant.id}/members/${account}/role`, { role: 'viewer' }],
    ['DELETE', `/tenants/${ownTenant.id}/members/${account}`],
    ['DELETE', `/tenants/${otherTenant.id}/members/${account}`],
  ];
  for (const [method, path, body] of refused) {
    assertProblem(await client.api(method, path, body), 404, `${method} ${path.slice(0, 80)}`);
  }
  const nowhere = ['/sessions/%00', '/tokens/ses_00', `/sessions/${'x'.repeat(1_000)}`, `/tenants/${otherTenant.id}/members/%ff`];
  for (const path of nowhere) assertProblem(await client.api('DELETE', path), [400, 404], path.slice(0, 80));
  for (const path of [`/t/${ownTenant.slug}/team`, `/t/${ownTenant.slug}/settings`]) {
    assert.equal((await client.page(path)).status, 404, path);
  }
  for (const path of ['/admin/tenants', '/admin/people', '/admin/audit', '/admin/posture', '/admin/jobs', '/admin/settings']) {
    assert.ok([403, 404].includes((await client.page(path)).status), path);
    assert.equal((await visitor.page(path)).status, 303, `${path} without a session leads to the sign-in`);
  }
  assertProblem(await client.api('GET', '/audit-events'), [403, 404], 'audit events');
  assert.equal((await owner.client.api('GET', '/me')).status, 200, 'the owner is still signed in');
});

test('links that were used do not work again', async () => {
  const used = [404, 410, 422];
  assertProblem(await visitor.api('POST', '/setup', {
    token: product.setupToken, organisation: 'Again', ...somebody('Eve Stone'),
  }), used, 'set-up');
  assertProblem(await visitor.api('POST', '/confirm', { token: stranger.confirmation }), used, 'confirmation');

  const person = await newPerson(product, 'Mara Lindqvist');
  assert.equal((await visitor.api('POST', '/password-reset', { email: person.email })).status, 202);
  const reset = tokenIn(await product.mailTo(person.email, '/reset'), '/reset');
  const password = strongPassword();
  assert.equal((await visitor.api('POST', '/password-reset/finish', { token: reset, password })).status, 204);
  assertProblem(await visitor.api('POST', '/password-reset/finish', { token: reset, password: strongPassword() }), used, 'reset');
  await signIn(product, { ...person, password });

  const guest = somebody('Ines Okafor');
  const invited = { email: guest.email, role: 'viewer' };
  assert.equal((await owner.client.api('POST', `/tenants/${ownTenant.id}/invitations`, invited)).status, 201);
  const token = tokenIn(await product.mailTo(guest.email, '/invite'), '/invite');
  const accept = { token, name: guest.name, password: guest.password };
  const races = await Promise.all([1, 2, 3, 4].map(() => product.client().api('POST', '/invitations/accept', accept)));
  assert.equal(races.filter(({ status }) => status === 200).length, 1, `at once: ${races.map(({ status }) => status)}`);
  assertProblem(await visitor.api('POST', '/invitations/accept', accept), used, 'invitation');
  for (const nothing of ['', 'x', 'a'.repeat(5_000), '\0']) {
    for (const path of ['/confirm', '/password-reset/finish', '/invitations/accept']) {
      const answer = await visitor.api('POST', path, { token: nothing, password, name: 'Eve' });
      assertProblem(answer, [400, ...used], `${path} with an invented token`);
    }
    for (const path of ['/confirm', '/reset', '/invite', '/setup']) {
      const answer = await visitor.page(`${path}?token=${encodeURIComponent(nothing)}`);
      assert.ok(answer.status < 500, `${path}: ${answer.status}`);
    }
  }
});

test('one set-up link, completed eight times at once, makes exactly one owner', async (t) => {
  const fresh = await startProduct();
  t.after(() => fresh.stop());
  const people = Array.from({ length: 8 }, (_, number) => somebody(`Owner ${number}`));
  const answers = await Promise.all(people.map((person) => fresh.client().api('POST', '/setup', {
    token: fresh.setupToken, organisation: `Organisation of ${person.name}`, ...person,
  })));
  const winners = people.filter((_, number) => answers[number].status === 201);
  assert.equal(winners.length, 1, `answers: ${answers.map(({ status }) => status)}`);
  for (const answer of answers) if (answer.status !== 201) assertProblem(answer, [404, 409, 410, 422], 'a loser');
  for (const person of people) {
    const { status } = await fresh.client().api('POST', '/sign-in', { email: person.email, password: person.password });
    assert.equal(status, person === winners[0] ? 200 : 401, person.name);
  }
});

test('after all this the server answers and nothing panicked', async () => {
  const answer = await send(product.origin, 'GET', '/readyz');
  assert.equal(answer.status, 200);
  assert.ok(!product.stderr.includes('panicked'), product.stderr.slice(-2000));
});
