// A page of another site calls the API in a real browser: it may where its origin is listed, and reads nothing elsewhere.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, test } from 'node:test';
import { launch, visitor } from './lib/browser.mjs';
import { formWith, submit } from './lib/forms.mjs';
import { completeSetup, firstTenant, newToken } from './lib/people.mjs';
import { startProduct } from './lib/product.mjs';
import { signInOn } from './lib/steps.mjs';

const product = await startProduct();
const owner = await completeSetup(product);
const tenant = await firstTenant(owner);
const { token } = await newToken(owner.client);
const site = await listening();
const browser = await launch();
after(async () => {
  await browser.close();
  site.server.close();
  await product.stop();
});

/** Another site: an empty page on a port of its own, which makes it an origin of its own. */
async function listening() {
  const server = createServer((_, answer) => answer.setHeader('content-type', 'text/html').end('<!doctype html><title>CRM</title>'));
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return { server, origin: `http://localhost:${server.address().port}` };
}

const list = (origins, mode) => owner.client.api('PUT', `/tenants/${tenant.slug}/origins`, { origins, mode });

/** What the other site's page gets: a status that it may read, or the name of the browser's refusal. */
async function call(page, method = 'GET', part = `/tenants/${tenant.slug}`) {
  return page.evaluate(async ([url, authorization, verb]) => {
    const headers = { authorization };
    if (verb !== 'GET') headers['content-type'] = 'application/json';
    try {
      const answer = await fetch(url, { method: verb, headers, body: verb === 'GET' ? undefined : '{}' });
      return { status: answer.status, slug: (await answer.json()).slug };
    } catch (error) {
      return error.name;
    }
  }, [`${product.origin}/api/v1${part}`, `Bearer ${token}`, method]);
}

async function pageOfOtherSite(t) {
  const context = await browser.newContext();
  t.after(() => context.close());
  const page = await context.newPage();
  await page.goto(site.origin);
  return page;
}

test('an origin that is listed in the settings may call, and no other', async (t) => {
  const other = await pageOfOtherSite(t);
  assert.equal(await call(other), 'TypeError', 'nothing is listed');

  const page = await visitor(browser, product);
  t.after(() => page.context().close());
  await signInOn(page, owner);
  await page.goto(`/t/${tenant.slug}/settings`);
  await submit(formWith(page, 'origins', 'mode'), { origins: site.origin });
  assert.deepEqual(await call(other), { status: 200, slug: tenant.slug });
  assert.equal((await call(other, 'PUT')).status, 422, 'a change is let in, and its refusal can be read');
  assert.equal(await call(other, 'GET', '/me'), 'TypeError', 'what is about no tenant is closed');

  await page.goto(`/t/${tenant.slug}/settings`);
  await submit(formWith(page, 'origins', 'mode'), { origins: 'https://crm.example.com' });
  assert.equal(await call(other), 'TypeError', 'it is not listed any more');
});

test('a list that only reports lets the page in and the log says so', async (t) => {
  const other = await pageOfOtherSite(t);
  assert.equal((await list([], 'report')).status, 204);
  assert.equal((await call(other)).status, 200);
  assert.equal((await list([], 'enforce')).status, 204);
  assert.equal(await call(other), 'TypeError');
  const entries = await owner.client.list(`/tenants/${tenant.slug}/audit-events`);
  const reported = entries.find(({ action }) => action === 'access.reported');
  assert.equal(reported?.detail.origin, site.origin);
});

test('a signed-in browser lends nothing to another site', async (t) => {
  const page = await visitor(browser, product);
  t.after(() => page.context().close());
  await signInOn(page, owner);
  assert.equal((await list([site.origin], 'report')).status, 204);
  await page.goto(site.origin);
  const got = await page.evaluate(async (url) => {
    try {
      return (await fetch(url, { credentials: 'include' })).status;
    } catch (error) {
      return error.name;
    }
  }, `${product.origin}/api/v1/tenants/${tenant.slug}`);
  assert.equal(got, 'TypeError', 'no answer to a cookie is readable there');
});
