// What `vouchsafe serve` needs: a configuration file, certificates, and a mail server to talk to.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Process, freePort } from './product.mjs';
import { until } from './wait.mjs';

const openssl = (...args) => execFileSync('openssl', args, { stdio: ['ignore', 'pipe', 'pipe'] }).toString();
const CURVE = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

/** A certificate authority of our own. */
export function makeAuthority(folder, name = 'Test CA') {
  const slug = name.toLowerCase().replaceAll(' ', '-');
  const [key, cert] = [join(folder, `${slug}.key`), join(folder, `${slug}.pem`)];
  openssl('req', '-x509', ...CURVE, '-days', '2', '-subj', `/CN=${name}`, '-keyout', key, '-out', cert,
    '-addext', 'basicConstraints=critical,CA:TRUE', '-addext', 'keyUsage=critical,keyCertSign,cRLSign');
  return { key, cert, pem: readFileSync(cert) };
}

/** A certificate for localhost, signed by the authority; the files are overwritten when they exist. */
export function makeCertificate(folder, authority, file = 'localhost') {
  const at = (ending) => join(folder, `${file}.${ending}`);
  writeFileSync(at('ext'), 'subjectAltName=DNS:localhost,IP:127.0.0.1,IP:::1\nextendedKeyUsage=serverAuth\n');
  openssl('req', ...CURVE, '-subj', '/CN=localhost', '-keyout', at('key'), '-out', at('csr'));
  openssl('x509', '-req', '-in', at('csr'), '-CA', authority.cert, '-CAkey', authority.key, '-CAcreateserial',
    '-days', '2', '-extfile', at('ext'), '-out', at('pem'));
  return { key: at('key'), cert: at('pem'), serial: openssl('x509', '-in', at('pem'), '-noout', '-serial').trim() };
}

/** Writes the configuration and returns where the product will be. */
export async function writeConfig(folder, { certificate, mail }) {
  const [https, http] = [await freePort(), await freePort()];
  const origin = `https://localhost:${https}`;
  const data = join(folder, 'data');
  const file = join(folder, 'vouchsafe.toml');
  const quoted = JSON.stringify;
  writeFileSync(file, `data = ${quoted(data)}
origin = ${quoted(origin)}

[listen]
https = "127.0.0.1:${https}"
http = "127.0.0.1:${http}"
certificate_file = ${quoted(certificate.cert)}
private_key_file = ${quoted(certificate.key)}
trusted_proxies = []

[sign_up]
open = true

[mail]
host = "localhost"
port = ${mail.port}
tls = "starttls"
from = "noreply@vouchsafe.example"
ca_file = ${quoted(mail.caFile)}
`);
  return { file, data, origin, http: `http://localhost:${http}` };
}

/** A production that nothing stands before: HTTPS, a plain listener that only redirects, mail to canaries alone. */
export async function writeOpenConfig(folder, certificate) {
  const [https, redirect, metrics, mailbox] = [await freePort(), await freePort(), await freePort(), await freePort()];
  const origin = `https://localhost:${https}`;
  const data = join(folder, 'data');
  const file = join(folder, 'open.toml');
  const quoted = JSON.stringify;
  writeFileSync(file, `data = ${quoted(data)}
origin = ${quoted(origin)}

[listen]
https = "127.0.0.1:${https}"
redirect = "127.0.0.1:${redirect}"
metrics = "127.0.0.1:${metrics}"
certificate_file = ${quoted(certificate.cert)}
private_key_file = ${quoted(certificate.key)}

[sign_up]
open = true

[mail]
host = "localhost"
port = ${mailbox}
tls = "none"
from = "noreply@vouchsafe.example"

[posture.mailbox]
listen = "127.0.0.1:${mailbox}"
domain = "canary.vouchsafe.example"
`);
  return { file, data, origin, redirect: `http://localhost:${redirect}`, metrics: `http://localhost:${metrics}`, mailbox };
}

/** A Python that has aiosmtpd: VENV names the program, or the folder of its environment. */
function python() {
  const named = process.env.VENV ?? fileURLToPath(new URL('../../target/e2e-venv', import.meta.url));
  const inside = join(named, 'bin', 'python');
  return existsSync(inside) ? inside : named;
}

/** A real SMTP server that demands STARTTLS and keeps what arrives. */
export async function startMailServer(certificate, port) {
  const script = fileURLToPath(new URL('smtpd.py', import.meta.url));
  const server = new Process(python(), [script, String(port), certificate.cert, certificate.key]);
  const letters = [];
  server.lines.on('line', (line) => letters.push(JSON.parse(line)));
  await until('the mail server listens', () => letters.some((letter) => letter.ready));
  return {
    letters,
    to: (address) => letters.filter((letter) => letter.to?.includes(address)),
    // Python ends without a word when it is told to.
    stop: () => server.end('SIGTERM'),
  };
}
