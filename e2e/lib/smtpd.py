"""A mail server for the tests: demands STARTTLS, prints each letter as one line of JSON."""
import asyncio
import json
import ssl
import sys
from email import message_from_bytes, policy

from aiosmtpd.smtp import SMTP


def say(**fields):
    print(json.dumps(fields), flush=True)


class Keeper:
    async def handle_DATA(self, server, session, envelope):
        mail = message_from_bytes(envelope.content, policy=policy.default)
        text = mail.get_body(preferencelist=("plain",))
        html = mail.get_body(preferencelist=("html",))
        say(
            to=envelope.rcpt_tos,
            sender=envelope.mail_from,
            subject=str(mail["subject"]),
            tls=bool(session.ssl),
            text=text.get_content() if text else "",
            html=bool(html),
        )
        return "250 kept"


async def main():
    port, certificate, key = int(sys.argv[1]), sys.argv[2], sys.argv[3]
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)
    loop = asyncio.get_running_loop()
    keeper = Keeper()
    server = await loop.create_server(
        lambda: SMTP(keeper, hostname="localhost", require_starttls=True, tls_context=context, loop=loop),
        "127.0.0.1",
        port,
    )
    say(ready=True)
    await server.serve_forever()


asyncio.run(main())
