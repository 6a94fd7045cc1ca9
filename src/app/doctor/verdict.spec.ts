import { UNEXAMINED, type Examination } from './examination';
import { WAITING } from './finding';
import type { ServerFinding } from './server-check';
import { serverUrl } from './server-url';
import { verdict, type Verdict } from './verdict';

const server = (url: string, reason: ServerFinding['reason']): ServerFinding => ({
  state: reason === 'answers' ? 'well' : 'failed',
  reason,
  url,
  server: serverUrl(url),
  time: null,
  code: null,
  text: '',
  candidates: [],
});
const stun = server('stun:a', 'answers');
const relay = (reason: ServerFinding['reason']) => server('turn:a', reason);

/** All checks pass, with these servers. */
const well = (...list: readonly ServerFinding[]): Examination => ({
  ...UNEXAMINED,
  browser: { state: 'well', reason: 'ready', missing: [] },
  codecs: { state: 'well', reason: 'all', audio: [], video: [] },
  camera: { state: 'well', reason: 'works', track: null, level: 0 },
  microphone: { state: 'well', reason: 'heard', track: null, level: 0 },
  database: { ...UNEXAMINED.database, state: 'well', reason: 'reachable' },
  servers: { state: 'well', reason: 'listed', list },
  udp: { state: 'well', reason: 'open' },
  nat: { state: 'well', reason: 'independent', mapped: [] },
  ipv6: { state: 'note', reason: 'none' },
  relay: { state: 'well', reason: 'measured', figures: null },
});
const symmetric = { nat: { state: 'warning', reason: 'dependent', mapped: [] } } as const;
const noUdp = { udp: { state: 'warning', reason: 'blocked' } } as const;
const failedInput = (reason: 'denied') => ({ state: 'failed', reason, track: null, level: 0 }) as const;
const database = (reason: Examination['database']['reason']) => ({
  database: { ...UNEXAMINED.database, state: 'failed' as const, reason },
});

describe('verdict', () => {
  interface Case {
    readonly what: string;
    readonly examination: Examination;
    readonly expected: Partial<Verdict> & Pick<Verdict, 'kind' | 'mood'>;
  }
  const cases: readonly Case[] = [
    { what: 'nothing yet', examination: UNEXAMINED, expected: { kind: 'running', mood: 'running' } },
    {
      what: 'a relay',
      examination: well(stun, relay('answers')),
      expected: { kind: 'anyone', mood: 'well', direct: null, amiss: [] },
    },
    {
      what: 'a relay by one way of three, from behind the worst NAT, without UDP',
      examination: {
        ...well(
          relay('unreachable'),
          server('turn:a?transport=tcp', 'unreachable'),
          server('turns:a', 'answers'),
        ),
        ...symmetric,
        ...noUdp,
      },
      expected: { kind: 'anyone', mood: 'well' },
    },
    { what: 'no relay, a good NAT', examination: well(stun), expected: { kind: 'most', mood: 'warning' } },
    {
      what: 'no relay, a NAT that maps for each',
      examination: { ...well(stun), ...symmetric },
      expected: { kind: 'relayMissing', mood: 'failed' },
    },
    {
      what: 'no relay, no UDP',
      examination: { ...well(server('stun:a', 'unreachable')), ...noUdp },
      expected: { kind: 'relayMissing', mood: 'failed' },
    },
    {
      what: 'no servers at all',
      examination: { ...well(), servers: { state: 'note', reason: 'none', list: [] } },
      expected: { kind: 'nearby', mood: 'warning' },
    },
    {
      what: 'refused credentials, a good NAT',
      examination: well(stun, relay('refused')),
      expected: { kind: 'relayRefused', mood: 'failed', direct: true },
    },
    {
      what: 'refused credentials, a NAT that maps for each',
      examination: { ...well(stun, relay('refused')), ...symmetric },
      expected: { kind: 'relayRefused', direct: false, mood: 'failed' },
    },
    {
      what: 'a silent relay',
      examination: well(stun, relay('unreachable')),
      expected: { kind: 'relaySilent', mood: 'failed', direct: true },
    },
    {
      what: 'a hidden address without a relay',
      examination: { ...well(stun), relayOnly: true },
      expected: { kind: 'hidden', mood: 'failed' },
    },
    {
      what: 'a hidden address with a relay',
      examination: { ...well(stun, relay('answers')), relayOnly: true },
      expected: { kind: 'anyone', mood: 'well' },
    },
    {
      what: 'servers still asked',
      examination: {
        ...well(stun, relay(null)),
        servers: { state: 'running', reason: 'listed', list: [stun] },
      },
      expected: { kind: 'running', mood: 'running' },
    },
    {
      what: 'a relay that answers while others are still asked',
      examination: {
        ...well(),
        servers: { state: 'running', reason: 'listed', list: [stun, relay('answers'), relay(null)] },
        udp: WAITING,
        nat: UNEXAMINED.nat,
      },
      expected: { kind: 'anyone', mood: 'well' },
    },
    {
      what: 'no network',
      examination: { ...well(stun), online: false },
      expected: { kind: 'offline', mood: 'warning' },
    },
    {
      what: 'an old browser without a network',
      examination: {
        ...well(),
        online: false,
        browser: { state: 'failed', reason: 'unsupported', missing: ['RTCPeerConnection'] },
      },
      expected: { kind: 'unsupported', mood: 'failed' },
    },
    {
      what: 'an insecure page',
      examination: { ...well(), browser: { state: 'failed', reason: 'insecure', missing: [] } },
      expected: { kind: 'insecure', mood: 'failed' },
    },
    {
      what: 'no usual codec',
      examination: { ...well(stun), codecs: { state: 'failed', reason: 'noVideo', audio: [], video: [] } },
      expected: { kind: 'codecs', mood: 'failed' },
    },
    {
      what: 'a site without configuration',
      examination: { ...well(), ...database('configuration') },
      expected: { kind: 'configuration', mood: 'failed' },
    },
    {
      what: 'a refused sign-in',
      examination: { ...well(), ...database('sign-in') },
      expected: { kind: 'sign-in', mood: 'failed' },
    },
    {
      what: 'a silent database',
      examination: { ...well(), ...database('silent') },
      expected: { kind: 'database', mood: 'failed' },
    },
    {
      what: 'a site out of reach',
      examination: { ...well(), ...database('offline') },
      expected: { kind: 'database', mood: 'failed' },
    },
    {
      what: 'devices that do not work, and a thin relay',
      examination: {
        ...well(stun, relay('answers')),
        camera: failedInput('denied'),
        microphone: failedInput('denied'),
        relay: { state: 'warning', reason: 'thin', figures: null },
      },
      expected: { kind: 'anyone', mood: 'warning', amiss: ['camera', 'microphone', 'thin'] },
    },
    {
      what: 'a far database and a microphone that hears nothing',
      examination: {
        ...well(stun),
        database: { ...UNEXAMINED.database, state: 'warning', reason: 'slow' },
        microphone: { state: 'warning', reason: 'silent', track: null, level: 0 },
      },
      expected: { kind: 'most', mood: 'warning', amiss: ['silent', 'slow'] },
    },
    {
      what: 'a database that answers and can’t be listened to',
      examination: {
        ...well(stun, relay('answers')),
        database: { ...UNEXAMINED.database, state: 'warning', reason: 'polled' },
      },
      expected: { kind: 'anyone', mood: 'warning', amiss: ['polled'] },
    },
  ];
  for (const { what, examination, expected } of cases) {
    it(`${what}: ${expected.kind}`, () =>
      expect(verdict(examination)).toEqual(jasmine.objectContaining(expected)));
  }
});
