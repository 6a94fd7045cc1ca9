import {
  ChangeDetectionStrategy,
  Component,
  computed,
  DOCUMENT,
  ElementRef,
  inject,
  signal,
  viewChild,
  ViewEncapsulation,
} from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { ActivatedRoute, Router, RouterLink } from '@angular/router';
import { map } from 'rxjs';

import { newCode, readTyped } from '../../call/code';
import { I18n, injectTexts } from '../../i18n/i18n';
import { shellTexts } from '../../i18n/shell';
import { languages, languageTag } from '../../i18n/texts';
import { injectArrivals } from '../../loading/parts';
import { KNOWN_LOBBIES } from '../../people/known-lobbies-key';
import { Install } from '../../pwa/install';
import { languageName } from '../../ui/choice/language-name';
import { Drafts } from '../../ui/drafts';
import { Icon } from '../../ui/icon/icon';
import { installDesktopIcon, settingsIcon, videoCallIcon } from '../../ui/icon/icons';
import { injectOnline } from '../../ui/online';
import { LastLobbies } from '../people/last-lobbies';
import { PeopleLinks } from '../people/people-links';
import { PeopleLoader } from '../people/people-loader';
import { PeopleView } from '../people/people-view';
import { InterruptedRecordings } from '../recordings/interrupted-recordings';
import { Remembered } from '../../storage/remembered';
import { ScanButton } from '../scan/scan-button';
import { injectPublicLobby } from './public-lobby';
import { obstacle } from './support';

/** What Parley is, and the two ways into a call. */
@Component({
  selector: 'parley-home',
  imports: [Icon, InterruptedRecordings, LastLobbies, PeopleLinks, PeopleView, RouterLink, ScanButton],
  templateUrl: './home.html',
  host: { class: 'home' },
  // Its styles are part of styles.scss, because index.html shows the same page before any script has run.
  encapsulation: ViewEncapsulation.None,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Home {
  private readonly router = inject(Router);
  private readonly i18n = inject(I18n);
  private readonly drafts = inject(Drafts);
  private readonly codeBox = viewChild.required<ElementRef<HTMLInputElement>>('code');

  protected readonly t = injectTexts(shellTexts);
  protected readonly install = inject(Install);
  protected readonly icons = { install: installDesktopIcon, newCall: videoCallIcon, settings: settingsIcon };

  protected readonly typed = computed(() => this.drafts.get('call code') ?? '');
  protected readonly mistake = signal<'home.codeMissing' | 'home.codeWrong' | 'home.codeSeveral' | null>(
    null,
  );

  protected readonly loader = inject(PeopleLoader);
  /** The lobby that everyone sees here. */
  protected readonly lobby = injectPublicLobby();
  /** Whether the browser may be able to read QR codes. */
  protected readonly scans = 'BarcodeDetector' in globalThis;
  /** Whether this device knows lobbies. */
  protected readonly known = inject(Remembered).get(KNOWN_LOBBIES) !== null;
  protected readonly there = injectArrivals({
    scan: () => import('../scan/scan-button'),
    last: () => import('../people/last-lobbies'),
    links: () => import('../people/people-links'),
    people: () => Promise.all([this.loader.load(), import('../people/people-view')]),
  });

  /** The language to offer: the one that isn't in use. */
  protected readonly other = computed(() => {
    const language = languages.find((language) => language !== this.i18n.language()) ?? 'en';
    return { language, name: languageName[language], tag: languageTag[language] };
  });

  private readonly online = injectOnline();
  /** Another app has passed files to the installed app (public/worker.js). */
  private readonly shared = toSignal(
    inject(ActivatedRoute).queryParamMap.pipe(map((query) => query.has('shared'))),
  );
  private readonly obstacle = obstacle(inject(DOCUMENT).defaultView ?? globalThis);

  /** What prevents a call, and what to do about it. */
  protected readonly notice = computed(() => {
    if (this.obstacle?.kind === 'insecure') return this.t('home.insecure');
    if (this.obstacle) return this.t('home.unsupported', { missing: this.obstacle.missing.join(', ') });
    if (!this.online()) return this.t('home.offline');
    return this.shared() ? this.t('home.shared') : null;
  });

  protected newCall(): void {
    void this.router.navigate(['/call'], { fragment: newCode(), state: { intent: 'new' } });
  }

  protected type(text: string): void {
    this.drafts.set('call code', text);
    this.mistake.set(null);
  }

  protected join(): void {
    const read = readTyped(this.typed());
    if (read.kind === 'code') {
      this.drafts.set('call code', null);
      void this.router.navigate([`/${read.place ?? 'call'}`], { fragment: read.code });
      return;
    }
    if (read.kind === 'several') this.mistake.set('home.codeSeveral');
    else this.mistake.set(this.typed().trim() ? 'home.codeWrong' : 'home.codeMissing');
    this.codeBox().nativeElement.focus();
  }

  protected switchLanguage(): void {
    void this.i18n.use(this.other().language);
  }
}
