import { DOCUMENT, inject, Injectable } from '@angular/core';
import {
  combineLatest,
  concat,
  connect,
  defer,
  distinctUntilChanged,
  fromEvent,
  last,
  map,
  merge,
  Observable,
  of,
  reduce,
  scan,
  startWith,
  switchMap,
  take,
  takeUntil,
  timer,
} from 'rxjs';

import { CHECK_CAPABILITIES } from '../call/capabilities';
import { Ice } from '../servers/ice';
import type { Documents } from '../firebase/documents';
import { CONNECT } from '../firebase/firebase';
import { ChosenDevicesMemory } from '../media/chosen-devices';
import { InputRequests } from '../media/input-requests';
import { inputTrack } from '../media/input-track';
import type { InputKind } from '../media/media';
import { MEDIA_DEVICES, PERMISSIONS } from '../media/media-devices';
import { AUDIO_CONTEXT, soundLevel } from '../media/sound-level';
import { PEER_CONNECTION } from '../rtc/peer-connection';
import { checkBrowser } from './browser-check';
import { checkCodecs } from './codecs-check';
import { checkDatabase } from './database-check';
import {
  BEGUN_NETWORK,
  Examination,
  NetworkFindings,
  UNEXAMINED,
  UNKNOWN_WAYS,
  WAITING_NETWORK,
} from './examination';
import { RUNNING } from './finding';
import { gathering } from './gathering';
import { inputCheck } from './input-check';
import { natCheck, natServers } from './nat-check';
import { ipv6Finding, udpFinding } from './path-findings';
import { relayCheck } from './relay-check';
import { serverCheck, ServerFinding } from './server-check';
import { stunUrl } from './server-url';

/** How long this device's addresses are gathered, in ms. */
const GATHERING = 4_000;

/** Examines everything a call needs: the browser, the devices, the database, and the paths to peers. */
@Injectable({ providedIn: 'root' })
export class Doctor {
  private readonly window = inject(DOCUMENT).defaultView;
  private readonly checkCapabilities = inject(CHECK_CAPABILITIES);
  private readonly create = inject(PEER_CONNECTION);
  private readonly connect = inject(CONNECT);
  private readonly ice = inject(Ice);
  private readonly mediaDevices = inject(MEDIA_DEVICES);
  private readonly permissions = inject(PERMISSIONS);
  private readonly chosen = inject(ChosenDevicesMemory);
  private readonly audioContext = inject(AUDIO_CONTEXT);

  /**
   * One examination. Begins on subscription, emits what is known so far, and holds the devices open until unsubscribed. While
   * offline it waits for a network, and it repeats the network checks whenever the network comes back. Never completes or
   * errors.
   */
  readonly examination$: Observable<Examination> = defer(() => {
    const browser = checkBrowser(this.checkCapabilities);
    const canConnect = browser.state === 'well';
    const requests = new InputRequests(this.mediaDevices, this.permissions, () => this.chosen.tuning);
    const begun: Examination = {
      ...UNEXAMINED,
      browser,
      codecs: canConnect ? checkCodecs() : { state: 'note', reason: null, audio: [], video: [] },
      online: this.window?.navigator.onLine ?? true,
      relayOnly: this.ice.relayOnly(),
    };
    return merge(
      this.input$('microphone', requests).pipe(map((microphone) => ({ microphone }))),
      this.input$('camera', requests).pipe(map((camera) => ({ camera }))),
      this.network$(canConnect),
    ).pipe(scan((known, more: Partial<Examination>): Examination => ({ ...known, ...more }), begun));
  });

  private input$(kind: InputKind, requests: InputRequests) {
    return this.chosen.device$(kind).pipe(
      take(1),
      switchMap((deviceId) =>
        inputCheck(
          kind,
          () => inputTrack(requests, kind, deviceId),
          (track) => soundLevel(track, this.audioContext),
        ),
      ),
    );
  }

  private network$(canConnect: boolean): Observable<Partial<Examination>> {
    const { window } = this;
    const online$ = window
      ? merge(fromEvent(window, 'online'), fromEvent(window, 'offline')).pipe(
          startWith(null),
          map(() => window.navigator.onLine),
          distinctUntilChanged(),
        )
      : of(true);
    return online$.pipe(
      switchMap((online) =>
        online
          ? concat(of({ online, ...BEGUN_NETWORK }), this.reached$(canConnect))
          : of({ online, ...WAITING_NETWORK }),
      ),
    );
  }

  private reached$(canConnect: boolean): Observable<Partial<NetworkFindings>> {
    return defer(() => checkDatabase(this.connect)).pipe(
      switchMap((database) =>
        concat(
          of({ database }),
          canConnect && database.documents ? this.ways$(database.documents) : of(UNKNOWN_WAYS),
        ),
      ),
    );
  }

  /** Checks the paths to peers, with the servers that a call from here would use. */
  private ways$(documents: Documents): Observable<Partial<NetworkFindings>> {
    return this.ice.configuration$(documents).pipe(
      take(1),
      switchMap(({ iceServers = [] }) => {
        const checks = iceServers.flatMap(({ urls, username, credential }) =>
          [urls].flat().map((url) => serverCheck(this.create, url, { username, credential })),
        );
        const list$ = checks.length > 0 ? combineLatest(checks) : of([]);
        return list$.pipe(
          connect((shared$) =>
            merge(
              shared$.pipe(map((list) => ({ servers: serversFinding(list) }))),
              shared$.pipe(
                last(),
                switchMap((list) => this.afterServers$(list, iceServers)),
              ),
            ),
          ),
        );
      }),
    );
  }

  private afterServers$(
    list: readonly ServerFinding[],
    iceServers: readonly RTCIceServer[],
  ): Observable<Partial<NetworkFindings>> {
    const stun = natServers(list) ?? list.filter(({ server }) => server.protocol === 'stun').slice(0, 1);
    const own$ = gathering(this.create, {
      iceServers: stun.map(({ server }) => ({ urls: stunUrl(server) })),
    }).pipe(
      takeUntil(timer(GATHERING)),
      reduce(
        (all, event) => (event.kind === 'candidate' ? [...all, event.candidate] : all),
        list.flatMap(({ candidates }) => candidates),
      ),
    );
    return concat(
      of({ udp: udpFinding(list, true), ipv6: RUNNING }),
      merge(
        natCheck(this.create, list).pipe(map((nat) => ({ nat }))),
        own$.pipe(map((candidates) => ({ ipv6: ipv6Finding(candidates) }))),
      ),
      // Loads the network, so it runs after all other measurements.
      relayCheck(this.create, list, iceServers).pipe(map((relay) => ({ relay }))),
    );
  }
}

function serversFinding(list: readonly ServerFinding[]): Examination['servers'] {
  if (list.length === 0) return { state: 'warning', reason: 'none', list };
  const states = list.map(({ state }) => state);
  const state = states.includes('running')
    ? 'running'
    : states.every((one) => one === 'well')
      ? 'well'
      : states.includes('well')
        ? 'warning'
        : 'failed';
  return { state, reason: 'listed', list };
}
