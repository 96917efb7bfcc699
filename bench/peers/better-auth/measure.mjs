// CPU of a sign-in and of a session check of Better Auth, and of the same hash alone, in turns. Node 20 or newer, Linux.
//
//   npm install && node measure.mjs [MEMORY_KIB PASSES]
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { hash } from '@node-rs/argon2';

const [memory = '19456', passes = '8'] = process.argv.slice(2);
const TURNS = 10;
const IN_A_TURN = 8;
const CHECKS = 8000;
const PAUSE = 25;

const folder = mkdtempSync(join(tmpdir(), 'peer-'));
const server = spawn(process.execPath, ['server.mjs', join(folder, 'data.db'), memory, passes], {
  cwd: import.meta.dirname, stdio: ['pipe', 'pipe', 'inherit'],
});
const [port] = await createInterface({ input: server.stdout })[Symbol.asyncIterator]().next().then((line) => [line.value]);
const base = `http://127.0.0.1:${port}`;

/** Milliseconds of CPU that a process has used (100 ticks a second). */
function cpu(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}
const pause = () => new Promise((go) => setTimeout(go, PAUSE));

async function post(path, body) {
  const headers = { 'content-type': 'application/json', origin: base };
  const answer = await fetch(base + path, { method: 'POST', headers, body: JSON.stringify(body) });
  if (answer.status !== 200) throw new Error(`${path} was answered ${answer.status}: ${await answer.text()}`);
  await answer.arrayBuffer();
  return answer.headers.getSetCookie().map((line) => line.split(';')[0]).join('; ');
}

const person = { email: 'bench@example.com', password: 'a password to measure with' };
await post('/api/auth/sign-up/email', { ...person, name: 'Bench' });
let cookie = await post('/api/auth/sign-in/email', person);

const cost = { memoryCost: Number(memory), timeCost: Number(passes), parallelism: 1 };
let [signIns, bare] = [0, 0];
for (let turn = 0; turn < TURNS; turn += 1) {
  let before = cpu(server.pid);
  for (let n = 0; n < IN_A_TURN; n += 1) {
    cookie = await post('/api/auth/sign-in/email', person);
    await pause();
  }
  signIns += cpu(server.pid) - before;
  before = process.cpuUsage();
  for (let n = 0; n < IN_A_TURN; n += 1) await hash(person.password, cost);
  const spent = process.cpuUsage(before);
  bare += (spent.user + spent.system) / 1000;
}

async function check(path, headers) {
  const before = cpu(server.pid);
  await Promise.all(Array.from({ length: 8 }, async () => {
    for (let n = 0; n < CHECKS / 8; n += 1) {
      const answer = await fetch(base + path, { headers });
      const text = await answer.text();
      if (answer.status !== 200 || (headers.cookie && !text.includes(person.email))) throw new Error(`${path}: ${answer.status}`);
    }
  }));
  return ((cpu(server.pid) - before) * 1000) / CHECKS;
}

await check('/api/auth/ok', {}); // warm
const [plain, own] = [await check('/api/auth/ok', {}), await check('/api/auth/get-session', { cookie })];
const each = (sum) => sum / (TURNS * IN_A_TURN);
const round = (value) => Math.round(value * 100) / 100;
console.log(JSON.stringify({
  at: new Date().toISOString(), peer: 'better-auth', memory_kib: Number(memory), passes: Number(passes),
  sign_in_ms: round(each(signIns)), hash_alone_ms: round(each(bare)),
  beyond_the_hash_ms: round(each(signIns) - each(bare)), ratio: round(signIns / bare),
  session_check_us: round(own), plain_request_us: round(plain),
}, null, 1));
server.stdin.end();
rmSync(folder, { recursive: true, force: true });
