// Starts the real program on a folder of its own, and ends only what it started.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Client, send } from './http.mjs';
import { until } from './wait.mjs';

const START_MS = 30_000;
const STOP_MS = 15_000;
const alive = new Set();
const folders = new Set();

process.on('exit', () => {
  for (const child of alive) child.kill('SIGKILL');
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(130));

export function binary() {
  const path = process.env.VOUCHSAFE_BIN ?? fileURLToPath(new URL('../../target/debug/vouchsafe', import.meta.url));
  if (!existsSync(path)) throw new Error(`no program at ${path}: build it, or name it in VOUCHSAFE_BIN`);
  return path;
}

/** A new empty folder that is removed when the test file ends. */
export function tempFolder(name = 'vouchsafe-e2e-') {
  const folder = mkdtempSync(join(tmpdir(), name));
  folders.add(folder);
  return folder;
}

/**
 * A port that nobody listens on, below those that the system gives to connections: between the asking and the
 * listening of a program, one of the many short connections of the probes could take a port from there.
 */
export async function freePort() {
  for (;;) {
    const port = 12_000 + Math.floor(Math.random() * 18_000);
    const server = createServer();
    const free = await new Promise((resolve) => {
      server.once('error', () => resolve(false)).listen(port, () => resolve(true));
    });
    if (free) {
      await new Promise((resolve) => server.close(resolve));
      return port;
    }
  }
}

/** A child process whose output is kept and that never outlives the test. */
export class Process {
  constructor(command, args, options = {}) {
    this.child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
    alive.add(this.child);
    // A failed test may leave it running: it must not keep the test file from ending, which then ends it.
    for (const handle of [this.child, this.child.stdout, this.child.stderr]) handle.unref();
    this.stderr = '';
    this.child.stderr.setEncoding('utf8').on('data', (part) => { this.stderr += part; });
    this.lines = createInterface({ input: this.child.stdout });
    this.exit = new Promise((resolve) => {
      this.child.once('error', (error) => { this.stderr += `${error}`; alive.delete(this.child); resolve(null); });
      this.child.once('exit', (code, signal) => { alive.delete(this.child); resolve(code ?? signal); });
    });
  }

  /** The next line of standard output, or an error with what the program said. */
  async line(limit = START_MS) {
    const next = new Promise((resolve) => { this.lines.once('line', resolve); });
    const late = timer(limit, `nothing on standard output within ${limit} ms`);
    const ended = this.exit.then((code) => { throw new Error(`ended with ${code}`); });
    try {
      return await Promise.race([next, late.promise, ended]);
    } catch (error) {
      throw new Error(`${error.message}; standard error: ${this.stderr.slice(-2000)}`);
    } finally {
      late.clear();
    }
  }

  /** Asks it to end, and insists when it does not. */
  end(signal = 'SIGTERM') {
    this.child.kill(signal);
    return this.ended(STOP_MS);
  }

  /** Its exit code; when it takes longer than the limit it is killed, and that is an error. */
  async ended(limit) {
    const late = timer(limit, `still runs after ${limit} ms`);
    try {
      return await Promise.race([this.exit, late.promise]);
    } catch (error) {
      this.child.kill('SIGKILL');
      throw error;
    } finally {
      late.clear();
    }
  }
}

function timer(limit, message) {
  let id;
  const promise = new Promise((_, reject) => { id = setTimeout(() => reject(new Error(message)), limit); });
  promise.catch(() => {});
  return { promise, clear: () => clearTimeout(id) };
}

class Product {
  constructor(process, hello, { data, origin, ca }) {
    this.process = process;
    this.hello = hello;
    this.data = data ?? hello.data;
    this.origin = origin ?? hello.console;
    this.ca = ca;
  }

  get stderr() {
    return this.process.stderr;
  }

  get https() {
    return this.hello.https;
  }

  get port() {
    return Number(new URL(this.origin).port);
  }

  get setupUrl() {
    return this.hello.setup_url ?? this.stderr.match(/https?:\/\/\S+\/setup\?token=[^\s"]+/)?.[0];
  }

  get setupToken() {
    return new URL(this.setupUrl).searchParams.get('token');
  }

  client(options) {
    return new Client(this.origin, { ca: this.ca, ...options });
  }

  ready() {
    return until('/readyz answers 200',
      async () => (await send(this.origin, 'GET', '/readyz', { ca: this.ca, timeout: 2_000 })).status === 200,
      { timeout: START_MS });
  }

  /** Ends it as a service manager does; the program must close by itself. */
  stop() {
    return this.process.end('SIGTERM');
  }

  crash() {
    return this.process.end('SIGKILL');
  }

  async mails() {
    const answer = await this.client().get('/dev/mail.json');
    assert.equal(answer.status, 200, `/dev/mail.json: ${answer.text.slice(0, 200)}`);
    return answer.json().items.sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
  }

  /** The newest mail to an address that links to a path such as `/confirm`. */
  mailTo(address, path, { besides = [], timeout = 20_000 } = {}) {
    return until(`a mail to ${address} with a link to ${path}`, async () => (await this.mails())
      .find((mail) => String(mail.to).includes(address) && linkIn(mail, path) && !besides.includes(mail.id)), { timeout });
  }
}

export function linkIn(mail, path) {
  return mail.text.match(/https?:\/\/[^\s<>"']+[^\s<>"'.,;)]/g)?.find((link) => new URL(link).pathname === path);
}

export const tokenIn = (mail, path) => new URL(linkIn(mail, path)).searchParams.get('token');

/** `vouchsafe up` on a new folder, or on one that is given (and then kept). */
export async function startProduct({ data = join(tempFolder(), 'data'), extra = [], limits = false } = {}) {
  const process = new Process(binary(), [
    'up', '--json', '--port', '0', '--https-port', '0', '--no-open', '--data', data,
    // One address sends what many people would.
    ...(limits ? [] : ['--without-limits']), ...extra,
  ]);
  const hello = JSON.parse(await process.line());
  const product = new Product(process, hello, { data });
  await product.ready();
  return product;
}

/** `vouchsafe serve` with a configuration file. */
export async function serveProduct(config, { origin, ca, data }) {
  const process = new Process(binary(), ['serve', '--config', config, '--json']);
  const hello = JSON.parse(await process.line());
  const product = new Product(process, hello, { origin, ca, data });
  await product.ready();
  return product;
}
