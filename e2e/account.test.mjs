// What people do with their account and their team, in a real browser.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { assertQuiet, launch, visitor } from './lib/browser.mjs';
import { formTo, formWith, path, submit, words } from './lib/forms.mjs';
import { completeSetup, firstTenant, newPerson, somebody, strongPassword } from './lib/people.mjs';
import { linkIn, startProduct } from './lib/product.mjs';
import { signInOn } from './lib/steps.mjs';
import { seconds } from './lib/wait.mjs';

const product = await startProduct();
const owner = await completeSetup(product);
const tenant = await firstTenant(owner);
const browser = await launch();
after(async () => {
  await browser.close();
  await product.stop();
});

async function open(t) {
  const page = await visitor(browser, product);
  t.after(() => page.context().close());
  return page;
}

async function signedIn(t, person) {
  const page = await open(t);
  await signInOn(page, person);
  return page;
}

async function member(email) {
  return (await owner.client.list(`/tenants/${tenant.id}/members`)).find((row) => row.email === email);
}

test('an invited person joins, changes role and is removed', async (t) => {
  const team = `/t/${tenant.slug}/team`;
  const page = await signedIn(t, owner);
  const guest = somebody('Ines Okafor');
  await page.goto(team);
  await submit(formWith(page, 'email', 'role'), { email: guest.email, role: 'viewer' });
  assert.ok((await words(page)).includes(guest.email), 'the open invitation is listed');

  const invited = await open(t);
  await invited.goto(linkIn(await product.mailTo(guest.email, '/invite'), '/invite'));
  await submit(formWith(invited, 'token', 'name', 'password'), { name: guest.name, password: guest.password });
  await invited.goto(team);
  if (path(invited) === '/login') await signInOn(invited, guest);
  assert.equal(path(invited), team);
  assert.equal(await invited.locator(`form[action="${team}/invitations"]`).count(), 0, 'a viewer cannot invite');

  const { account, role } = await member(guest.email);
  assert.equal(role, 'viewer');
  await page.goto(team);
  await submit(formTo(page, `${team}/members/${account}/role`), { role: 'operator' });
  assert.equal((await member(guest.email)).role, 'operator');

  await page.goto(team);
  await submit(formTo(page, `${team}/members/${account}/remove`));
  assert.equal(await member(guest.email), undefined);
  const started = performance.now();
  const answer = await invited.goto(team);
  t.diagnostic(`removed person's next request refused in ${seconds(performance.now() - started)}`);
  assert.ok(answer.status() === 404 || path(invited) === '/login', `status ${answer.status()} at ${path(invited)}`);
  assert.ok(!(await words(invited)).includes(owner.email), 'nothing of the team is shown');
  assertQuiet(page);
  assertQuiet(invited);
});

test('somebody with an account accepts an invitation by signing in', async (t) => {
  const friend = await newPerson(product, 'Jun Sato');
  const made = await owner.client.api('POST', `/tenants/${tenant.id}/invitations`, { email: friend.email, role: 'billing' });
  assert.equal(made.status, 201, made.text);
  const page = await open(t);
  await page.goto(linkIn(await product.mailTo(friend.email, '/invite'), '/invite'));
  await page.locator('main a[href^="/login?next="]').click();
  await page.waitForURL(/\/login\?next=/);
  await signInOn(page, friend);
  assert.equal(path(page), '/invite', 'signing in leads back to the invitation');
  await submit(page.locator('main form:has([name="token"])').first());
  assert.equal((await member(friend.email)).role, 'billing');
  assertQuiet(page);
});

test('an access token is shown once, works, and ends when it is revoked', async (t) => {
  const page = await signedIn(t, owner);
  await page.goto('/dashboard/tokens');
  await submit(formWith(page, 'name', 'expires_in_days'), {
    name: 'nightly report', expires_in_days: '30', 'scope-account:read': true,
  });
  const token = (await words(page)).match(/vch_pat_[0-9A-Za-z]+/)?.[0];
  assert.ok(token, 'the new token is on the page');
  await page.goto('/dashboard/tokens');
  assert.ok(!(await page.content()).includes(token), 'the token is shown only once');
  assert.ok((await words(page)).includes('nightly report'));

  const program = product.client({ bearer: token });
  const me = await program.api('GET', '/me');
  assert.equal(me.status, 200, me.text);
  assert.equal(me.json().email, owner.email);
  const beyond = await program.api('POST', '/tenants', { name: 'Not meant' });
  assert.deepEqual([beyond.status, beyond.json().type], [403, '/problem/kernel/scope-wanted'], 'it was made to read');
  const broken = token.slice(0, -1) + (token.endsWith('0') ? '1' : '0');
  assert.equal((await product.client({ bearer: broken }).api('GET', '/me')).status, 401, 'a mistyped token');

  const { id } = (await owner.client.list('/tokens')).find(({ name }) => name === 'nightly report');
  await submit(formTo(page, `/dashboard/tokens/${id}/revoke`));
  const started = performance.now();
  assert.equal((await program.api('GET', '/me')).status, 401);
  t.diagnostic(`revoked token refused in ${seconds(performance.now() - started)}`);
  assert.match(await words(page), /revoked/i, 'the revoked token stays visible');
  assertQuiet(page);
});

const tries = (person, password) =>
  product.client().api('POST', '/sign-in', { email: person.email, password }).then(({ status }) => status);

test('changing the password needs the current one and ends the old one', async (t) => {
  const person = await newPerson(product, 'Mara Lindqvist');
  const elsewhere = person.client;
  const page = await signedIn(t, person);
  const fresh = strongPassword();
  await page.goto('/dashboard/settings');
  await submit(formWith(page, 'current', 'password'), { current: 'not-my-password-at-all', password: fresh });
  assert.ok(await page.locator('main [role="alert"]').count() > 0, 'a wrong current password is explained');
  assert.equal(await tries(person, person.password), 200, 'nothing changed');
  await submit(formWith(page, 'current', 'password'), { current: person.password, password: fresh });
  assert.equal(path(page), '/dashboard/settings', 'this device stays signed in');
  assert.equal((await elsewhere.api('GET', '/me')).status, 401, 'other devices are signed out');
  assert.equal(await tries(person, fresh), 200);
  assert.equal(await tries(person, person.password), 401);
  assertQuiet(page);
});

test('a forgotten password is replaced through a link that works once', async (t) => {
  const person = await newPerson(product, 'Priya Raman');
  const page = await open(t);
  const fresh = strongPassword();
  await page.goto('/login');
  await page.locator('main a[href^="/recover"]').click();
  await page.waitForURL('**/recover');
  await submit(formWith(page, 'email'), { email: person.email });
  assert.equal(path(page), '/recover/sent');
  const link = linkIn(await product.mailTo(person.email, '/reset'), '/reset');
  await page.goto(link);
  await submit(formWith(page, 'token', 'password'), { password: fresh });
  assert.equal((await person.client.api('GET', '/me')).status, 401, 'every session is signed out');
  assert.equal(await tries(person, fresh), 200);
  assert.equal(await tries(person, person.password), 401);

  await page.goto(link);
  const again = formWith(page, 'token', 'password');
  if (await again.count() > 0) await submit(again, { password: strongPassword() });
  assert.equal(await tries(person, fresh), 200, 'the used link changed nothing');
  assertQuiet(page);
});
