// A small HTTP client: exact headers, a cookie jar of its own, an optional source address and authority.
import assert from 'node:assert/strict';
import http from 'node:http';
import https from 'node:https';
import { solutionFor } from './captcha.mjs';

const LIMIT_MS = 20_000;

class Answer {
  constructor(message, bytes, ms) {
    this.status = message.statusCode;
    this.headers = message.headers;
    this.bytes = bytes;
    this.ms = ms;
  }

  get text() {
    return this.bytes.toString('utf8');
  }

  get type() {
    return (this.headers['content-type'] ?? '').split(';')[0];
  }

  get location() {
    return this.headers.location;
  }

  json() {
    try {
      return JSON.parse(this.text);
    } catch {
      throw new Error(`status ${this.status}, not JSON: ${this.text.slice(0, 300)}`);
    }
  }
}

/** Sends one request. The time runs from the first byte sent to the last byte read. */
export function send(base, method, path, options = {}) {
  const { headers = {}, body, ca, localAddress, agent = false, timeout = LIMIT_MS } = options;
  const target = new URL(base);
  const lib = target.protocol === 'https:' ? https : http;
  const { promise, resolve, reject } = deferred();
  const started = performance.now();
  const request = lib.request({
    host: target.hostname, port: target.port, method, path, ca, agent, localAddress,
    family: localAddress ? 4 : undefined,
    headers: body === undefined ? headers : { 'content-length': Buffer.byteLength(body), ...headers },
  });
  const timer = setTimeout(
    () => request.destroy(new Error(`${method} ${path}: no whole answer within ${timeout} ms`)), timeout);
  let answered = false;
  request.on('response', (message) => {
    answered = true;
    const parts = [];
    message.on('data', (part) => parts.push(part));
    message.on('error', reject);
    message.on('end', () => resolve(new Answer(message, Buffer.concat(parts), performance.now() - started)));
  });
  // A server may answer and close before it has read a whole body: then the answer counts, not the broken pipe.
  request.on('error', (error) => answered || reject(error));
  request.end(body);
  return promise.finally(() => clearTimeout(timer));
}

function deferred() {
  let resolve, reject;
  const promise = new Promise((yes, no) => { resolve = yes; reject = no; });
  return { promise, resolve, reject };
}

/** One visitor: remembers cookies, or carries a bearer token, and knows how forms and JSON are sent. */
export class Client {
  constructor(base, { ca, bearer, localAddress, agent, cookies = [] } = {}) {
    this.base = base;
    this.options = { ca, localAddress, agent };
    this.bearer = bearer;
    this.cookies = new Map(cookies);
  }

  get cookieHeader() {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  /** A second client that starts with the same cookies. */
  twin() {
    return new Client(this.base, { ...this.options, bearer: this.bearer, cookies: this.cookies });
  }

  async request(method, path, { headers = {}, ...rest } = {}) {
    const all = { ...headers };
    if (this.cookies.size > 0) all.cookie ??= this.cookieHeader;
    if (this.bearer) all.authorization ??= `Bearer ${this.bearer}`;
    const answer = await send(this.base, method, path, { ...this.options, ...rest, headers: all });
    for (const line of answer.headers['set-cookie'] ?? []) this.#keep(line);
    return answer;
  }

  get(path, headers) {
    return this.request('GET', path, { headers });
  }

  page(path) {
    return this.get(path, { accept: 'text/html' });
  }

  json(method, path, value, headers = {}) {
    const body = value === undefined ? undefined : JSON.stringify(value);
    return this.request(method, path, {
      body, headers: { accept: 'application/json', ...(body && { 'content-type': 'application/json' }), ...headers },
    });
  }

  /** An operation of the API; where a challenge stands before it, it is solved first. */
  async api(method, path, value, headers = {}) {
    const solution = method === 'POST' ? await solutionFor(this, `/api/v1${path}`) : undefined;
    return this.json(method, `/api/v1${path}`, value, { ...(solution && { captcha: solution }), ...headers });
  }

  form(path, fields, headers = {}) {
    return this.request('POST', path, {
      body: new URLSearchParams(fields).toString(),
      headers: { accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded', ...headers },
    });
  }

  /** A form that anybody can send, as a person does: from its page, and not at once. */
  async publicForm(path, fields) {
    const page = await this.page(path);
    const [, stamp] = /name="stamp" value="([^"]+)"/.exec(page.text) ?? [];
    assert.ok(stamp, `${path} has a form for everybody: ${page.text.slice(0, 200)}`);
    await new Promise((resolve) => { setTimeout(resolve, 800); });
    const altcha = await solutionFor(this, path);
    return this.form(path, { ...fields, website: '', stamp, ...(altcha && { altcha }) });
  }

  /** Follows `next` until the list ends. */
  async list(path) {
    const items = [];
    let cursor;
    do {
      const mark = path.includes('?') ? '&' : '?';
      const answer = await this.api('GET', cursor ? `${path}${mark}cursor=${encodeURIComponent(cursor)}` : path);
      assert.equal(answer.status, 200, `GET ${path}: ${answer.text.slice(0, 300)}`);
      const { items: more, next } = answer.json();
      items.push(...more);
      cursor = next;
    } while (cursor);
    return items;
  }

  #keep(line) {
    const [pair, ...attributes] = line.split(';').map((part) => part.trim());
    const at = pair.indexOf('=');
    const [name, value] = [pair.slice(0, at), pair.slice(at + 1)];
    const gone = attributes.some((part) => {
      const [key, text = ''] = part.split('=');
      if (key.toLowerCase() === 'max-age') return Number(text) <= 0;
      return key.toLowerCase() === 'expires' && Date.parse(text) < Date.now();
    });
    if (gone) this.cookies.delete(name);
    else this.cookies.set(name, value);
  }
}

/** The answer is a problem by RFC 9457 with one of these states. */
export function assertProblem(answer, states, what = 'answer') {
  const allowed = [states].flat();
  assert.ok(allowed.includes(answer.status),
    `${what}: status ${answer.status}, wanted ${allowed.join(' or ')}: ${answer.text.slice(0, 300)}`);
  assert.equal(answer.type, 'application/problem+json', `${what}: content type`);
  const problem = answer.json();
  for (const key of ['type', 'title', 'instance', 'trace']) {
    assert.equal(typeof problem[key], 'string', `${what}: ${key} of ${answer.text}`);
  }
  assert.ok(['string', 'undefined'].includes(typeof problem.detail), `${what}: detail of ${answer.text}`);
  assert.equal(problem.status, answer.status, `${what}: status in the body`);
  return problem;
}
