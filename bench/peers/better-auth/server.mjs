// Better Auth as its documentation sets it up: SQLite beside the program, e-mail and password, sessions in the database.
// The hash is Argon2id at the given cost. It says its port, and ends with its standard input.
import { createServer } from 'node:http';
import { hash, verify } from '@node-rs/argon2';
import { betterAuth } from 'better-auth';
import { getMigrations } from 'better-auth/db/migration';
import { toNodeHandler } from 'better-auth/node';
import Database from 'better-sqlite3';

const [file, memoryCost, timeCost] = process.argv.slice(2);
const cost = { memoryCost: Number(memoryCost), timeCost: Number(timeCost), parallelism: 1 };
const database = new Database(file);
database.pragma('journal_mode = WAL');

const server = createServer();
await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
const { port } = server.address();
const options = {
  baseURL: `http://127.0.0.1:${port}`,
  secret: 'only-for-measuring-only-for-measuring',
  database,
  emailAndPassword: {
    enabled: true,
    password: { hash: (password) => hash(password, cost), verify: ({ hash: text, password }) => verify(text, password) },
  },
  rateLimit: { enabled: false },
  telemetry: { enabled: false },
  logger: { level: 'error' },
};
await (await getMigrations(options)).runMigrations();
server.on('request', toNodeHandler(betterAuth(options)));
console.log(port);
process.stdin.resume().on('end', () => process.exit(0));
