import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { BlockList, isIPv4 } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

import { inProject } from './project.mjs';

const here = inProject('deploy', 'coturn');
const configuration = readFileSync(join(here, 'turnserver.conf'), 'utf8');
const secret = '0123456789abcdef0123456789abcdef';

const folder = mkdtempSync(join(tmpdir(), 'parley-'));
test.after(() => rmSync(folder, { recursive: true }));

/** @param {string} address */
const family = (address) => (isIPv4(address) ? 'ipv4' : 'ipv6');

test('the relay reaches the internet and nothing else', () => {
  // One list for each family, because coturn compares only within a family, and a list for both would know that
  // ::ffff:10.0.0.1 is 10.0.0.1.
  const denied = { ipv4: new BlockList(), ipv6: new BlockList() };
  const ranges = [...configuration.matchAll(/^denied-peer-ip=(\S+)-(\S+)$/gm)];
  assert.equal(ranges.length, configuration.match(/denied-peer-ip=/g)?.length);
  for (const [, first = '', last = ''] of ranges) denied[family(first)].addRange(first, last, family(first));
  for (const address of [
    ...['0.0.0.0', '10.0.0.1', '10.255.255.255', '100.64.0.1', '100.127.255.255', '127.0.0.1', '127.255.0.1'],
    ...[
      '169.254.169.254',
      '172.16.0.1',
      '172.31.255.255',
      '192.0.0.8',
      '192.0.2.1',
      '192.88.99.1',
      '192.168.1.1',
    ],
    ...[
      '198.18.0.1',
      '198.19.255.255',
      '198.51.100.1',
      '203.0.113.1',
      '224.0.0.251',
      '239.1.1.1',
      '255.255.255.255',
    ],
    ...[
      '::',
      '::1',
      '::127.0.0.1',
      '::ffff:10.0.0.1',
      '::ffff:169.254.169.254',
      '64:ff9b::a00:1',
      '64:ff9b:1::1',
    ],
    ...['100::1', '2001::1', '2001:10::1', '2001:db8::1', '2002:a00:1::1', '3fff::1', '5f00::1', 'fc00::1'],
    ...['fd00:ec2::254', 'fe80::1', 'febf::1', 'fec0::1', 'ff02::1', 'ff0e::1'],
  ]) {
    assert.ok(denied[family(address)].check(address, family(address)), `${address} is denied`);
  }
  for (const address of [
    ...['1.1.1.1', '9.255.255.255', '11.0.0.0', '100.63.255.255', '100.128.0.0', '126.0.0.1', '128.0.0.1'],
    ...['169.253.0.1', '172.15.0.1', '172.32.0.1', '192.167.0.1', '192.169.0.1', '198.17.0.1', '198.20.0.1'],
    ...['223.255.255.255', '2001:4860:4860::8888', '2003::1', '2600::1', '2a00::1', '2606:4700::1111'],
  ]) {
    assert.ok(!denied[family(address)].check(address, family(address)), `${address} is not`);
  }
});

/** Output of `ip -o route get <address>` on a machine with these two addresses. */
const fakeRoutes = `#!/bin/sh
case $4 in *:*) mine=$FAKE_IPV6 ;; *) mine=$FAKE_IPV4 ;; esac
[ -n "$mine" ] || { echo 'RTNETLINK answers: Network is unreachable' >&2; exit 2; }
echo "$4 via 192.0.2.1 dev eth0 src $mine uid 0 \\\\    cache"
`;

/**
 * Runs run.sh with a fake `turnserver` that only prints its arguments.
 *
 * @param {string} version of coturn
 * @param {NodeJS.ProcessEnv} [changes]
 */
function start(version, changes = {}) {
  const bin = mkdtempSync(join(folder, 'bin-'));
  const tls = join(bin, 'tls');
  const run = join(bin, 'run');
  mkdirSync(tls);
  mkdirSync(run);
  for (const name of ['fullchain.pem', 'privkey.pem']) writeFileSync(join(tls, name), '');
  writeFileSync(join(bin, 'secret'), `${secret}\n`);
  const script = `#!/bin/sh\n[ "$1" = --version ] && { echo ${version}; exit; }\necho "$@"\n`;
  writeFileSync(join(bin, 'turnserver'), script, { mode: 0o755 });
  writeFileSync(join(bin, 'ip'), fakeRoutes, { mode: 0o755 });
  const { status, stdout, stderr } = spawnSync('sh', [join(here, 'run.sh'), '--verbose'], {
    encoding: 'utf8',
    env: {
      PATH: `${bin}:${process.env['PATH']}`,
      TURN_HOST: 'turn.example.org',
      TURN_SECRET_FILE: join(bin, 'secret'),
      TURN_TLS: tls,
      RUNTIME_DIRECTORY: run,
      FAKE_IPV4: '192.0.2.7',
      FAKE_IPV6: '2001:db8::7',
      ...changes,
    },
  });
  return { status, stdout, stderr, tls, run, path: join(run, 'turnserver.conf') };
}

test('run.sh: the shared configuration, then the settings of this server', () => {
  const { status, stdout, tls, run, path } = start('4.17.0');
  assert.equal(status, 0);
  assert.equal(stdout, `-c ${path} --verbose\n`);
  const written = readFileSync(path, 'utf8');
  assert.ok(written.startsWith(configuration));
  assert.deepEqual(written.slice(configuration.length).trim().split('\n'), [
    'realm=turn.example.org',
    'server-name=turn.example.org',
    `static-auth-secret=${secret}`,
    `cert=${tls}/fullchain.pem`,
    `pkey=${tls}/privkey.pem`,
    `pidfile=${run}/turnserver.pid`,
    `userdb=${run}/turndb`,
    ...['listening-ip=192.0.2.7', 'relay-ip=192.0.2.7', 'aux-server=192.0.2.7:443'],
    ...['listening-ip=2001:db8::7', 'relay-ip=2001:db8::7', 'aux-server=[2001:db8::7]:443'],
  ]);
  assert.equal(statSync(path).mode & 0o777, 0o600);
});

test('run.sh: old TLS versions are turned off in an older coturn; a newer one has no such option', () => {
  for (const version of ['4.5.2', '4.6.1', '4.6.3']) {
    assert.match(readFileSync(start(version).path, 'utf8'), /^no-tlsv1\nno-tlsv1_1$/m);
  }
  for (const version of ['4.7.0', '4.17.0', '5.0.0']) {
    assert.doesNotMatch(readFileSync(start(version).path, 'utf8'), /tlsv1/);
  }
});

test('run.sh: TURN_ADDRESSES replaces the addresses with which the machine reaches the internet', () => {
  for (const [changes, addresses] of /** @type {[NodeJS.ProcessEnv, string[]][]} */ ([
    [{ TURN_ADDRESSES: '192.0.2.8' }, ['192.0.2.8']],
    [{ FAKE_IPV4: '' }, ['2001:db8::7']],
    [{ FAKE_IPV6: '' }, ['192.0.2.7']],
  ])) {
    const lines = readFileSync(start('4.6.1', changes).path, 'utf8').split('\n');
    assert.deepEqual(
      lines.filter((line) => line.startsWith('listening-ip=')),
      addresses.map((address) => `listening-ip=${address}`),
    );
  }
  const { status, stderr } = start('4.6.1', { FAKE_IPV4: '', FAKE_IPV6: '' });
  // EX_TEMPFAIL: the service retries.
  assert.equal(status, 75);
  assert.match(stderr, /set TURN_ADDRESSES/);
});

test('run.sh: behind a NAT the relay may reach itself', () => {
  const { path } = start('4.6.1', { TURN_EXTERNAL_IP: '198.51.100.7/10.0.0.5' });
  assert.match(
    readFileSync(path, 'utf8'),
    /^external-ip=198\.51\.100\.7\/10\.0\.0\.5\nallowed-peer-ip=10\.0\.0\.5$/m,
  );
});

test('run.sh: missing settings are reported', () => {
  const weak = join(folder, 'weak');
  writeFileSync(weak, 'weak\n');
  for (const [changes, message] of /** @type {[NodeJS.ProcessEnv, RegExp][]} */ ([
    [{ TURN_HOST: '' }, /TURN_HOST is not set/],
    [{ TURN_SECRET_FILE: '' }, /TURN_SECRET_FILE is not set/],
    [{ TURN_SECRET_FILE: '/nowhere' }, /can't be read from \/nowhere/],
    [{ TURN_SECRET_FILE: weak }, /fewer than 16 characters: openssl rand/],
    [{ TURN_TLS: '/nowhere' }, /\/nowhere\/fullchain\.pem can't be read/],
  ])) {
    const { status, stderr, stdout } = start('4.6.1', changes);
    // EX_CONFIG: the service does not retry.
    assert.equal(status, 78);
    assert.match(stderr, message);
    assert.equal(stdout, '');
  }
});

test('the quota of a user equals the total, because all users share one name', () => {
  const [, user] = /^user-quota=(\d+)$/m.exec(configuration) ?? [];
  const [, total] = /^total-quota=(\d+)$/m.exec(configuration) ?? [];
  assert.ok(user);
  assert.equal(user, total);
});
