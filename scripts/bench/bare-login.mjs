// The floor: one login with the same ssh2 options as the product, one `true`, done. Loopback only.
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import ssh2 from 'ssh2';

const [identity, port] = process.argv.slice(2);
const client = new ssh2.Client();
const username = 'ubuntu';
client.on('ready', () => {
  client.exec('true', (error, channel) => {
    if (error) throw error;
    channel.resume().on('close', () => client.end());
  });
});
client.connect({
  sock: connect({ host: '127.0.0.1', port: Number(port), noDelay: true }),
  username,
  authHandler: [{ type: 'publickey', username, key: readFileSync(identity) }],
  hostVerifier: () => true,
});
