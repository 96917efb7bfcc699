// People of another system come with hashes that other programs made (Node's own crypto, openssl), through the page
// and through the command line, and sign in with the passwords they know.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { pbkdf2Sync, randomBytes, scryptSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { assertQuiet, launch, visitor } from './lib/browser.mjs';
import { assertExit, run } from './lib/cli.mjs';
import { formTo, navigated, path, submit, words } from './lib/forms.mjs';
import { checkPage } from './lib/page-checks.mjs';
import { completeSetup, random, signIn, strongPassword } from './lib/people.mjs';
import { startProduct, tempFolder } from './lib/product.mjs';
import { signInOn } from './lib/steps.mjs';

const product = await startProduct();
const owner = await completeSetup(product);
const browser = await launch();
after(async () => {
  await browser.close();
  await product.stop();
});

const base64 = (bytes) => bytes.toString('base64').replace(/=+$/, '');
const hashes = {
  pbkdf2(password) {
    const salt = randomBytes(16);
    return `$pbkdf2-sha512$i=25000,l=64$${base64(salt)}$${base64(pbkdf2Sync(password, salt, 25_000, 64, 'sha512'))}`;
  },
  scrypt(password) {
    const salt = randomBytes(16);
    const hash = scryptSync(password, salt, 32, { N: 2 ** 14, r: 8, p: 1 });
    return `$scrypt$ln=14,r=8,p=1$${base64(salt)}$${base64(hash)}`;
  },
  sha512crypt: (password) => execFileSync('openssl', ['passwd', '-6', '-stdin'], { input: password }).toString().trim(),
};

const comers = () => Object.entries(hashes).map(([scheme, hash]) => {
  const password = strongPassword();
  return { email: `${scheme}-${random()}@elsewhere.example`, name: `Came, "by" ${scheme}`, password, hash: hash(password) };
});
const field = (text) => `"${text.replaceAll('"', '""')}"`;
const csv = (people) => ['email,name,password_hash', ...people.map((p) => [p.email, p.name, p.hash].map(field).join(','))].join('\n');

async function staffPage(t, options) {
  const page = await visitor(browser, product, options);
  t.after(() => page.context().close());
  await signInOn(page, owner);
  await page.goto('/admin/people');
  await navigated(page, () => page.locator('a[href="/admin/people/import"]').press('Enter'));
  assert.equal(path(page), '/admin/people/import');
  return page;
}

for (const [locale, javaScriptEnabled] of [['en', false], ['de', true]]) {
  test(`through the page (${locale}, ${javaScriptEnabled ? 'with' : 'without'} scripts)`, async (t) => {
    const page = await staffPage(t, { locale, javaScriptEnabled });
    // axe-core itself is a script.
    const look = (name) => javaScriptEnabled && checkPage(page, name);
    await look('import');
    const people = comers();
    const text = `${csv(people)}\nnot an address,Nobody,5f4dcc3b5aa765d61d8327deb882cf99`;
    const form = () => formTo(page, '/admin/people/import/run');
    await form().locator('[name="csv"]').fill(text);
    await form().locator('[name="dry_run"]').check();
    await navigated(page, () => form().locator('button').press('Enter'));
    assert.match(await page.locator('[name="csv"]').inputValue(), /elsewhere/, 'what was only looked at stays');
    const refused = await product.client().api('POST', '/sign-in', { email: people[0].email, password: people[0].password });
    assert.equal(refused.status, 401, 'nothing was done yet');
    await form().locator('[name="dry_run"]').uncheck();
    await navigated(page, () => form().locator('button').press('Enter'));
    assert.match(await words(page), /not an address/);
    assert.equal(await page.locator('[name="csv"]').inputValue(), '', 'hashes are not shown again');
    await look('import-done');
    for (const person of people) {
      await signIn(product, person);
      await signIn(product, person); // by its own verifier now
    }
    if (javaScriptEnabled) assertQuiet(page);
  });
}

test('a file that is none is refused in words', async (t) => {
  const page = await staffPage(t, {});
  await submit(formTo(page, '/admin/people/import/run'), { csv: 'mail;name\nx;y' });
  assert.match(await page.locator('#csv-error').innerText(), /column 1 is none of/);
  await checkPage(page, 'import-refused');
});

test('by the command line, from a file', async () => {
  const people = comers();
  const file = join(tempFolder(), 'people.csv');
  writeFileSync(file, csv(people));
  const args = (...more) => ['user', 'import', file, '--data', product.data, ...more];
  const dry = assertExit(await run(args('--dry-run', '--json')), 0);
  assert.equal(JSON.parse(dry.stdout).would_be_imported, 3);
  const done = assertExit(await run(args()), 0);
  assert.match(done.stdout, /imported +3/);
  for (const person of people) await signIn(product, person);
  const again = assertExit(await run(args('--json')), 0);
  assert.equal(JSON.parse(again.stdout).known, 3);
  writeFileSync(file, `${csv(people)}\nbroken\n"x@y.example","X","$1$old$hash"`);
  const broken = assertExit(await run(args()), 1);
  assert.match(broken.stderr, /line 5: /);
  assert.match(broken.stderr, /line 6: x@y\.example .*none of the schemes/);
  assert.doesNotMatch(broken.stdout + broken.stderr, /\$1\$old/, 'hashes are not printed');
  const none = await run(['user', 'import', `${file}.none`, '--data', product.data]);
  assertExit(none, 2);
});
