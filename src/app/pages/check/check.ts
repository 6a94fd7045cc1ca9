import { Location } from '@angular/common';
import {
  afterRenderEffect,
  ChangeDetectionStrategy,
  Component,
  computed,
  DOCUMENT,
  type ElementRef,
  inject,
  signal,
  viewChild,
} from '@angular/core';
import { toObservable, toSignal } from '@angular/core/rxjs-interop';
import { ActivatedRoute, Router, RouterLink } from '@angular/router';
import { map, switchMap } from 'rxjs';

import { obstacles } from '../../call/call-state';
import { Doctor } from '../../doctor/doctor';
import { UNEXAMINED, type Examination } from '../../doctor/examination';
import { isDone } from '../../doctor/finding';
import { verdict, type VerdictKind } from '../../doctor/verdict';
import { checkTexts } from '../../i18n/check';
import { checkEn } from '../../i18n/check.en';
import { I18n, injectTexts } from '../../i18n/i18n';
import { wallTime } from '../../loading/clock';
import { signInTexts } from '../../i18n/sign-in';
import { DebugLog } from '../../ui/debug-log/debug-log';
import { LevelMeter } from '../../ui/level-meter/level-meter';
import { arrowBackIcon } from '../../ui/icon/icons';
import { Icon } from '../../ui/icon/icon';
import { Figures } from '../call/statistics/figures';
import { checkReport } from './check-report';
import { CheckRow } from './check-row';
import { CheckRows, type CheckRow as Row } from './check-rows';
import { ReportPanel } from './report-panel';
import { type SpeakerReason, speakerStates, SpeakerTest } from './speaker-test';

/** Verdicts that have a second sentence. */
type Explained = { [K in VerdictKind]: `why.${K}` extends keyof typeof checkEn ? K : never }[VerdictKind];
const isExplained = (kind: VerdictKind): kind is Explained => `why.${kind}` in checkEn;

/** Examines what a call needs, shows the verdict, and says how to fix problems. */
@Component({
  selector: 'parley-check',
  imports: [CheckRow, DebugLog, Icon, LevelMeter, ReportPanel, RouterLink, SpeakerTest],
  templateUrl: './check.html',
  styleUrl: './check.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Check {
  protected readonly t = injectTexts(checkTexts);
  private readonly signIn = injectTexts(signInTexts);
  private readonly i18n = inject(I18n);
  private readonly document = inject(DOCUMENT);
  private readonly doctor = inject(Doctor);
  /**
   * Goes back and restores what was there: the prejoin page of a call that hasn't been opened yet exists in the history only.
   */
  protected readonly location = inject(Location);
  protected readonly hasBefore = inject(Router).currentNavigation()?.previousNavigation != null;
  protected readonly icons = { back: arrowBackIcon };

  /** What a call that failed to connect had found, if it led here. */
  protected readonly from = toSignal(
    inject(ActivatedRoute).queryParamMap.pipe(
      map((query) => obstacles.find((obstacle) => obstacle === query.get('found')) ?? null),
    ),
    { initialValue: null },
  );

  private readonly runs = signal(0);
  private readonly examination = toSignal(
    toObservable(this.runs).pipe(switchMap(() => this.doctor.examination$)),
    { initialValue: UNEXAMINED },
  );
  protected readonly level = computed(() => this.examination().microphone.level);
  /** Without the level, which changes many times a second. */
  private readonly findings = computed(
    (): Examination => {
      const examination = this.examination();
      return { ...examination, microphone: { ...examination.microphone, level: 0 } };
    },
    { equal: sameFindings },
  );
  private readonly begun = computed(() => (this.runs(), new Date(wallTime())));
  protected readonly speaker = signal<SpeakerReason>('untried');

  private readonly rows = computed(() => new CheckRows(this.t, new Figures(this.i18n.tag()), this.signIn));
  protected readonly devices = computed(() => this.rows().devices(this.findings()));
  protected readonly network = computed(() => this.rows().network(this.findings()));
  protected readonly speakerRow = computed((): Row => {
    const reason = this.speaker();
    return {
      id: 'speaker',
      name: this.t('name.speaker'),
      which: '',
      state: speakerStates[reason],
      found: this.t(`found.speaker.${reason}`),
      todo: reason === 'unheard' || reason === 'unsupported' ? this.t(`todo.speaker.${reason}`) : null,
    };
  });

  protected readonly progress = computed(() => {
    const all = [...Object.values(this.devices()), ...this.network()];
    return { done: all.filter(isDone).length, all: all.length };
  });
  protected readonly busy = computed(() => this.progress().done < this.progress().all);

  private readonly verdict = computed(() => verdict(this.findings()));
  protected readonly mood = computed(() => this.verdict().mood);
  /** The verdict in sentences, most important first. */
  protected readonly sentences = computed((): readonly string[] => {
    const { kind, direct, amiss } = this.verdict();
    return [
      this.t(`verdict.${kind}`),
      ...(isExplained(kind) ? [this.t(`why.${kind}`)] : []),
      ...(kind === 'sign-in' ? this.refusal() : []),
      ...(direct === null ? [] : [this.t(direct ? 'verdict.direct' : 'verdict.notDirect')]),
      ...(kind === 'running' ? [] : amiss.map((what) => this.t(`amiss.${what}`))),
    ];
  });

  /** Why the site refused the sign-in, and what to do about it. */
  private readonly refusal = computed((): readonly string[] => {
    const row = this.network().find(({ id }) => id === 'database');
    return row ? [row.found, ...(row.todo === null ? [] : [row.todo])] : [];
  });

  protected readonly report = computed(() => {
    const { camera, microphone, browser, codecs } = this.devices();
    const { location, defaultView } = this.document;
    return checkReport({
      t: this.t,
      host: location.hostname,
      at: this.begun(),
      verdict: this.sentences(),
      rows: [camera, microphone, this.speakerRow(), browser, codecs, ...this.network()],
      mapped: this.findings().nat.mapped,
      userAgent: defaultView?.navigator.userAgent ?? '',
    });
  });

  private readonly video = viewChild<ElementRef<HTMLVideoElement>>('video');
  private readonly stream = computed(() => {
    const track = this.cameraTrack();
    return track ? new MediaStream([track]) : null;
  });
  protected readonly isListening = computed(() => this.findings().microphone.track !== null);
  protected readonly cameraTrack = computed(() => this.findings().camera.track);

  constructor() {
    afterRenderEffect(() => {
      const video = this.video()?.nativeElement;
      const stream = this.stream();
      if (video && video.srcObject !== stream) video.srcObject = stream;
    });
  }

  protected runAgain(): void {
    this.speaker.set('untried');
    this.runs.update((runs) => runs + 1);
  }
}

function sameFindings(one: Examination, other: Examination): boolean {
  const { microphone, ...rest } = one;
  const keys = Object.keys(rest) as (keyof typeof rest)[];
  return (
    keys.every((key) => rest[key] === other[key]) &&
    microphone.state === other.microphone.state &&
    microphone.reason === other.microphone.reason &&
    microphone.track === other.microphone.track
  );
}
