// Bytes on a socket, for what no well-behaved client would send.
import net from 'node:net';
import tls from 'node:tls';

const connect = (port, secure) => (secure
  ? tls.connect({ host: 'localhost', port, rejectUnauthorized: false, servername: 'localhost' })
  : net.connect({ host: 'localhost', port }));

/** Sends bytes and reads until the server closes, or until the limit. */
export function exchange(port, bytes, { limit = 10_000, secure = false } = {}) {
  return drive(port, { limit, secure, start: (socket) => socket.write(bytes) });
}

/** Sends a head, then one byte a second, and measures how long the server lets that go on. */
export function trickle(port, head, { limit = 40_000, secure = false } = {}) {
  let ticker;
  return drive(port, {
    limit, secure,
    start: (socket) => {
      if (head) socket.write(head);
      ticker = setInterval(() => socket.writable && socket.write('a'), 1_000);
    },
  }).finally(() => clearInterval(ticker));
}

/** Opens a connection and says nothing at all. */
export const silence = (port, options) => drive(port, { limit: 40_000, start: () => {}, ...options });

function drive(port, { limit, secure, start }) {
  return new Promise((resolve) => {
    const socket = connect(port, secure);
    const started = performance.now();
    let text = '';
    const finish = (closed) => {
      clearTimeout(timer);
      socket.destroy();
      resolve({ closed, text, ms: performance.now() - started, answers: statuses(text) });
    };
    const timer = setTimeout(() => finish(false), limit);
    socket.on(secure ? 'secureConnect' : 'connect', () => start(socket));
    socket.on('data', (part) => { text += part.toString('latin1'); });
    // A reset and an end are both the server's way of saying that it is done.
    for (const event of ['end', 'close', 'error']) socket.on(event, () => finish(true));
  });
}

const statuses = (text) => [...text.matchAll(/^HTTP\/1\.[01] (\d{3})/gm)].map((match) => Number(match[1]));
