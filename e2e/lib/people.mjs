// People for the tests, made through the API as any client would.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { tokenIn } from './product.mjs';

export const random = () => randomBytes(5).toString('hex');

/** Words that no list of breached passwords holds. */
export const strongPassword = () => `quiet-otter-${random()}-lantern`;

export const somebody = (name) => ({
  name, email: `${name.toLowerCase().replaceAll(' ', '.')}.${random()}@people.example`, password: strongPassword(),
});

/** Finishes the set-up and returns the owner with a signed-in client. */
export async function completeSetup(product, owner = somebody('Ada Brandt')) {
  const client = product.client();
  const answer = await client.api('POST', '/setup', {
    token: product.setupToken, organisation: 'Larkspur Dental',
    name: owner.name, email: owner.email, password: owner.password,
  });
  assert.equal(answer.status, 201, `set-up: ${answer.text.slice(0, 300)}`);
  const { account, tenant } = answer.json();
  return { ...owner, account, tenant, client };
}

export async function signIn(product, person, options) {
  const client = product.client(options);
  const answer = await client.api('POST', '/sign-in', { email: person.email, password: person.password });
  assert.equal(answer.status, 200, `sign-in of ${person.email}: ${answer.text.slice(0, 300)}`);
  assert.equal(answer.json().next, null);
  return client;
}

/** Signs somebody up, confirms the address from the mail and signs in. */
export async function newPerson(product, name = 'Tomas Reyes') {
  const person = somebody(name);
  const visitor = product.client();
  const asked = await visitor.api('POST', '/sign-up', {
    email: person.email, password: person.password, name: person.name,
  });
  assert.equal(asked.status, 202, `sign-up: ${asked.text.slice(0, 300)}`);
  const confirmation = tokenIn(await product.mailTo(person.email, '/confirm'), '/confirm');
  const confirmed = await visitor.api('POST', '/confirm', { token: confirmation });
  assert.equal(confirmed.status, 204, `confirmation: ${confirmed.text.slice(0, 300)}`);
  return { ...person, confirmation, client: await signIn(product, person) };
}

export async function newTenant(person, name) {
  const answer = await person.client.api('POST', '/tenants', { name });
  assert.equal(answer.status, 201, `new organisation: ${answer.text.slice(0, 300)}`);
  return answer.json();
}

export async function firstTenant(person) {
  const [tenant] = await person.client.list('/tenants');
  assert.ok(tenant?.id && tenant.slug, 'the person has an organisation with an id and a slug');
  return tenant;
}

export async function newToken(client, name = 'for a test') {
  const answer = await client.api('POST', '/tokens', { name, expires_in_days: 7, scopes: ['all'] });
  assert.equal(answer.status, 201, `new token: ${answer.text.slice(0, 300)}`);
  return answer.json();
}
