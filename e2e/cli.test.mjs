// The command line: help, versions, completions, exit codes, and starts that must be refused.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, realpathSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { assertClearFailure, assertExit, run } from './lib/cli.mjs';
import { send } from './lib/http.mjs';
import { completeSetup } from './lib/people.mjs';
import { startProduct, tempFolder } from './lib/product.mjs';
import { seconds } from './lib/wait.mjs';

const product = await startProduct();
await completeSetup(product);
after(() => product.stop());

const COMMANDS = ['up', 'serve', 'doctor', 'audit', 'backup', 'passwords', 'completion', 'man'];

test('up says where everything is, on the first line', () => {
  const { hello } = product;
  assert.equal(hello.pid, product.process.child.pid);
  assert.equal(new URL(hello.console).hostname, 'localhost');
  assert.equal(new URL(hello.console).protocol, 'http:');
  assert.equal(new URL(hello.https).protocol, 'https:');
  assert.equal(new URL(hello.setup_url).pathname, '/setup');
  assert.equal(hello.data, realpathSync(product.data));
  assert.equal(statSync(product.data).mode & 0o077, 0, 'the data folder is for its owner alone');
});

test('help names every command and fits a terminal without colours', async () => {
  const help = assertExit(await run(['--help']), 0);
  for (const command of COMMANDS) assert.match(help.stdout, new RegExp(`\\b${command}\\b`), command);
  assert.ok(!help.stdout.includes('\x1b['), 'no colour codes into a pipe');
  for (const command of COMMANDS) {
    const { stdout } = assertExit(await run([command, '--help']), 0);
    assert.match(stdout, /usage/i);
  }
});

test('the version is one line', async () => {
  const { stdout } = assertExit(await run(['--version']), 0);
  assert.match(stdout, /^vouchsafe \d+\.\d+\.\d+\S*\n$/);
});

test('completions for three shells', async () => {
  const bash = assertExit(await run(['completion', 'bash']), 0).stdout;
  execFileSync('bash', ['-n'], { input: bash });
  const offered = execFileSync('bash', ['-c', `${bash}
COMP_WORDS=(vouchsafe do); COMP_CWORD=1; COMP_LINE="vouchsafe do"; COMP_POINT=12
_vouchsafe vouchsafe do vouchsafe; printf '%s\\n' "\${COMPREPLY[@]}"`]).toString();
  assert.match(offered, /^doctor$/m);
  assert.match(assertExit(await run(['completion', 'zsh']), 0).stdout, /^#compdef vouchsafe/);
  assert.match(assertExit(await run(['completion', 'fish']), 0).stdout, /complete -c vouchsafe/);
  assertExit(await run(['completion', 'no-such-shell']), 2);
});

test('the manual page is troff', async () => {
  const { stdout } = assertExit(await run(['man']), 0);
  assert.match(stdout, /^\.TH vouchsafe/m);
});

test('mistakes in the command end with 2 and a hint', async () => {
  const cases = [
    ['frobnicate'], ['--no-such-flag'], ['up', '--port', 'many'], ['up', '--port', '70000'], ['serve'],
    ['backup'], ['backup', 'restore'], ['up', '--output', 'paper'],
  ];
  for (const args of cases) {
    const result = assertExit(await run(args), 2);
    assert.equal(result.stdout, '', `${args.join(' ')}: talk goes to standard error`);
    assert.ok(result.stderr.length > 0);
  }
  assert.match((await run(['doctr'])).stderr, /doctor/, 'a near miss is suggested');
});

test('a list of stolen passwords is made of range files, and asked', async () => {
  const folder = tempFolder();
  const [from, to] = [join(folder, 'ranges'), join(folder, 'stolen')];
  mkdirSync(from);
  const stolen = ['correct horse battery', 'gravel otter lamp', 'ümläuts zählen auch'];
  for (const password of stolen) {
    const hash = createHash('sha1').update(password).digest('hex').toUpperCase();
    writeFileSync(join(from, hash.slice(0, 5)), `${hash.slice(5)}:7\r\n${'0'.repeat(35)}:0\r\n`);
  }
  const built = assertExit(await run(['passwords', 'build', '--from', from, '--to', to, '--json']), 0);
  assert.equal(JSON.parse(built.stdout).passwords, stolen.length, 'padding is no password');
  assert.match(built.stderr, /3 of 3 files/);
  const again = await run(['passwords', 'build', '--from', from, '--to', to]);
  assertExit(again, 6);
  assert.match(again.stderr, /--force/);
  for (const password of stolen) assertExit(await run(['passwords', 'check', '--file', to], { input: `${password}\n` }), 8);
  assertExit(await run(['passwords', 'check', '--file', to], { input: 'nobody has lost this one' }), 0);
  assertClearFailure(await run(['passwords', 'check', '--file', join(from, 'nowhere')]), /nowhere/);
  assertClearFailure(await run(['passwords', 'build', '--from', folder, '--to', join(folder, 'x')]), /00000 to FFFFF/);
});

test('a configuration with an unknown key, or none at all, is refused with its name', async () => {
  const folder = tempFolder();
  const missing = join(folder, 'missing.toml');
  assertClearFailure(await run(['serve', '--config', missing]), /missing\.toml/);
  const wrong = join(folder, 'wrong.toml');
  writeFileSync(wrong, `data = ${JSON.stringify(join(folder, 'data'))}\norigin = "https://localhost:1"\nfrobnicate = true\n`);
  assertClearFailure(await run(['serve', '--config', wrong]), /frobnicate/);
});

test('doctor finds the running folder healthy', async (t) => {
  const started = performance.now();
  const result = assertExit(await run(['doctor', '--data', product.data]), 0);
  t.diagnostic(`doctor: ${seconds(performance.now() - started)}`);
  assert.ok(result.stdout.length > 0);
  const json = assertExit(await run(['doctor', '--data', product.data, '--json']), 0);
  JSON.parse(json.stdout);
});

test('doctor says what is missing where nothing is', async () => {
  assertClearFailure(await run(['doctor', '--data', join(tempFolder(), 'nothing')]), /nothing/);
});

const up = (...args) => ['up', '--json', '--no-open', '--no-input', ...args];

test('a second start on the same folder is refused and the first goes on', async () => {
  const result = await run(up('--port', '0', '--https-port', '0', '--data', product.data));
  assertClearFailure(result, /already|in use|running/i);
  assert.ok(result.stderr.includes(product.data) || result.stderr.includes(String(product.hello.pid)), result.stderr);
  assert.equal((await send(product.origin, 'GET', '/readyz')).status, 200);
});

test('a taken port is named', async (t) => {
  const taken = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => taken.once('listening', resolve));
  t.after(() => taken.close());
  const port = String(taken.address().port);
  const data = join(tempFolder(), 'data');
  for (const ports of [['--port', port, '--https-port', '0'], ['--port', '0', '--https-port', port]]) {
    assertClearFailure(await run(up(...ports, '--data', data)), new RegExp(port));
  }
});

test('a folder that cannot be a data folder is refused', async () => {
  const file = join(tempFolder(), 'a-file');
  writeFileSync(file, 'not a folder');
  assertClearFailure(await run(up('--port', '0', '--https-port', '0', '--data', file)), /a-file/);
  assert.equal(readFileSync(file, 'utf8'), 'not a folder');
});

test('SIGTERM ends the program by itself, with 0, and fast', async (t) => {
  const other = await startProduct();
  const started = performance.now();
  assert.equal(await other.stop(), 0);
  t.diagnostic(`stopped in ${seconds(performance.now() - started)}`);
  assert.ok(performance.now() - started < 10_000);
});
