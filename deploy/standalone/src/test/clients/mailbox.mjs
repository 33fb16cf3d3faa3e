// As much of a mail server as the program needs to get rid of its mails.
import net from 'node:net';
import { until } from './client.mjs';

/** Takes every mail that is sent to the port, until it is closed. */
export async function openMailbox(port) {
  const mails = [];
  const server = net.createServer((socket) => {
    let rest = '';
    let to;
    let data = null;
    const say = (line) => socket.write(`${line}\r\n`);
    const said = (line) => {
      if (data !== null) {
        if (line !== '.') {
          data.push(line);
        } else {
          mails.push({ to, text: data.join('\n') });
          data = null;
          say('250 taken');
        }
      } else if (line.startsWith('RCPT TO:')) {
        to = line.slice('RCPT TO:'.length).replace(/[<>]/g, '');
        say('250 ok');
      } else if (line === 'DATA') {
        data = [];
        say('354 go on');
      } else if (line === 'QUIT') {
        say('221 bye');
        socket.end();
      } else {
        say('250 ok');
      }
    };
    socket.on('error', () => {});
    socket.on('data', (bytes) => {
      const lines = (rest + bytes).split('\r\n');
      rest = lines.pop();
      lines.forEach(said);
    });
    say('220 mailbox');
  });
  await new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    to: (address) => mails.filter((mail) => mail.to === address),
    /** The token in the n-th mail to an address. */
    async token(address, nth = 1) {
      const mail = await until(`mail ${nth} to ${address}`, () =>
        mails.filter((one) => one.to === address)[nth - 1],
      );
      return /#token=([A-Za-z0-9_-]{43})/.exec(mail.text)[1];
    },
    close: () => server.close(),
  };
}
