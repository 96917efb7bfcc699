// The command line: one run, its exit code and both of its voices.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { binary } from './product.mjs';

/** Runs the program to its end. It gets no terminal; `input` is its standard input. */
export function run(args, { input = '', env = {}, cwd, timeout = 60_000 } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(binary(), args, { cwd, env: { ...process.env, ...env }, timeout, killSignal: 'SIGKILL' });
    const result = { stdout: '', stderr: '' };
    for (const voice of ['stdout', 'stderr']) {
      child[voice].setEncoding('utf8').on('data', (part) => { result[voice] += part; });
    }
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ ...result, code: code ?? signal, args }));
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
}

/** The run ended with this code, without a panic; what was said is in the message when not. */
export function assertExit(result, codes, what = result.args.join(' ')) {
  const said = `${what}: exit ${result.code}\n${result.stdout.slice(-1000)}\n${result.stderr.slice(-2000)}`;
  assert.ok([codes].flat().includes(result.code), said);
  assert.ok(!/panicked|RUST_BACKTRACE/.test(result.stderr), said);
  return result;
}

/** Ended with a failure that a person can act on: it names the cause and shows no inner workings. */
export function assertClearFailure(result, cause, what) {
  assert.notEqual(result.code, 0, `${what ?? result.args.join(' ')} must fail`);
  assertExit(result, [1, 2, 3, 6, 7, 8], what);
  assert.match(result.stderr, cause);
  assert.ok(result.stderr.split('\n').length < 30, `a short message: ${result.stderr}`);
}

export function filesUnder(folder) {
  return readdirSync(folder, { recursive: true }).map((name) => join(folder, name))
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile());
}

/** The one file whose path below the folder fits. */
function fileLike(folder, pattern) {
  const files = filesUnder(folder);
  const found = files.filter((path) => pattern.test(path.slice(folder.length)));
  assert.equal(found.length, 1, `one file like ${pattern} among:\n${files.join('\n')}`);
  return found[0];
}

export const masterKeyFile = (data) => fileLike(data, /master[^/]*$/i);

export const tenantFile = (data, tenant) => fileLike(data, new RegExp(`${tenant.id}[^/]*(?<!-wal|-shm)$`));

/** The backup commands, in one place. */
export const backup = {
  create: (data) => ['backup', 'create', '--data', data, '--json'],
  list: (data) => ['backup', 'list', '--data', data, '--json'],
  restore: (id, data, into, key) => ['backup', 'restore', id, '--data', data, '--to', into, '--master-key-file', key, '--json'],
};
