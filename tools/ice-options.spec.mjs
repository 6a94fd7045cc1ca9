import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

import { parseIce } from './ice-command.mjs';
import { parseIceUrl, parseTtl } from './ice-servers.mjs';
import { Refusal } from './project.mjs';

const folder = mkdtempSync(join(tmpdir(), 'parley-'));
test.after(() => rmSync(folder, { recursive: true }));

const secret = '0123456789abcdef0123456789abcdef';
const hour = 3_600_000;

test('addresses: those that browsers accept are accepted', () => {
  for (const [given, read = given] of [
    ['turn:turn.example.org'],
    ['turn:turn.example.org:3478'],
    ['turn:turn.example.org:3478?transport=udp'],
    ['turn:turn.example.org:3478?transport=tcp'],
    ['turns:turn.example.org:443'],
    ['turns:turn.example.org:443?transport=tcp'],
    ['TURNS:Turn.Example.org:443', 'turns:turn.example.org:443'],
    ['turn:192.0.2.1:3478'],
    ['turn:[2001:DB8::1]', 'turn:[2001:db8::1]'],
    ['turn:[2001:db8::1]:3478?transport=tcp'],
    ['turn:localhost:3478'],
  ]) {
    assert.equal(parseIceUrl('turn', given ?? ''), read);
  }
  for (const given of ['stun:stun.example.org', 'stuns:stun.example.org:5349', 'stun:[2001:db8::1]:3478']) {
    assert.equal(parseIceUrl('stun', given), given);
  }
});

test('addresses: those that browsers reject are refused with the reason', () => {
  for (const [option, given, why] of /** @type {const} */ ([
    ['turn', 'turn.example.org', /begin with turn: or turns:/],
    ['turn', 'https://turn.example.org', /begin with turn: or turns:/],
    ['turn', 'stun:stun.example.org', /begin with turn: or turns:/],
    ['stun', 'turn:turn.example.org', /begin with stun: or stuns:/],
    ['turn', 'turn://turn.example.org', /leave out the slashes/],
    ['turn', 'turn:', /"" is not a host name/],
    ['turn', 'turn:-a.example.org', /not a host name/],
    ['turn', 'turn:turn_example.org', /not a host name/],
    ['turn', 'turn:user@turn.example.org', /not a host name/],
    ['turn', 'turn:256.0.0.1', /not a host name/],
    ['turn', 'turn:2001:db8::1', /in brackets/],
    ['turn', 'turn:[2001:db8::1', /not a host and port/],
    ['turn', 'turn:[192.0.2.1]', /not an IPv6 address/],
    ['turn', 'turn:turn.example.org:', /from 1 to 65535/],
    ['turn', 'turn:turn.example.org:0', /from 1 to 65535/],
    ['turn', 'turn:turn.example.org:65536', /from 1 to 65535/],
    ['turn', 'turn:turn.example.org:https', /not a host and port/],
    ['turn', 'turn:turn.example.org?transport=tls', /transport=udp or transport=tcp/],
    ['turn', 'turn:turn.example.org?ttl=1', /transport=udp or transport=tcp/],
    ['turn', 'turns:turn.example.org:443?transport=udp', /DTLS/],
    ['stun', 'stun:stun.example.org?transport=tcp', /takes no parameters/],
  ])) {
    assert.throws(
      () => parseIceUrl(option, given),
      (error) =>
        error instanceof Refusal &&
        error.message.startsWith(`--${option} ${given}: `) &&
        why.test(error.message),
      given,
    );
  }
});

test('time to live: minutes, hours and days, from ten minutes to seven days', () => {
  assert.deepEqual(['10m', '90m', '24h', '7d', '168h'].map(parseTtl), [
    600_000,
    5_400_000,
    24 * hour,
    168 * hour,
    168 * hour,
  ]);
  for (const text of ['', '24', 'h', '-1h', '1.5h', '1 h', '24H', '1w', '9999999m']) {
    assert.throws(() => parseTtl(text), /90m, 24h or 7d/, text);
  }
  for (const text of ['0h', '9m']) assert.throws(() => parseTtl(text), /at least 10m/);
  for (const text of ['8d', '169h']) assert.throws(() => parseTtl(text), /7d at most/);
});

const env = { TURN_SECRET: secret };
const emulator = ['--emulator', '127.0.0.1:8080'];
const turn = ['--turn', 'turns:turn.example.org:443', '--secret-env', 'TURN_SECRET'];

test('options: all of them', () => {
  assert.deepEqual(
    parseIce(
      [
        ...turn,
        '--turn',
        'turn:turn.example.org',
        '--turn',
        'turn:TURN.example.org',
        '--stun',
        'stun:a.example',
      ].concat(['--ttl', '12h', '--project', 'parley-1234']),
      { TURN_SECRET: ` ${secret}\n` },
    ),
    {
      urls: ['stun:a.example', 'turns:turn.example.org:443', 'turn:turn.example.org'],
      secret,
      ttl: 12 * hour,
      project: 'parley-1234',
      dryRun: false,
      clear: false,
    },
  );
  assert.equal(parseIce(['--help'], {}), 'help');
});

test('options: the emulator, by option and by variable', () => {
  for (const [args, variables] of /** @type {const} */ ([
    [['--stun', 'stun:a', ...emulator], {}],
    [['--stun', 'stun:a'], { FIRESTORE_EMULATOR_HOST: '127.0.0.1:8080' }],
    [['--stun', 'stun:a', ...emulator], { FIRESTORE_EMULATOR_HOST: 'nonsense' }],
  ])) {
    const options = parseIce([...args], variables);
    assert.ok(options !== 'help');
    assert.equal(options.host, '127.0.0.1:8080');
    assert.equal(options.project, 'demo-parley');
    assert.equal(options.ttl, 24 * hour);
  }
  const options = parseIce(['--clear', '--emulator', '[::1]:8080', '--project', 'demo-other'], {});
  assert.ok(options !== 'help');
  assert.equal(options.project, 'demo-other');
});

test('options: the project of the service account, if no other is named', () => {
  const key = join(folder, 'account.json');
  writeFileSync(key, JSON.stringify({ type: 'service_account', project_id: 'parley-5678' }));
  const options = parseIce(['--stun', 'stun:a'], { GOOGLE_APPLICATION_CREDENTIALS: key });
  assert.ok(options !== 'help');
  assert.equal(options.project, 'parley-5678');
  assert.equal(Object(parseIce(['--stun', 'stun:a'], env, 'noted')).project, 'noted');
});

test('options: missing and invalid ones are refused with the remedy', () => {
  /** @type {[string[], NodeJS.ProcessEnv, RegExp][]} */
  const cases = [
    [[], env, /No servers given[^]*Usage/],
    [['--bogus'], env, /--bogus[^]*Usage/],
    [[...turn, 'more', ...emulator], env, /Every value needs an option/],
    [['--turn', 'turns:turn.example.org:443', ...emulator], env, /needs --secret-env <name>[^]*export/],
    [[...turn, ...emulator], {}, /TURN_SECRET is not set[^]*export/],
    [[...turn, ...emulator], { TURN_SECRET: '' }, /TURN_SECRET: that variable is empty/],
    [[...turn, ...emulator], { TURN_SECRET: ' \n' }, /TURN_SECRET: that variable is empty/],
    [[...turn, ...emulator], { TURN_SECRET: 'short' }, /fewer than 16 characters[^]*openssl rand/],
    [[...turn, ...emulator, '--ttl', 'soon'], env, /--ttl soon/],
    [[...turn, '--emulator', 'nowhere'], env, /--emulator nowhere: write host and port/],
    [[...turn], { ...env, FIRESTORE_EMULATOR_HOST: ':0' }, /FIRESTORE_EMULATOR_HOST :0/],
    [[...turn, '--project', 'No Such'], env, /--project No Such: a project id/],
    [['--clear', '--stun', 'stun:a', ...emulator], env, /--clear deletes all/],
  ];
  for (const [args, variables, message] of cases) {
    assert.throws(
      () => parseIce(args, { HOME: folder, ...variables }),
      (error) => error instanceof Refusal && message.test(error.message),
      String(message),
    );
  }
});

test('options: a missing project is refused with the remedy', () => {
  assert.throws(() => parseIce(['--stun', 'stun:a'], { HOME: folder }), /No Firebase project[^]*use --add/);
});

test('no message contains the secret, even if it was given in the wrong place', () => {
  for (const args of [
    ['--turn', 'turns:a', '--secret-env', secret],
    ['--turn', 'turns:a', '--secret-env', 'abcdefabcdef'],
    ['--turn', 'turns:a', secret],
    ['--secret', secret],
    [`--secret=${secret}`],
  ]) {
    assert.throws(
      () => parseIce(args, {}),
      ({ message }) => !message.includes(secret) && !message.includes('abcdefabcdef'),
    );
  }
});
