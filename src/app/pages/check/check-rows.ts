import type { Examination } from '../../doctor/examination';
import type { CheckState, Finding } from '../../doctor/finding';
import type { ServerFinding } from '../../doctor/server-check';
import { MOST } from '../../doctor/relay-loopback';
import { checkEn } from '../../i18n/check.en';
import { isRefusal, type signInTexts } from '../../i18n/sign-in';
import type { Translate } from '../../i18n/texts';
import { codecName, type Figures } from '../call/statistics/figures';

export type CheckName =
  | 'browser'
  | 'codecs'
  | 'camera'
  | 'microphone'
  | 'database'
  | 'servers'
  | 'server'
  | 'udp'
  | 'nat'
  | 'ipv6'
  | 'relay';

/** A check as the page shows it. */
export interface CheckRow {
  /** Identifies the row within its list. */
  readonly id: string;
  readonly name: string;
  /** A name that is not translated: a server's host, a device's label. */
  readonly which: string;
  readonly state: CheckState;
  readonly found: string;
  /** What to do about it; null if there is nothing to do. */
  readonly todo: string | null;
}

type Key = keyof typeof checkEn;
type Values = Readonly<Record<string, string>>;

const isKey = (key: string): key is Key => key in checkEn;

/** Builds rows in the person's language. */
export class CheckRows {
  constructor(
    private readonly t: Translate<typeof checkEn>,
    private readonly figures: Figures,
    private readonly signIn: Translate<typeof signInTexts.en>,
  ) {}

  /** Checks of the device, except the one that needs the person's answer. */
  devices({
    browser,
    codecs,
    camera,
    microphone,
  }: Examination): Readonly<Record<'browser' | 'codecs' | 'camera' | 'microphone', CheckRow>> {
    const names = (types: readonly string[]) => types.map(codecName).join(', ');
    const { t } = this;
    return {
      camera: this.row('camera', camera, {}, camera.track?.label),
      microphone: this.row('microphone', microphone, {}, microphone.track?.label),
      browser: this.row('browser', browser, { missing: browser.missing.join(', ') }),
      codecs: {
        ...this.row('codecs', codecs, { video: names(codecs.video), audio: names(codecs.audio) }),
        ...(codecs.state === 'note' ? { found: t('found.codecs.unknown') } : {}),
      },
    };
  }

  /** Checks of the network, with one row per server. */
  network(examination: Examination): readonly CheckRow[] {
    const { database, servers, udp, nat, ipv6, relay } = examination;
    const { figures, t } = this;
    const rate = relay.figures?.rate ?? null;
    return [
      this.row('database', database, {
        roundTrip: figures.time(database.roundTrip),
        signIn: figures.time(database.signIn),
      }),
      ...(servers.list.length > 0
        ? servers.list.map((server) => this.server(server))
        : [this.row('servers', servers, {})]),
      this.row('udp', udp, {}),
      this.row('nat', nat, {}),
      {
        ...this.row('ipv6', ipv6, {}),
        ...(ipv6.state === 'note' && !ipv6.reason ? { found: t('found.ipv6.unknown') } : {}),
      },
      this.row('relay', relay, {
        rate:
          rate !== null && rate >= MOST
            ? t('relay.atLeast', { rate: figures.bitRate(rate) })
            : figures.bitRate(rate),
        loss: figures.loss(relay.figures?.loss ?? null),
        roundTrip: figures.time(relay.figures?.roundTrip ?? null),
      }),
    ];
  }

  private server(finding: ServerFinding): CheckRow {
    const { server, url, time, code, text } = finding;
    return {
      ...this.row('server', finding, {
        time: this.figures.time(time),
        text: [code, text].filter(Boolean).join(' '),
      }),
      id: url,
      name: this.t('name.server', {
        protocol: server.protocol.toUpperCase(),
        transport: server.transport.toUpperCase(),
      }),
      which: server.port ? `${server.host}:${server.port}` : server.host,
    };
  }

  private row(check: CheckName, finding: Finding<string>, values: Values, which = ''): CheckRow {
    const { state, reason } = finding;
    return {
      id: check,
      // The name of a server needs values of its own.
      name: check === 'server' ? '' : this.t(`name.${check}`),
      which,
      state,
      found: this.found(check, finding, values),
      todo: this.text(`todo.${check}.${reason}`),
      ...this.refusal(check, finding),
    };
  }

  /** Why sign-in was refused and what to do about it; null for all other findings. */
  private refusal(check: CheckName, { reason }: Finding<string>): Pick<CheckRow, 'found' | 'todo'> | null {
    if (check !== 'database' || reason === null || !isRefusal(reason)) return null;
    const found = this.signIn('sentence', { text: this.signIn(`${reason}.what`) });
    return { found, todo: this.signIn(`${reason}.todo`) };
  }

  private found(check: CheckName, { state, reason }: Finding<string>, values: Values): string {
    return (
      (reason !== null && this.text(`found.${check}.${reason}`, values)) ||
      this.t(state === 'waiting' ? 'found.waiting' : 'found.running')
    );
  }

  /** The text for a key composed from the findings; null if there is none. */
  private text(key: string, values: Values = {}): string | null {
    // Which values a text needs is unknown until its key is known; `check-rows.spec.ts` checks them all.
    const t = this.t as (key: Key, values: Values) => string;
    return isKey(key) ? t(key, values) : null;
  }
}
